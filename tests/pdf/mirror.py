"""A form that runs from right to left is mirrored: labels stand right of their answers, first columns
at the right, bullets and boxes right of their words, fields begin at the right. Numbers stay in order.

Every claim is looked for in the PDF of forms/interpreter-request-ar, and then in that of the same form
with dir="ltr", where it has to be found broken: a test that cannot fail would show nothing."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from xml.sax.saxutils import escape

from lxml import etree

FORMC = os.environ["FORMC"]
FORM = os.path.join(os.environ["FORMC_SOURCE"], "forms", "interpreter-request-ar")
LEFT, RIGHT, NEAR = 54.0, 541.28, 1.5  # the text's edges at the default theme, and what rounding may cost

# Numbers in running Arabic text: groups in the order in which they have to stand, from left to right.
NUMBERS = ["01632 960201", "+44 1632 960201", "(01632) 960201", "+44 (0)1632 960201", "999 000 0018",
           "999-000-0018", "07700\u00a0900123", "2026-06-24", "24-6-2026", "24/6/2026", "10:30",
           "\u0660\u0661\u0666\u0663\u0662 \u0669\u0666\u0660\u0662\u0660\u0661"]
TURNED = ["27 3 1990", "7 30"]  # no telephone number: UAX 9 sets the groups from right to left
NUMBER_FORM = """<form xmlns="urn:formc:form:1" id="numbers" version="1.0.0" xml:lang="he" data-ns="urn:formc:data:numbers">
<title>\u05de\u05e1\u05e4\u05e8\u05d9\u05dd</title><section id="s" title="\u05d0">%s</section></form>"""


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, timeout=120).stdout


class Page:
    """What stands where: letters and words of the text, and fields by name."""

    def __init__(self, path):
        tree = etree.fromstring(run("pdftotext", "-bbox", path, "-"), etree.HTMLParser(encoding="utf-8"))
        self.words = [(n, float(w.get("xmin")), float(w.get("xmax")), (float(w.get("ymin")) + float(w.get("ymax"))) / 2,
                       w.text) for n, page in enumerate(tree.iter("page")) for w in page.iter("word")]
        data = json.loads(run("qpdf", "--json", path))
        objects = data["qpdf"][1]
        pages = [p["object"] for p in data["pages"]]
        self.catalog = objects["obj:" + objects["trailer"]["value"]["/Root"]]["value"]
        self.fields = {}
        for f in data["acroform"]["fields"]:
            widget = objects["obj:" + f["annotation"]["object"]]["value"]
            x0, y0, x1, y1 = widget["/Rect"]
            f.update(left=x0, right=x1, page=pages.index(widget["/P"]), top=841.89 - y1, bottom=841.89 - y0)
            self.fields[f["fullname"]] = f

    def lines(self):
        """(page, [(letter, x0, x1)] from right to left) of each line."""
        rows = []
        for n, x0, x1, y, text in sorted(self.words, key=lambda w: (w[0], w[3])):
            if not rows or rows[-1][0] != n or abs(rows[-1][1] - y) > 4:
                rows.append((n, y, []))
            rows[-1][2].append((text, x0, x1))
        return [(n, y, sorted(row, key=lambda w: -w[2])) for n, y, row in rows]

    def find(self, text, field=None, above=30):
        """(x0, x1) of words of one line; with a field, level with it or up to so much above."""
        wanted = "".join(text.split())
        for n, y, row in self.lines():
            if field and not (n == field["page"] and field["top"] - above < y < field["bottom"] + 4):
                continue
            said = "".join(w[0] for w in row)
            at = said.find(wanted)
            if at < 0:
                at = "".join(w[0] for w in reversed(row)).find(wanted)
                if at >= 0:  # a Latin word, or a number
                    row, said = row[::-1], said[::-1]
            if at >= 0:
                inside, k = [], 0
                for w in row:
                    if at <= k < at + len(wanted):
                        inside.append(w)
                    k += len(w[0])
                return min(w[1] for w in inside), max(w[2] for w in inside)
        raise LookupError(text)


def labels(blank, _):
    labels_of = {"patient.name": "\u0627\u0644\u0643\u0627\u0645\u0644", "patient.email": "\u0627\u0644\u0628\u0631\u064a\u062f",
                 "appointment.day": "\u062a\u0627\u0631\u064a\u062e", "signatures.patient.name": "\u0633\u0645:"}
    return all(blank.find(words, blank.fields[name])[0] >= blank.fields[name]["right"] for name, words in labels_of.items())


def columns(blank, _):
    name, relation, phone = (blank.fields["help.companion.1." + f] for f in ("name", "relation", "phone"))
    return name["left"] > relation["right"] - NEAR and relation["left"] > phone["right"] - NEAR and \
        name["right"] > RIGHT - 5


def details(blank, _):
    return blank.fields["patient.english-for"]["right"] < blank.fields["patient.english"]["left"] + NEAR


def quadding(blank, filled):
    fields = [f for p in (blank, filled) for f in p.fields.values() if f["fieldtype"] in ("/Tx", "/Ch")]
    return len(fields) > 50 and all(f["quadding"] == 2 for f in fields)


def answers(_, filled):
    """Drawn at the right edge of their fields: letters from right to left, from left to right, digits."""
    at = {"patient.name": "\u0633\u0627\u0645\u0631", "patient.born": "27/03/1958", "patient.phone": "960202",
          "patient.nhs-number": "9990000018", "patient.email": "samer@street.example"}
    return all(abs(filled.fields[name]["right"] - 4.5 - filled.find(words, filled.fields[name], 0)[1]) < NEAR
               for name, words in at.items())


def boxes(blank, _):
    box = blank.fields["help.helps.woman"]
    return abs(box["right"] - RIGHT) < NEAR and blank.find("\u0645\u062a\u0631\u062c\u0645\u0629(", box)[1] < box["left"]


def headings(blank, _):
    return all(abs(blank.find(words)[1] - RIGHT) < NEAR for words in
               ("\u0637\u0644\u0628\u0645\u062a\u0631\u062c\u0645", "3.1.\u0645\u0627", "\u0642\u0628\u0644\u0623\u0646"))


def bullets(blank, _):
    rows = [row for _, _, row in blank.lines() if any(w[0] == "\u2022" for w in row)]
    return len(rows) == 5 and all(row[0][0] == "\u2022" and RIGHT - 20 < row[0][2] < RIGHT for row in rows)


def furniture(blank, _):
    ids = [w for w in blank.words if w[4] == "interpreter-request-ar"]
    return len(ids) == 3 and all(abs(w[2] - RIGHT) < NEAR for w in ids) and \
        all(abs(blank.find("\u0627\u0644\u0635\u0641\u062d\u0629%d\u0645\u06463" % n)[0] - LEFT) < 4 for n in (1, 2, 3))


def said_so(blank, _):
    return blank.catalog.get("/ViewerPreferences", {}).get("/Direction") == "/R2L"


CLAIMS = [labels, columns, details, quadding, answers, boxes, headings, bullets, furniture, said_so]


def told(claim, pages):
    try:
        return claim(*pages)
    except LookupError:
        return False


class Mirror(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="formc-mirror-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder, cls.made = folder.name, {}
        for way in ("rtl", "ltr"):
            form = os.path.join(folder.name, way)
            shutil.copytree(FORM, form)
            with open(os.path.join(form, "form.xml"), encoding="utf-8") as f:
                text = f.read()
            with open(os.path.join(form, "form.xml"), "w", encoding="utf-8") as f:
                f.write(text.replace('xml:lang="ar"', 'xml:lang="ar" dir="%s"' % way, 1))
            run(FORMC, "build", form, "-o", form + "-out", "--only", "pdf")
            run(FORMC, "fill", form, os.path.join(form, "examples/complete.xml"), "-o", form + ".pdf")
            run(FORMC, "fill", form, os.path.join(form, "examples/complete.xml"), "-o", form + "-record.pdf", "--as", "record")
            cls.made[way] = [Page(form + "-out/interpreter-request-ar.pdf"), Page(form + ".pdf")]

    def test_the_form_is_mirrored(self):
        self.assertEqual([c.__name__ for c in CLAIMS if not told(c, self.made["rtl"])], [])

    def test_the_same_form_from_left_to_right_is_found_out(self):
        self.assertEqual([c.__name__ for c in CLAIMS if told(c, self.made["ltr"])], [])

    def test_tags_are_in_the_order_of_reading_and_in_arabic(self):
        """They do not depend on the direction of the page: both are read alike."""
        said = {}
        for way in ("rtl", "ltr"):
            self.assertEqual(self.made[way][1].catalog["/Lang"], "u:ar")
            words = run("pdfinfo", "-struct-text", os.path.join(self.folder, way + ".pdf")).decode("utf-8")
            said[way] = re.sub(r"\s+", " ", re.sub(r'"?\n\s*"?', " ", words))
        self.assertEqual(said["rtl"], said["ltr"])
        at, labels_seen = said["rtl"].index("1. "), 0
        for e in etree.parse(os.path.join(FORM, "form.xml")).getroot().iter("{*}field", "{*}section"):
            at = said["rtl"].index(e.get("label") or e.get("title"), at)  # or there is none behind the last one
            labels_seen += 1
        self.assertGreater(labels_seen, 30)
        self.assertIn("(\u0645\u0646 9:00 \u0625\u0644\u0649 17:00).", said["rtl"])

    def test_numbers_in_the_form_keep_their_order(self):
        record = Page(os.path.join(self.folder, "rtl-record.pdf"))
        blank, filled = self.made["rtl"]
        for page, numbers in ((blank, ["999 000 0018", "01632 960201"]),
                              (filled, ["999 000 0018", "01632 960202", "01632 960203", "+44 1632 960204"]),
                              (record, ["999 000 0018", "01632 960202", "01632 960203", "+44 1632 960204"])):
            for number in numbers:
                self.assertTrue(in_order(page, number), number)

    def test_numbers_in_running_text_keep_their_order(self):
        """Between letters, as words of the form and as an answer; others show that order is seen."""
        places = [(before + n + after, n) for n in NUMBERS + TURNED for before, after in
                  (("\u05d4\u05d8\u05dc\u05e4\u05d5\u05df ", " \u05d1\u05d1\u05d9\u05ea."),
                   ("\u0627\u0644\u0631\u0642\u0645 (", ")\u060c \u0648\u0647\u0648 \u0647\u0646\u0627."))]
        path = os.path.join(self.folder, "numbers.xml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(NUMBER_FORM % "".join('<note kind="help">%s</note><field id="f%d" label="\u05d0" type="line"/>'
                                          % (escape(text), i) for i, (text, _) in enumerate(places)))
        with open(path + ".plan", "w", encoding="utf-8") as f:
            f.write('<numbers xmlns="urn:formc:data:numbers" xmlns:p="urn:formc:plan:1" p:form="numbers" p:version="1.0.0">'
                    "<s>%s</s></numbers>" % "".join("<f%d>%s</f%d>" % (i, escape(text), i)
                                                    for i, (text, _) in enumerate(places)))
        run(FORMC, "fill", path, path + ".plan", "-o", path + ".pdf")
        lines = [visual(row) for _, _, row in Page(path + ".pdf").lines()]
        for number in NUMBERS + TURNED:
            found = sum("".join(number.split()) in line for line in lines)
            self.assertEqual(found, 4 if number in NUMBERS else 0, number)


def visual(row):
    return "".join(w[0] for w in reversed(row))


def in_order(page, number):
    return any("".join(number.split()) in visual(row) for _, _, row in page.lines())


if __name__ == "__main__":
    unittest.main()
