"""The record: every answer whole, why there is none, both sides of a conflict; and not a byte of
the plan that is not on the page, unless it is asked for."""
import os
import re
import subprocess
import tempfile
import unicodedata
import unittest
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

FORMC = os.environ["FORMC"]
FORM = os.path.join(os.environ["FORMC_SOURCE"], "forms/s117-aftercare")
COMPLETE = os.path.join(FORM, "examples/complete.xml")
P = "{urn:formc:plan:1}"
LONG = " ".join("word%05d" % i for i in range(2500))  # 22 kB, beyond what a field can hold
# What a plan knows beside answers; none of it is on a page.
SECRETS = ["nurse-zebra", "row-zebra", "revision-zebra", "history", "urn:formc:plan", "2001-02-03T04:05:06Z"]


def run(*command, code=0):
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=300)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def squash(s):
    return "".join(unicodedata.normalize("NFC", s).split())


class Record(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="formc-record-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def record(self, plan, *options, name="record.pdf"):
        run(FORMC, "fill", FORM, plan, "-o", self.path(name), "--as", "record", *options)
        return self.path(name)

    def plan(self, change):
        """A copy of the complete plan, its text changed."""
        with open(COMPLETE, encoding="utf-8") as f:
            text = f.read()
        changed = change(text)
        self.assertNotEqual(text, changed)
        with open(self.path("plan.xml"), "w", encoding="utf-8") as f:
            f.write(changed)
        return self.path("plan.xml")

    def tagged(self, pdf):
        """In the order of the tags; headers and footers are not among them."""
        return squash("".join(re.findall(r'"(.*)"', run("pdfinfo", "-struct-text", pdf))))

    def words(self, pdf):
        return squash(run("pdftotext", "-raw", pdf, "-"))

    def test_every_answer_is_there(self):
        pdf = self.record(COMPLETE)
        tagged, words = self.tagged(pdf), self.words(pdf)
        texts = [e.text for e in ET.parse(COMPLETE).iter() if e.text and e.text.strip() and not len(e)]
        self.assertGreater(len(texts), 100)
        missing = 0
        for text in texts:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                text = "/".join(reversed(text.split("-")))
            if text in ("yes", "no", "s3"):
                continue  # shown by their words
            missing += squash(text) not in words or squash(text) not in tagged
        self.assertEqual(missing, 0)

    def test_an_answer_of_any_length_is_whole(self):
        pdf = self.record(self.plan(lambda t: re.sub(r"<goals>[^<]*", "<goals>" + LONG, t)))
        self.assertIn(squash(LONG), self.tagged(pdf))
        self.assertGreater(int(re.search(r"Pages: +(\d+)", run("pdfinfo", pdf)).group(1)), 14)

    def test_a_long_answer_in_a_table_is_whole(self):
        pdf = self.record(self.plan(lambda t: re.sub(r"<address>[^<]*", "<address>" + LONG, t)))
        self.assertIn(squash(LONG), self.tagged(pdf))

    def test_why_there_is_no_answer(self):
        reasons = {"not-asked": "Not asked", "asked-unknown": "Asked, and not known",
                   "asked-declined": "Asked, and the person did not want to say", "not-applicable": "Does not apply",
                   "unknown": "Not known", "masked": "Left out of this copy"}
        for reason, shown in reasons.items():
            plan = self.plan(lambda t: re.sub(r"<diagnosis>.*?</diagnosis>", '<diagnosis p:absent="%s"/>' % reason, t))
            words = self.words(self.record(plan, "--force"))
            self.assertIn(squash("Diagnosis linked to this Section 117 duty" + shown), words)

    def test_both_sides_of_a_conflict(self):
        conflict = ('<p:conflicts><p:conflict path="%s"><p:stored>%s</p:stored><p:visible%s</p:conflict>'
                    "</p:conflicts></s117-aftercare>")
        with open(COMPLETE, encoding="utf-8") as f:
            stored = re.search(r"<diagnosis>(.*?)</diagnosis>", f.read()).group(1)
        for visible, shown in ((">Quite another diagnosis</p:visible>", "Quite another diagnosis"),
                               (' absent="asked-unknown"/>', "No answer")):
            plan = self.plan(lambda t: t.replace("</s117-aftercare>", conflict % ("detention/diagnosis", stored, visible)))
            words = self.words(self.record(plan, "--force"))
            self.assertIn(squash(stored + "Two different answers came in. The other one is:" + shown), words)

    def test_what_was_changed_under_a_signature(self):
        """`set` notes what the marks cover; then one of those answers is changed."""
        noted = self.path("noted.xml")
        run(FORMC, "set", FORM, COMPLETE, "--stage", "signed", "--by", "icb", "--at", "2026-08-01T00:00:00Z", "-o", noted)
        said = squash("Answers were changed after this was signed.")
        self.assertEqual(self.words(self.record(noted)).count(said), 0)
        with open(noted, encoding="utf-8") as f:
            changed = re.sub(r"<goals>[^<]*", "<goals>Other goals", f.read())
        with open(noted, "w", encoding="utf-8") as f:
            f.write(changed)
        self.assertGreaterEqual(self.words(self.record(noted, "--force")).count(said), 1)

    def test_nothing_but_the_page(self):
        def secret(t):
            t = t.replace('p:row="icb-1"', 'p:row="row-zebra"', 1).replace(' p:synthetic="yes"', ' p:revision="revision-zebra" p:synthetic="yes"', 1)
            return t.replace("</s117-aftercare>", '<p:history><p:entry n="1" at="2001-02-03T04:05:06Z" by="icb/nurse-zebra" '
                             'via="set" did="set" path="about-me/goals"/></p:history></s117-aftercare>')
        plan = self.plan(secret)
        with_data, without = self.record(plan, "--with-data", name="with.pdf"), self.record(plan, name="without.pdf")
        for pdf, there in ((with_data, True), (without, False)):
            run("qpdf", "--qdf", "--object-streams=disable", pdf, pdf + ".qdf")
            with open(pdf + ".qdf", "rb") as f:
                data = f.read()
            for s in SECRETS:
                found = any(form in data for form in (s.encode(), s.encode("utf-16-be"), s.encode("utf-16-be").hex().encode(),
                                                      s.encode("utf-16-be").hex().upper().encode()))
                self.assertEqual(found, there, s)
        self.assertIn("0 embedded files", run("pdfdetach", "-list", without))
        # The record without data is the same whatever the history says.
        other = self.plan(lambda t: secret(t).replace("zebra", "tiger").replace("2001-02-03", "2002-02-03"))
        with open(without, "rb") as a, open(self.record(other, name="other.pdf"), "rb") as b:
            self.assertEqual(a.read(), b.read())

    def test_the_data_come_back_byte_for_byte(self):
        pdf = self.record(COMPLETE, "--with-data")
        run("pdfdetach", "-save", "1", "-o", self.path("out.xml"), pdf)
        # The canonical plan, as `set` writes it but for what it adds.
        run(FORMC, "fill", FORM, self.path("out.xml"), "-o", self.path("again.pdf"), "--as", "record", "--with-data")
        run("pdfdetach", "-save", "1", "-o", self.path("again.xml"), self.path("again.pdf"))
        with open(self.path("out.xml"), "rb") as a, open(self.path("again.xml"), "rb") as b:
            self.assertEqual(a.read(), b.read())

        def answers(path):
            return [(e.tag, e.text, e.get(P + "absent"), e.get(P + "row")) for e in ET.parse(path).iter()]
        self.assertEqual([a for a in answers(COMPLETE) if (a[1] or "").strip() or a[2] or a[3]],
                         [a for a in answers(self.path("out.xml")) if (a[1] or "").strip() or a[2] or a[3]])

    def test_a_record_is_no_form(self):
        for options in ((), ("--with-data",)):
            pdf = self.record(COMPLETE, "--force", *options)
            self.assertIn("none", re.search(r"Form: +(\S+)", run("pdfinfo", pdf)).group(1))
            run("qpdf", "--check", pdf)

    def test_what_does_not_go_together_is_refused(self):
        fill = (FORMC, "fill", FORM, COMPLETE, "-o")
        self.assertIn("--as is", run(*fill, self.path("x.pdf"), "--as", "photo", code=2))
        self.assertIn("--with-data", run(*fill, self.path("x.pdf"), "--with-data", code=2))
        self.assertIn(".pdf", run(*fill, self.path("x.xml"), "--as", "record", code=2))
        self.assertFalse(os.path.exists(self.path("x.pdf")) or os.path.exists(self.path("x.xml")))

    def test_words_of_an_answer_are_words(self):
        nasty = escape("</p> <field name='x' label='y'/> & <b>bold</b> \u202e \u2028 end")
        pdf = self.record(self.plan(lambda t: re.sub(r"<goals>[^<]*", "<goals>" + nasty, t)))
        self.assertIn("<fieldname='x'label='y'/>&<b>bold</b>", self.words(pdf))


if __name__ == "__main__":
    unittest.main()
