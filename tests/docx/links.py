"""Links in the Word document: each reference is a hyperlink to one bookmark, which stands at the words
that it names; LibreOffice takes it there. Reading is not led astray by these bookmarks."""
import collections
import os
import subprocess
import tempfile
import unittest
import zipfile

from lxml import etree

import pictures
import readers

FORMC = os.environ["FORMC"]
FORM = os.path.join(os.environ["FORMC_SOURCE"], "tests/pdf/links/form.xml")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
THERE = {"A column": "Rows", "B column": "Blocks", "C column": "Repeats"}  # what repeats has no one place


def words(element):
    return "".join(t.text or "" for t in element.iter(W + "t"))


class Links(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="formc-docx-links-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.plan = os.path.join(cls.folder, "plan.xml")
        subprocess.run([FORMC, "new", FORM, "-o", cls.plan], check=True, capture_output=True)
        cls.files = {kind: os.path.join(cls.folder, kind + ".docx") for kind in ("form", "record")}
        for kind, path in cls.files.items():
            subprocess.run([FORMC, "fill", FORM, cls.plan, "-o", path, "--as", kind], check=True, capture_output=True)

    def body(self, kind):
        with zipfile.ZipFile(self.files[kind]) as z:
            return etree.fromstring(z.read("word/document.xml"))

    def test_every_reference_leads_to_the_words_that_it_says(self):
        with open(FORM, encoding="utf-8") as f:
            n = f.read().count("<ref ")
        for kind, lost in (("form", 0), ("record", 3)):  # a record has no hints
            root = self.body(kind)
            marks = list(root.iter(W + "bookmarkStart"))
            names = collections.Counter(m.get(W + "name") for m in marks)
            self.assertEqual(max(names.values()), 1)
            self.assertEqual(max(collections.Counter(m.get(W + "id") for m in marks).values()), 1)
            self.assertEqual(len(marks), len(list(root.iter(W + "bookmarkEnd"))))
            places = {m.get(W + "name"): m.getparent() for m in marks}
            links = list(root.iter(W + "hyperlink"))
            self.assertEqual(len(links), n - lost)
            for link in links:
                said = words(link)
                self.assertEqual(link.find(".//" + W + "rStyle").get(W + "val"), "Hyperlink")
                paragraph = places[link.get(W + "anchor")]
                self.assertEqual(paragraph.tag, W + "p")
                self.assertTrue(words(paragraph).startswith(THERE.get(said, said)), (said, words(paragraph)))
            self.assertEqual({m for m in names if m.startswith("_place")}, {link.get(W + "anchor") for link in links})

    def test_libreoffice_follows_them(self):
        pdf = pictures.word_to_pdf(self.files["form"], os.path.join(self.folder, "office"))
        links = [link for link in readers.pdf(pdf)["links"] if link["toPage"]]
        self.assertGreaterEqual(len(links), len(list(self.body("form").iter(W + "hyperlink"))))

    def test_reading_takes_them_for_no_answers(self):
        out = os.path.join(self.folder, "back.xml")
        done = subprocess.run([FORMC, "read", FORM, self.files["form"], "--by", "person", "-o", out], capture_output=True,
                              encoding="utf-8")
        self.assertEqual((done.returncode, "0 answers read, 0 conflicts, 0 places not found" in done.stdout + done.stderr),
                         (0, True), done.stderr)


if __name__ == "__main__":
    unittest.main()
