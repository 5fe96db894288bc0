"""Further rows: nobody can add a row to a PDF form, so one that was made for a plan has more at its
end. Their places are named, tagged and filled in as all others; a blank, a record and the other
outputs have none of it."""
import json
import os
import re
import subprocess
import tempfile
import unittest
import zipfile

import readers

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
HERE = os.path.dirname(os.path.abspath(__file__))
MODULES = os.path.join(SOURCE, "tests/node/node_modules")
S117 = os.path.join(SOURCE, "forms/s117-aftercare")
PARTY = os.path.join(SOURCE, "forms/street-party")
ARABIC = os.path.join(SOURCE, "forms/interpreter-request-ar")
SMALL = os.path.join(HERE, "small.xml")
HEADING = "Further rows"
HERE_WORDS = "There is room for more at the end of this form, under “Further rows”."


def run(*command, codes=(0,)):
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=120)
    assert done.returncode in codes, done.stdout + done.stderr
    return done.stdout


def rows_of(fields, repeat):
    """The numbers of the rows of a repeat that have places."""
    key = repeat.replace("/", ".") + "."
    return sorted({int(f["name"][len(key):].split(".")[0]) for f in fields if f["name"].startswith(key)})


def upto(n):
    return list(range(1, n + 1))


class Further(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared, cls.found = tempfile.TemporaryDirectory(prefix="formc-further-"), {}
        cls.addClassCleanup(cls.shared.cleanup)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="formc-further-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def fill(self, form, plan, *options, name="filled.pdf"):
        run(FORMC, "fill", form, plan, "-o", self.path(name), "--force", *options)
        return self.path(name)

    def complete(self, form, *options):
        """The form filled with its complete example; each is made once."""
        name = "-".join([os.path.basename(form), *options]).replace("/", "") + ".pdf"
        if not os.path.exists(os.path.join(self.shared.name, name)):
            run(FORMC, "fill", form, os.path.join(form, "examples/complete.xml"), "-o",
                os.path.join(self.shared.name, name), *options)
        return os.path.join(self.shared.name, name)

    def seen(self, form):
        """What pdf.js finds in it."""
        if form not in self.found:
            self.found[form] = readers.pdf(self.complete(form))
        return self.found[form]

    def small_plan(self, guests, nights):
        """A plan of small.xml with so many rows of each repeat."""
        with open(self.path("small-plan.xml"), "w", encoding="utf-8") as f:
            f.write('<?xml version="1.0" encoding="UTF-8"?>\n'
                    '<small xmlns="urn:formc:data:small" xmlns:p="urn:formc:plan:1" p:form="small" p:version="0.9.0" '
                    'p:id="urn:uuid:00000000-0000-4000-8000-00000000000c" p:stage="draft" p:synthetic="yes"><who>' +
                    "".join('<guest p:row="g-%d"><name>Guest %d</name></guest>' % (n, n) for n in upto(guests)) +
                    "".join('<stay p:row="s-%d"><from>2026-01-0%d</from></stay>' % (n, n) for n in upto(nights)) +
                    "</who></small>\n")
        return self.path("small-plan.xml")

    def pages(self, pdf):
        return run("pdftotext", "-layout", pdf, "-").split("\f")

    def pages_of_fields(self, pdf):
        """name -> page, by qpdf."""
        doc = json.loads(run("qpdf", "--json", "--json-key=acroform", pdf, codes=(0, 3)))
        return {f["fullname"]: f["pageposfrom1"] for f in doc["acroform"]["fields"]}

    # -- how many, and how they are called --------------------------------------------------------

    def test_rows_go_on_behind_those_of_the_plan(self):
        """By hand, from the definitions and plans: shown, and as many again as a blank has, of a
        table at least 3."""
        for form, repeats in (
                (S117, {"crisis/sign": 7 + 7, "health/medication/action": 2 + 1, "health/coordination/action": 1 + 1,
                        "social/participation/action": 2 + 1, "social/stability/action": 1 + 1}),
                (PARTY, {"road/barrier": 3 + 3, "helpers/helper": 4 + 4}),
                (ARABIC, {"help/companion": 3 + 3})):
            fields = self.seen(form)["fields"]
            for repeat, rows in repeats.items():
                self.assertEqual(rows_of(fields, repeat), upto(rows), repeat)

    def test_every_repeat_of_the_form_has_some(self):
        fields = self.seen(S117)["fields"]
        actions = {f["name"].rsplit(".", 2)[0] for f in fields if re.search(r"\.action\.\d+\.", f["name"])}
        self.assertEqual(len(actions), 16)
        for action in actions:
            self.assertGreaterEqual(len(rows_of(fields, action)), 2, action)

    def test_labels_name_the_row(self):
        for form, row in ((S117, ", row %s"), (PARTY, ", row %s"), (ARABIC, "، السطر %s")):
            seen = self.seen(form)
            labels = [f["label"] for f in seen["fields"]]
            self.assertEqual(len(set(labels)), len(labels))
            numbered = 0
            for f in seen["fields"]:
                m = re.search(r"\.(\d+)\.", f["name"])
                if m:
                    self.assertIn(row % m[1], f["label"], f["name"])
                    numbered += 1
            self.assertGreater(numbered, 10)

    def test_no_more_than_the_form_allows(self):
        for guests, nights, want in ((0, 0, (2 + 3, 1 + 1)), (4, 3, (4 + 3, 3 + 1)), (28, 4, (30, 5)), (30, 5, (30, 5))):
            pdf = self.fill(SMALL, self.small_plan(guests, nights))
            seen = readers.pdf(pdf)
            self.assertEqual((len(rows_of(seen["fields"], "who.guest")), len(rows_of(seen["fields"], "who.stay"))), want)
            text = re.sub(r"\s+", " ", seen["text"])
            self.assertEqual(text.count(HERE_WORDS), (want[0] > max(guests, 2)) + (want[1] > max(nights, 1)))
            self.assertEqual(seen["outline"].count(HEADING) + seen["outline"].count("  " + HEADING),
                             1 if guests < 30 or nights < 5 else 0)
        self.assertNotIn(HEADING, text)

    def test_one_repeat_is_full(self):
        pages = self.pages(self.fill(SMALL, self.small_plan(30, 1)))
        last = " ".join(pages[-2].split())
        self.assertIn(HEADING, last)
        self.assertIn("Nights More rows for “B. Who comes” Row 2", last)
        self.assertNotIn("Guest", last)

    def test_behind_the_rows_asked_for(self):
        plan = os.path.join(PARTY, "examples/complete.xml")
        fields = readers.pdf(self.fill(PARTY, plan, "--rows", "helpers/helper=9", "--rows", "road/barrier=8"))["fields"]
        self.assertEqual(rows_of(fields, "helpers/helper"), upto(9 + 4))
        self.assertEqual(rows_of(fields, "road/barrier"), upto(8))  # its most
        fields = readers.pdf(self.fill(SMALL, self.small_plan(0, 0), "--rows", "who/stay=0"))["fields"]
        self.assertEqual(rows_of(fields, "who/stay"), upto(1))

    # -- where they stand -------------------------------------------------------------------------

    def test_on_pages_of_their_own_at_the_end(self):
        for options in ((), ("--theme", "large-print")):
            pdf = self.complete(S117, *options)
            pages = self.pages(pdf)[:-1]
            (begin,) = [n for n, text in enumerate(pages, 1) if re.search("^ *%s *$" % HEADING, text, re.M)]
            for name, page in self.pages_of_fields(pdf).items():
                sign = re.match(r"crisis\.sign\.(\d+)\.", name)
                if not sign:
                    continue
                self.assertEqual(page >= begin, int(sign[1]) > 7, name)
            self.assertGreater(begin, max(page for name, page in self.pages_of_fields(pdf).items()
                                          if name.startswith("signatures.")))
            self.assertEqual(pages[begin - 1].split("\n\n", 1)[1].split()[:2], HEADING.split())

    def test_they_are_tagged_as_the_others(self):
        pdf = self.complete(S117)
        structure = run("pdfinfo", "-struct-text", pdf)
        body, area = re.split(r'\n +H2 \(block\)\n +"%s"\n' % HEADING, structure)
        names = self.pages_of_fields(pdf)
        self.assertEqual(len(re.findall(r"^ +Form\b", structure, re.M)), len(names))
        further = 7 * 4 + 16 * 6  # signs with 4 columns, a block of 6 questions for each need
        self.assertEqual(len(re.findall(r"^ +Form\b", area, re.M)), further)
        self.assertEqual(len(re.findall(r"^ +Table \(block\)", area, re.M)), 1 + 16)
        self.assertEqual(len(re.findall(r"^ +THead\b", area, re.M)), 1)
        self.assertEqual(len(re.findall(r"^ +H3 \(block\)", area, re.M)), 1 + 16)

    def test_what_it_is_for_is_said(self):
        text = self.seen(S117)["text"]
        self.assertEqual(text.count(HERE_WORDS), 17)
        self.assertIn("Where a part of this form has no room for all that belongs there, go on here. "
                      "Leave empty what you do not need.", text)
        self.assertIn("More rows for “D. Relapse Indicators & Crisis Contingency Plan”", text)

    def test_links_lead_there_and_back(self):
        for form, repeats in ((S117, 17), (PARTY, 2), (ARABIC, 1)):
            links = self.seen(form)["links"]
            heading = "أسطر إضافية" if form == ARABIC else HEADING
            begin = min(a["toPage"] for a in links if a["words"] == heading)
            there = [a for a in links if a["words"] == heading]
            back = [a for a in links if a["page"] >= begin]
            self.assertEqual((len(there), len(back)), (repeats, repeats))
            self.assertEqual(len({(a["toPage"], a["toTop"]) for a in there}), repeats)  # each to its own
            for a, b in zip(there, back):  # both in the order of the form
                self.assertEqual((a["page"], a["toPage"]), (b["toPage"], b["page"]))
                # Each leads to a little above the words that lead back.
                self.assertTrue(0 < b["toTop"] - a["rect"][3] < 10, (a, b))
                self.assertTrue(0 < a["toTop"] - b["rect"][3] < 50, (a, b))

    def test_in_the_forms_language(self):
        seen = self.seen(ARABIC)
        self.assertIn("أسطر إضافية", " ".join(seen["outline"]))
        self.assertNotIn("urther rows", seen["text"])

    # -- where there are none ---------------------------------------------------------------------

    def test_a_blank_is_what_the_paper_is(self):
        for form, repeat, rows in ((S117, "crisis/sign", 7), (PARTY, "helpers/helper", 4), (ARABIC, "help/companion", 3)):
            out = self.path("blank-" + os.path.basename(form))
            run(FORMC, "build", form, "-o", out, "--only", "pdf")
            (name,) = os.listdir(out)
            seen = readers.pdf(os.path.join(out, name))
            self.assertEqual(rows_of(seen["fields"], repeat), upto(rows))
            self.assertNotIn(HEADING, seen["text"] + " ".join(seen["outline"]))
            self.assertNotIn("أسطر إضافية", " ".join(seen["outline"]))

    def test_a_record_has_none(self):
        with_area, record = self.complete(S117), self.path("record.pdf")
        run(FORMC, "fill", S117, os.path.join(S117, "examples/complete.xml"), "-o", record, "--as", "record")
        self.assertIn(HEADING, run("pdftotext", with_area, "-"))
        self.assertNotIn("urther rows", run("pdftotext", record, "-"))

    def test_word_and_the_browser_have_none(self):
        plan = os.path.join(PARTY, "examples/complete.xml")
        with zipfile.ZipFile(self.fill(PARTY, plan, name="filled.docx")) as z:
            words = z.read("word/document.xml").decode()
        with open(self.fill(PARTY, plan, name="filled.html"), encoding="utf-8") as f:
            page = f.read()
        for text in (words, page):
            self.assertIn("Ada Example", text)
            self.assertNotIn(HEADING, text)

    # -- filled in --------------------------------------------------------------------------------

    def test_an_answer_there_stands_under_its_name(self):
        """Typed with pdf-lib, found by qpdf and pdf.js."""
        pdf, saved, entered = self.complete(PARTY), self.path("saved.pdf"), self.path("entered.json")
        with open(entered, "w", encoding="utf-8") as f:
            json.dump({"helpers.helper.5.name": ["text", "Noor Specimen"], "helpers.helper.5.job": ["list", "Barrier"],
                       "road.barrier.6.where": ["text", "Mill Lane"]}, f)
        run("node", os.path.join(HERE, "viewers/fill_pdflib.mjs"), MODULES, pdf, saved, entered)
        by_qpdf = {f["fullname"]: f["value"] for f in
                   json.loads(run("qpdf", "--json", "--json-key=acroform", saved, codes=(0, 3)))["acroform"]["fields"]}
        self.assertEqual(by_qpdf["helpers.helper.5.name"], "u:Noor Specimen")
        self.assertEqual(by_qpdf["road.barrier.6.where"], "u:Mill Lane")
        before = {f["name"]: f["value"] for f in readers.pdf(pdf)["fields"]}
        after = {f["name"]: f["value"] for f in readers.pdf(saved)["fields"]}
        self.assertEqual({n for n in after if after[n] != before[n]},
                         {"helpers.helper.5.name", "helpers.helper.5.job", "road.barrier.6.where"})
        self.assertIn("Noor Specimen", self.pages(saved)[-2])

    def test_a_row_moves_to_its_place_when_the_form_is_made_again(self):
        """Written at the end, with an empty row before it; read into the plan; issued anew."""
        plan, pdf = self.small_plan(2, 1), self.path("filled.pdf")
        self.fill(SMALL, plan)
        with open(self.path("entered.json"), "w", encoding="utf-8") as f:
            json.dump({"who.guest.4.name": ["text", "Noor Specimen"], "who.guest.5.name": ["text", "Bo Placeholder"],
                       "who.guest.5.note": ["text", "two\nlines\nand\na\nfifth\nline"], "who.stay.2.to": ["text", "05/02/2026"]}, f)
        run("node", os.path.join(HERE, "viewers/fill_pdflib.mjs"), MODULES, pdf, self.path("saved.pdf"), self.path("entered.json"))
        run(FORMC, "read", SMALL, self.path("saved.pdf"), "--into", plan, "--by", "office", "-o", self.path("read.xml"))
        again = self.fill(SMALL, self.path("read.xml"), name="again.pdf")
        values = {f["name"]: f["value"] for f in readers.pdf(again)["fields"]}
        self.assertEqual([values["who.guest.%d.name" % n] for n in upto(5)],
                         ["Guest 1", "Guest 2", "Noor Specimen", "Bo Placeholder", ""])
        self.assertEqual(values["who.guest.4.note"].replace("\r", "\n"), "two\nlines\nand\na\nfifth\nline")
        self.assertEqual((values["who.stay.1.from"], values["who.stay.2.to"]), ("01/01/2026", "05/02/2026"))
        pages = self.pages_of_fields(again)
        self.assertLessEqual(pages["who.guest.4.name"], pages["sign.visitor.mark"])
        self.assertGreater(pages["who.guest.5.name"], pages["sign.visitor.mark"])
        self.assertEqual(rows_of(readers.pdf(again)["fields"], "who/guest"), upto(4 + 3))

    def test_qpdf_finds_nothing(self):
        for form in (S117, PARTY, ARABIC):
            run("qpdf", "--check", self.complete(form))


if __name__ == "__main__":
    unittest.main()
