"""A Word form that runs from right to left says so in its paragraphs, tables and words. Every claim
is looked for in forms/interpreter-request-ar, and has to be found broken in the same form with
dir="ltr"."""
import os
import shutil
import subprocess
import tempfile
import unittest
import zipfile

from lxml import etree

FORMC = os.environ["FORMC"]
FORM = os.path.join(os.environ["FORMC_SOURCE"], "forms", "interpreter-request-ar")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTS = ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/footer2.xml")


def on(e, name):
    """Whether the property is there and not taken back."""
    found = None if e is None else e.find(W + name)
    return found is not None and found.get(W + "val") not in ("0", "false")


def paragraphs(parts):
    return on(parts["word/styles.xml"].find(".//%spPrDefault/%spPr" % (W, W)), "bidi")


def sections(parts):
    found = list(parts["word/document.xml"].iter(W + "sectPr"))
    return bool(found) and all(on(s, "bidi") for s in found)


def tables(parts):
    """The first column is the rightmost one (17.4.1)."""
    found = list(parts["word/document.xml"].iter(W + "tblPr"))
    return len(found) > 4 and all(on(t, "bidiVisual") for t in found)


def bars(parts):
    """Borders are named by the page (17.3.1.28)."""
    style = parts["word/styles.xml"].find(".//*[@%sstyleId='Instruction']" % W)
    return [b.tag for b in style.find(".//" + W + "pBdr")] == [W + "right"]


def numbers_alone(parts):
    """An answer of digits or Latin letters runs from left to right, and is not set at the left."""
    kept = 0
    for tag in ("patient/phone", "patient/nhs-number", "patient/email", "appointment/day", "help/companion[1]/phone"):
        for sdt in parts["word/document.xml"].iter(W + "sdt"):
            if sdt.find(W + "sdtPr/" + W + "tag").get(W + "val") == tag:
                at = sdt.find(".//" + W + "p")
                at = sdt.getparent() if at is None else at
                properties = at.find(W + "pPr")
                bidi, side = properties.find(W + "bidi"), properties.find(W + "jc")
                kept += bidi is not None and bidi.get(W + "val") == "0" and side is not None and side.get(W + "val") == "right"
    return kept == 5


CLAIMS = [paragraphs, sections, tables, bars, numbers_alone]


class Mirror(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = {}
        with tempfile.TemporaryDirectory(prefix="formc-mirror-") as folder:
            for way in ("rtl", "ltr"):
                form = os.path.join(folder, way)
                shutil.copytree(FORM, form)
                with open(os.path.join(form, "form.xml"), encoding="utf-8") as f:
                    text = f.read()
                with open(os.path.join(form, "form.xml"), "w", encoding="utf-8") as f:
                    f.write(text.replace('xml:lang="ar"', 'xml:lang="ar" dir="%s"' % way, 1))
                subprocess.run([FORMC, "fill", form, os.path.join(form, "examples/complete.xml"), "-o", form + ".docx"],
                               check=True, timeout=120)
                with zipfile.ZipFile(form + ".docx") as z:
                    cls.made[way] = {n: etree.fromstring(z.read(n)) for n in z.namelist() if n.endswith(".xml")}

    def test_the_form_is_mirrored(self):
        self.assertEqual([c.__name__ for c in CLAIMS if not c(self.made["rtl"])], [])

    def test_the_same_form_from_left_to_right_is_found_out(self):
        self.assertEqual([c.__name__ for c in CLAIMS if c(self.made["ltr"])], [])

    def test_words_in_arabic_say_that_they_run_from_right_to_left(self):
        seen = 0
        for name in TEXTS:
            for run in self.made["rtl"][name].iter(W + "r"):
                words = "".join(t.text or "" for t in run.iter(W + "t"))
                if any("\u0600" <= c <= "\u06ff" for c in words):
                    seen += 1
                    self.assertTrue(on(run.find(W + "rPr"), "rtl"), (name, words))
        self.assertGreater(seen, 100)


if __name__ == "__main__":
    unittest.main()
