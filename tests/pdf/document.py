"""The PDF from outside: what qpdf, poppler and pdf.js find in it, held against model.xml and the
plan, and against what was looked at and kept.

    FORMC_BLESS=1 ctest --test-dir BUILD -R pdf-document

writes the kept structure and page pictures anew; look at the difference before you commit it."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

import pictures
import readers
from unpacked import unpacked

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
HERE = os.path.dirname(os.path.abspath(__file__))
SMALL = os.path.join(HERE, "small.xml")
EXPECTED = os.path.join(HERE, "expected")
KINDS = os.path.join(SOURCE, "tests/golden/kinds/form.xml")
KINDS_PLAN = os.path.join(SOURCE, "tests/golden/kinds/plan.xml")
S117 = os.path.join(SOURCE, "forms/s117-aftercare")
S117_PLAN = os.path.join(S117, "examples/complete.xml")
M = "{urn:formc:model:1}"
# By hand: what follows from the answers of kinds/plan.xml (begins on 30/11/2025, four steps, one of
# them on 31/01/2026).
WORKED_OUT = {"about.review": "28/02/2026", "about.busy": "yes", "plan.step.1.after": "2"}
PLAN_ID = "urn:uuid:00000000-0000-4000-8000-00000000000b"
BLESS = os.environ.get("FORMC_BLESS") == "1"

# Answers that have troubled PDF writers and readers. What is in them must come back exactly.
HOSTILE = [
    "(unbalanced ) \\( brackets \\) and \\ backslashes",
    ") Tj ET Q endstream endobj trailer <</Root 1 0 R>> %%EOF",
    "<</JS (app.alert(1)) /S /JavaScript>>",
    "<script>&amp; ]]> <!-- x -->",
    "two lines\nand a third\n\nafter an empty one",
    "\u202edrowkcab\u202c \u2066isolate\u2069 \u200fmark",
    "\u05e9\u05dc\u05d5\u05dd \u0633\u0644\u0627\u0645 \u0995\u09bf \u4e2d\u6587",
    "\U0001f1ec\U0001f1e7 \U0001f469\U0001f3fd\u200d\U0001f692 \ufffd",
    "e\u0301\u0301\u0301 \u0301 \ufb03 \u00ad \u200b x",
    "C\u0175n, \u0177, Za\u017c\u00f3\u0142\u0107, \u0395\u03bb, \u0423\u043a\u0440, \u0218\u021a, \u20ac",
    "w" * 3000,
    "long words " * 1400,
]


def squash(s):
    return "".join(s.split())


class Pdf(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="formc-pdf-")
        self.addCleanup(shutil.rmtree, self.dir)
        self.serial = 0

    def path(self, suffix=""):
        self.serial += 1
        return os.path.join(self.dir, str(self.serial) + suffix)

    def formc(self, *args, **more):
        done = subprocess.run([FORMC, *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, **more)
        told = done.stdout.decode("utf-8")
        self.assertEqual(done.returncode, 0, told)
        return told

    def built(self, form, **more):
        """The path of the form's PDF; model.xml stands beside it."""
        out = self.path()
        self.formc("build", form, "-o", out, "--only", "pdf,model", **more)
        (name,) = [n for n in os.listdir(out) if n.endswith(".pdf")]
        return os.path.join(out, name)

    def filled(self, form, plan):
        out = self.path(".pdf")
        return out, self.formc("fill", form, plan, "-o", out)

    def check_sound(self, path):
        done = subprocess.run(["qpdf", "--check", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout.decode("utf-8", "replace"))
        said = subprocess.run(["pdftotext", path, "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
        self.assertEqual(said.stderr, b"")

    # -- fields ----------------------------------------------------------------------------------

    def expected_rows(self, repeat, rows):
        """How many rows of a repeat have places: rows is None for a blank, else how many the plan
        has; a form made for a plan has further ones at its end."""
        blank, most = int(repeat.get("blank-rows")), int(repeat.get("max"))
        if rows is None:
            return blank
        further = max(blank, 3 if repeat.get("layout") == "table" else 1)
        return max(rows, min(max(rows, blank) + further, most))

    def expected_fields(self, model, rows):
        """name -> (type, multiline, options, full label, longest answer) from model.xml; rows: path
        of a repeat -> how many rows the plan has, None for a blank."""
        root = ET.parse(model).getroot()
        count = {r.get("path"): self.expected_rows(r, None if rows is None else rows.get(r.get("path"), 0))
                 for r in root.iter(M + "repeat")}
        found = {}
        for f in root.iter(M + "field"):
            options = [(c.get("id"), c.text) for c in f.findall(M + "choices/" + M + "choice")]
            repeat = f.get("container")
            n = count[repeat] if repeat else 1
            for row in range(1, n + 1):
                path = f.get("path")
                if repeat:
                    path = "%s/%d%s" % (repeat, row, path[len(repeat):])
                if f.get("type") == "choices":  # a check box for each
                    for value, words in options:
                        found["%s.%s" % (path.replace("/", "."), value)] = (
                            "Btn", False, [], "%s: %s" % (f.get("full"), words), 0)
                    continue
                found[path.replace("/", ".")] = ("Ch" if options else "Tx", f.get("multiline") == "yes",
                                                 options, f.get("full"), int(f.get("max-length") or 0))
        return found

    def check_fields(self, pdf, model, rows):
        seen = readers.pdf(pdf)
        want = self.expected_fields(model, rows)
        self.assertEqual(sorted(want), seen["names"])
        self.assertEqual(sorted(want), sorted(f["name"] for f in seen["fields"]))
        self.assertEqual(len(set(f["label"] for f in seen["fields"])), len(want), "labels are not all different")
        for f in seen["fields"]:
            kind, multiline, options, label, longest = want[f["name"]]
            self.assertEqual(f["type"], kind, f["name"])
            self.assertIn(label, f["label"])
            self.assertFalse(f["readonly"])
            if f["value"] == "":  # an answer may make a line into lines
                self.assertEqual(f["multiline"], multiline, f["name"])
                self.assertEqual(f["max"], longest, f["name"])
            if options:  # the first one is empty, to take an answer back
                self.assertEqual([tuple(o) for o in f["options"]], [("", " ")] + options)
        return seen

    def test_fields_are_the_models(self):
        for form in (SMALL, KINDS, S117):
            with self.subTest(form=form):
                pdf = self.built(form)
                self.check_sound(pdf)
                seen = self.check_fields(pdf, os.path.join(os.path.dirname(pdf), "model.xml"), None)
                self.assertTrue(all(f["value"] in ("", [""], [], "Off") for f in seen["fields"]))

    def plan_values(self, plan):
        """name -> value and path of a repeat -> rows, as a plan has them."""
        values, rows = {}, {}

        def walk(e, path):
            count = {}
            for k in e:
                name = k.tag.split("}")[1]
                if k.tag.startswith("{urn:formc:plan:1}"):
                    continue
                here = path + [name]
                if k.get("{urn:formc:plan:1}row") is not None:
                    count[name] = count.get(name, 0) + 1
                    rows["/".join(here)] = count[name]
                    here.append(str(count[name]))
                if len(k):
                    walk(k, here)
                elif k.text:
                    values[".".join(here)] = k.text
        walk(ET.parse(plan).getroot(), [])
        return values, rows

    def test_a_plans_answers_are_in_the_fields(self):
        for form, plan in ((KINDS, KINDS_PLAN), (S117, S117_PLAN)):
            with self.subTest(form=form):
                model = os.path.join(os.path.dirname(self.built(form)), "model.xml")
                types = {}
                for f in ET.parse(model).getroot().iter(M + "field"):
                    types[f.get("path")] = f.get("type")
                pdf, _ = self.filled(form, plan)
                self.check_sound(pdf)
                values, rows = self.plan_values(plan)
                seen = self.check_fields(pdf, model, rows)
                for f in seen["fields"]:
                    if f["type"] == "Btn":
                        question, choice = f["name"].rsplit(".", 1)
                        words = values.get(question, "").split()
                        listed = "something" not in words  # kinds/plan.xml has one answer outside the list
                        self.assertEqual(f["value"], choice if listed and choice in words else "Off", f["name"])
                        continue
                    want = values.get(f["name"], WORKED_OUT.get(f["name"], "") if form == KINDS else "")
                    path = re.sub(r"/\d+(?=/)", "", f["name"].replace(".", "/"))
                    if types[path] == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", want):
                        want = "/".join(reversed(want.split("-")))
                    if types[path] == "part-date":
                        want = "/".join(reversed(want.split("-")))
                    if types[path] == "money" and want:
                        want = "£{:,.2f}".format(float(want))
                    got = f["value"]
                    got = got if isinstance(got, str) else "".join(got)
                    self.assertEqual(got, want, f["name"])
                self.assertGreater(len(values), 10)

    def test_several_choices_are_check_boxes(self):
        pdf, _ = self.filled(KINDS, KINDS_PLAN)
        boxes = {f["name"]: f for f in readers.pdf(pdf)["fields"] if f["type"] == "Btn"}
        self.assertEqual(len(boxes), 4 * (4 + 4 + 3 + 1 + 1) + 2)  # in 4 questions, 4 steps and 3 further ones, 2 visits; prompts
        self.assertEqual({n for n, f in boxes.items() if f["value"] != "Off"},
                         {"text.helps.advocate", "text.helps.large-print", "about.helps.none",
                          "needs.thought-of.home", "needs.thought-of.outside", "plan.step.1.with.interpreter", "signatures.person.helped.advocate"} |
                         {"plan.step.2.with." + c for c in ("advocate", "interpreter", "large-print", "none")})
        for name, f in boxes.items():
            self.assertEqual(f["states"], ["Off", name.rsplit(".", 1)[1]], name)
        self.assertIn("An answer that is not in the list: something else", readers.pdf(pdf)["text"])
        # each is one Form with one object, before its words
        self.assertEqual(len(re.findall(r'^ +LBody \(block\)\n +Form\n +Object\n +"', self.structure(pdf), re.M)),
                         len(boxes))

    def test_a_check_box_can_be_ticked_in_a_viewer(self):
        pdf, ticked = self.built(KINDS), self.path(".pdf")
        names = {"text.helps.interpreter", "plan.step.2.with.none"}
        done = subprocess.run(["node", os.path.join(HERE, "tick.mjs"), os.path.join(SOURCE, "tests/node/node_modules"),
                               pdf, ticked, *names], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout.decode("utf-8", "replace"))
        self.check_sound(ticked)
        found = {f["name"]: f["value"] for f in readers.pdf(ticked)["fields"] if f["type"] == "Btn"}
        self.assertEqual({n: v for n, v in found.items() if v != "Off"},
                         {"text.helps.interpreter": "interpreter", "plan.step.2.with.none": "none"})
        before, after = pictures.pages(pdf), pictures.pages(ticked)  # other people's program draws our tick
        self.assertEqual(sum(b.pixels != a.pixels for b, a in zip(before, after)), 2)

    def hostile_plan(self, answers):
        """A plan with a guest for each answer, and the first one elsewhere too."""
        path = self.path(".xml")
        rows = "".join('<guest p:row="g-%d"><name>%s</name><note>%s</note></guest>'
                       % (n, escape(words), escape(words)) for n, words in enumerate(answers, 1))
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write('<?xml version="1.0" encoding="UTF-8"?>\n'
                    '<small xmlns="urn:formc:data:small" xmlns:p="urn:formc:plan:1" p:form="small" p:version="0.9.0" '
                    'p:id="%s" p:stage="draft" p:synthetic="yes"><visit><why>%s</why></visit><who><way>%s</way>%s</who>'
                    '</small>\n' % (PLAN_ID, escape(answers[0]), escape(answers[0]), rows))
        return path

    def test_hostile_answers_come_back_exactly(self):
        pdf, told = self.filled(SMALL, self.hostile_plan(HOSTILE))
        self.check_sound(pdf)
        fields = {f["name"]: f["value"] for f in readers.pdf(pdf)["fields"]}
        for n, words in enumerate(HOSTILE, 1):
            self.assertNotIn(words[:20], told)
            self.assertEqual(fields["who.guest.%d.note" % n], words)
            self.assertEqual(fields["who.guest.%d.name" % n], words)
        self.assertEqual(fields["visit.why"], HOSTILE[0])
        self.assertEqual(fields["who.way"], [HOSTILE[0]])
        # Names and keys; what an answer says is behind "u:" or "b:" there.
        said = subprocess.run(["qpdf", "--json=2", "--json-key=qpdf", pdf], capture_output=True, check=True).stdout
        self.assertIn(b'"/AcroForm"', said)
        self.assertIn(b"/JavaScript", said)
        self.assertNotIn(b'"/JavaScript"', said)

    def test_an_answer_too_long_for_a_field_is_held(self):
        words = "0123456789abcde " * 4096  # 64 kB
        pdf, told = self.filled(SMALL, self.hostile_plan([words]))
        self.check_sound(pdf)
        self.assertIn("visit.why", told)
        fields = {f["name"]: f for f in readers.pdf(pdf)["fields"]}
        self.assertTrue(fields["visit.why"]["readonly"])
        self.assertNotIn("0123456789", fields["visit.why"]["value"])
        self.assertIn(words.strip(), self.attached(pdf))

    # -- what is attached -------------------------------------------------------------------------

    def attached(self, pdf):
        folder = self.path()
        os.mkdir(folder)
        subprocess.run(["pdfdetach", "-saveall", "-o", folder, pdf], check=True, stdout=subprocess.DEVNULL)
        self.assertEqual(os.listdir(folder), ["plan.xml"])
        with open(os.path.join(folder, "plan.xml"), encoding="utf-8") as f:
            return f.read()

    def test_the_plan_is_attached(self):
        pdf, _ = self.filled(S117, S117_PLAN)
        copy = self.path(".xml")
        with open(copy, "w", encoding="utf-8") as f:
            f.write(self.attached(pdf))
        self.assertEqual(self.plan_values(copy), self.plan_values(S117_PLAN))

    # -- words and structure ----------------------------------------------------------------------

    def structure(self, pdf):
        done = subprocess.run(["pdfinfo", "-struct-text", pdf], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=True)
        self.assertEqual(done.stderr, b"")
        return re.sub(r"Object \d+ \d+", "Object", done.stdout.decode("utf-8"))

    def test_the_tagged_words_are_the_models(self):
        for form in (SMALL, KINDS, S117):
            with self.subTest(form=form):
                pdf = self.built(form)
                root = ET.parse(os.path.join(os.path.dirname(pdf), "model.xml")).getroot()
                tagged = squash(readers.pdf(pdf)["text"])
                wanted = [root.get("title")]
                for e in root.find(M + "body").iter():
                    if e.tag in (M + "section", M + "group"):
                        wanted.append(e.get("title"))
                    elif e.tag in (M + "field", M + "signature"):
                        wanted.append(e.get("label"))
                    elif e.tag in (M + "p", M + "item", M + "heading"):
                        wanted.append("".join(e.itertext()))
                for words in wanted:
                    self.assertIn(squash(words or ""), tagged)
                self.assertGreater(len(wanted), 20)

    def test_headings_are_bookmarks(self):
        for form in (SMALL, KINDS):
            pdf = self.built(form)
            levels = re.findall(r'^ *H([23456]) \(block\)\n *"(.*)"', self.structure(pdf), re.M)
            marks = [(str(2 + (len(m) - len(m.lstrip())) // 2), m.strip()) for m in readers.pdf(pdf)["outline"]]
            self.assertEqual([(l, squash(t)) for l, t in levels], [(l, squash(t)) for l, t in marks])
            self.assertGreater(len(marks), 8)

    def test_structure_is_what_was_kept(self):
        kept = os.path.join(EXPECTED, "structure.txt")
        made = self.structure(self.built(SMALL))
        if BLESS:
            os.makedirs(EXPECTED, exist_ok=True)
            with open(kept, "w", encoding="utf-8") as f:
                f.write(made)
        with open(kept, encoding="utf-8") as f:
            self.assertEqual(f.read().splitlines(), made.splitlines())

    def test_pages_look_as_they_were_kept(self):
        made = pictures.pages(self.built(SMALL))
        for n, picture in enumerate(made, 1):
            kept = os.path.join(EXPECTED, "page-%d.png" % n)
            if BLESS:
                os.makedirs(EXPECTED, exist_ok=True)
                pictures.write_png(kept, picture)
            self.assertIsNone(pictures.difference(pictures.read_png(kept), picture), "page %d" % n)
        self.assertEqual(len(made), len([n for n in os.listdir(EXPECTED) if n.endswith(".png")]))

    # -- the same everywhere ----------------------------------------------------------------------

    def test_bytes_do_not_depend_on_place_and_time(self):
        one = self.built(SMALL, env={"LC_ALL": "C", "TZ": "UTC"})
        folder = self.path()
        os.mkdir(folder)
        two = self.built(SMALL, env={"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo", "HOME": folder}, cwd=folder)
        with open(one, "rb") as f, open(two, "rb") as g:
            self.assertEqual(f.read(), g.read())

    def test_dates_only_when_asked(self):
        self.assertNotIn(b"CreationDate", unpacked(self.built(SMALL)))
        data = unpacked(self.built(SMALL, env={"SOURCE_DATE_EPOCH": "86399"}))
        self.assertIn(b"(D:19700101235959Z)", data)
        self.assertIn(b"1970-01-01T23:59:59Z", data)


if __name__ == "__main__":
    unittest.main()
