"""The record for Word: a document and no form, every answer whole, why there is none, both sides of
a conflict; what the record as a PDF says, line by line; and not a byte of the plan that is not on
the page, unless it is asked for."""
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import unittest
import xml.etree.ElementTree as ET
import zipfile
from xml.sax.saxutils import escape

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
FORM = os.path.join(SOURCE, "forms/s117-aftercare")
COMPLETE = os.path.join(FORM, "examples/complete.xml")
CASES = [(FORM, COMPLETE), (FORM, os.path.join(FORM, "examples/half.xml")),
         *((os.path.join(SOURCE, "forms/street-party"), os.path.join(SOURCE, "forms/street-party/examples", n + ".xml"))
           for n in ("complete", "faulty")),
         (os.path.join(SOURCE, "tests/golden/kinds"), os.path.join(SOURCE, "tests/golden/kinds/plan.xml"))]
sys.path.insert(0, os.path.join(SOURCE, "tests", "tools"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P = "{urn:formc:plan:1}"
LONG = " ".join("word%05d" % i for i in range(2500))  # 22 kB
# What a plan knows beside answers; none of it is on a page.
SECRETS = ["nurse-zebra", "row-zebra", "revision-zebra", "urn:formc:plan", "2001-02-03T04:05:06Z"]


def run(*command, code=0):
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=300)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def squash(s):
    return "".join(unicodedata.normalize("NFC", s).split())


def parts(path):
    with zipfile.ZipFile(path) as z:
        return {n: z.read(n) for n in z.namelist()}


def style(p):
    e = p.find(W + "pPr/" + W + "pStyle")
    return None if e is None else e.get(W + "val")


def text(nodes):
    out = []
    for e in nodes:
        out.append({W + "t": e.text or "", W + "br": "\n", W + "tab": "\t"}.get(e.tag, ""))
    return "".join(out)


def paragraphs(path):
    """(style, text) of each paragraph of the body."""
    body = ET.fromstring(parts(path)["word/document.xml"])
    return [(style(p), text(p.iter())) for p in body.iter(W + "p")]


def word_lines(path):
    """What the document says, a paragraph a line; of a signature the label and what stands behind it."""
    lines = []
    for kind, said in paragraphs(path):
        if kind == "RowLabel":
            continue  # the PDF shows by a gap that a row begins
        label, answer = said.split("\t", 1) if (kind or "").startswith("Signature") else (said, None)
        lines.append(label)
        if answer is not None:
            lines.append(answer)
    return [squash(x).rstrip(":") for x in lines]


def pdf_lines(path):
    """The same of a PDF, from its tags."""
    lines = re.findall(r'^ *"(.*)"$', run("pdfinfo", "-struct-text", path), re.M)
    return [squash(x).rstrip(":") for x in lines if x != "•"]


class Record(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="formc-docx-record-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def record(self, plan, *options, name="record.docx", form=FORM):
        run(FORMC, "fill", form, plan, "-o", self.path(name), "--as", "record", *options)
        return self.path(name)

    def plan(self, change):
        """A copy of the complete plan, its text changed."""
        with open(COMPLETE, encoding="utf-8") as f:
            before = f.read()
        changed = change(before)
        self.assertNotEqual(before, changed)
        with open(self.path("plan.xml"), "w", encoding="utf-8") as f:
            f.write(changed)
        return self.path("plan.xml")

    def words(self, path):
        return squash("\n".join(said for _, said in paragraphs(path)))

    def test_it_says_what_the_pdf_says_line_by_line(self):
        for form, plan in CASES:
            word = word_lines(self.record(plan, "--force", form=form))
            pdf = pdf_lines(self.record(plan, "--force", form=form, name="record.pdf"))
            self.assertGreater(len(word), 40)
            self.assertEqual(word, pdf)

    def test_it_is_no_form(self):
        for options in ((), ("--with-data",)):
            found = parts(self.record(COMPLETE, "--force", *options))
            body = found["word/document.xml"]
            for what in (b"<w:sdt>", b"<w:sdt ", b"bookmark", b"dataBinding", b"PlaceholderText", b"Click to"):
                self.assertNotIn(what, body)
            self.assertFalse([n for n in found if "glossary" in n])
            self.assertEqual([n for n in found if n.startswith("customXml/item")],
                             ["customXml/item2.xml", "customXml/itemProps2.xml"] if options else [])

    def test_every_answer_is_whole(self):
        path = self.record(self.plan(lambda t: re.sub(r"<goals>[^<]*", "<goals>" + LONG, re.sub(
            r"<address>[^<]*", "<address>one\n\n\ttwo  three", t))))
        said = [s for _, s in paragraphs(path)]
        self.assertIn(LONG, said)
        self.assertIn("one\n\n\ttwo  three", said)
        texts = [e.text for e in ET.parse(self.path("plan.xml")).iter() if e.text and e.text.strip() and not len(e)]
        self.assertGreater(len(texts), 100)
        words = self.words(path)
        for t in texts:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", t):
                t = "/".join(reversed(t.split("-")))
            if t not in ("yes", "no", "s3"):
                self.assertIn(squash(t), words)

    def test_why_there_is_no_answer(self):
        reasons = {"not-asked": "Not asked", "asked-unknown": "Asked, and not known",
                   "asked-declined": "Asked, and the person did not want to say", "not-applicable": "Does not apply",
                   "unknown": "Not known", "masked": "Left out of this copy"}
        for reason, shown in reasons.items():
            plan = self.plan(lambda t: re.sub(r"<diagnosis>.*?</diagnosis>", '<diagnosis p:absent="%s"/>' % reason, t))
            self.assertIn(squash("Diagnosis linked to this Section 117 duty" + shown), self.words(self.record(plan, "--force")))

    def test_both_sides_of_a_conflict(self):
        conflict = ('<p:conflicts><p:conflict path="%s"><p:stored>%s</p:stored><p:visible%s</p:conflict>'
                    "</p:conflicts></s117-aftercare>")
        with open(COMPLETE, encoding="utf-8") as f:
            stored = re.search(r"<diagnosis>(.*?)</diagnosis>", f.read()).group(1)
        for visible, shown in ((">Quite another diagnosis\nin two lines</p:visible>", "Quite another diagnosis\nin two lines"),
                               (' absent="asked-unknown"/>', "No answer")):
            plan = self.plan(lambda t: t.replace("</s117-aftercare>", conflict % ("detention/diagnosis", stored, visible)))
            said = [s for _, s in paragraphs(self.record(plan, "--force"))]
            at = said.index("Two different answers came in. The other one is:")
            self.assertEqual((said[at - 1], said[at + 1]), (stored, shown))

    def test_what_was_changed_under_a_signature(self):
        noted = self.path("noted.xml")
        run(FORMC, "set", FORM, COMPLETE, "--stage", "signed", "--by", "icb", "--at", "2026-08-01T00:00:00Z", "-o", noted)
        stale = ("Notice", "Answers were changed after this was signed.")
        self.assertNotIn(stale, paragraphs(self.record(noted)))
        with open(noted, encoding="utf-8") as f:
            changed = re.sub(r"<goals>[^<]*", "<goals>Other goals", f.read())
        with open(noted, "w", encoding="utf-8") as f:
            f.write(changed)
        self.assertIn(stale, paragraphs(self.record(noted, "--force")))

    def test_answers_run_in_their_own_direction(self):
        answers = {"<goals>": "أريد أن أعمل مرة أخرى.\n(2026)", "<strengths>": "לעזור לאנשים", "<matters>": "Fy nghi a’r ŵyl"}

        def change(t):
            for tag, said in answers.items():
                t = re.sub(tag + r"[^<]*", tag + said, t)
            return t
        body = ET.fromstring(parts(self.record(self.plan(change)))["word/document.xml"])
        for tag, said in answers.items():
            (p,) = [p for p in body.iter(W + "p") if text(p.iter()) == said]
            marks = (p.find(W + "pPr/" + W + "bidi") is not None, p.find(W + "r/" + W + "rPr/" + W + "rtl") is not None)
            self.assertEqual(marks, (tag != "<matters>",) * 2, tag)

    def test_nothing_but_the_page(self):
        def secret(t):
            t = t.replace('p:row="icb-1"', 'p:row="row-zebra"', 1).replace(' p:synthetic="yes"', ' p:revision="revision-zebra" p:synthetic="yes"', 1)
            return t.replace("</s117-aftercare>", '<p:history><p:entry n="1" at="2001-02-03T04:05:06Z" by="icb/nurse-zebra" '
                             'via="set" did="set" path="about-me/goals"/></p:history></s117-aftercare>')
        plan = self.plan(secret)
        with_data, without = self.record(plan, "--with-data", name="with.docx"), self.record(plan, name="without.docx")
        for path, there in ((with_data, True), (without, False)):
            data = b"".join(name.encode() + words for name, words in parts(path).items())
            for s in SECRETS:
                self.assertEqual(any(form in data for form in (s.encode(), s.encode("utf-16-le"))), there, s)
        other = self.plan(lambda t: secret(t).replace("zebra", "tiger").replace("2001-02-03", "2002-02-03"))
        with open(without, "rb") as a, open(self.record(other, name="other.docx"), "rb") as b:
            self.assertEqual(a.read(), b.read())
        # an answer that is not in a record's own words is nowhere either: ids of choices, dates as stored
        self.assertFalse(re.search(rb"2026-\d\d-\d\dT|1984-05-17", b"".join(parts(without).values())))

    def test_the_data_come_back_byte_for_byte(self):
        first = parts(self.record(COMPLETE, "--with-data"))["customXml/item2.xml"]
        with open(self.path("out.xml"), "wb") as f:
            f.write(first)
        again = self.record(self.path("out.xml"), "--with-data", name="again.docx")
        self.assertEqual(parts(again)["customXml/item2.xml"], first)

        def answers(path):
            return [(e.tag, e.text, e.get(P + "absent"), e.get(P + "row")) for e in ET.parse(path).iter()]
        self.assertEqual([a for a in answers(COMPLETE) if (a[1] or "").strip() or a[2] or a[3]],
                         [a for a in answers(self.path("out.xml")) if (a[1] or "").strip() or a[2] or a[3]])

    def test_words_of_an_answer_are_words(self):
        nasty = "</w:t></w:p> <w:sdt/> & <b>bold</b> {PAGE} \u202e \u2028 end ]]>"
        path = self.record(self.plan(lambda t: re.sub(r"<goals>[^<]*", "<goals>" + escape(nasty), t)))
        self.assertIn(nasty, [s for _, s in paragraphs(path)])

    def test_what_does_not_go_together_is_refused(self):
        fill = (FORMC, "fill", FORM, COMPLETE, "-o")
        self.assertIn("--sign-fields", run(*fill, self.path("x.docx"), "--sign-fields", code=2))
        self.assertIn("--with-data", run(*fill, self.path("x.docx"), "--with-data", code=2))
        self.assertFalse(os.path.exists(self.path("x.docx")))


if __name__ == "__main__":
    unittest.main()
