"""Readers of different people find the same in our PDFs: pdf.js (Firefox), poppler (Evince, Okular),
MuPDF, PDFium (Chrome) and qpdf. What one of them does not tell is not compared: see docs/viewers.md."""
import json
import os
import re
import tempfile
import unicodedata
import unittest

import common
import readers

KINDS = os.path.join(common.SOURCE, "tests/golden/kinds/form.xml")
S117 = os.path.join(common.SOURCE, "forms/s117-aftercare")
FORMS = [(KINDS, os.path.join(common.SOURCE, "tests/golden/kinds/plan.xml")),
         (S117, os.path.join(S117, "examples/complete.xml"))]
MUPDF = {"text": "Tx", "combobox": "Ch", "checkbox": "Btn"}
POPPLER = {"text": "Tx", "choice": "Ch", "button": "Btn"}


def one(value):
    return value if isinstance(value, str) else "".join(value)


def shown(field):
    """The words that a choice is shown by."""
    return dict(field["options"]).get(one(field["value"]), one(field["value"])).strip()


def lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Agree(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="formc-viewers-")
        cls.addClassCleanup(folder.cleanup)
        cls.files, cls.records = [], []
        for i, (form, plan) in enumerate(FORMS):
            out = os.path.join(folder.name, str(i))
            common.run(common.FORMC, "build", form, "-o", out, "--only", "pdf")
            (blank,) = os.listdir(out)
            common.run(common.FORMC, "fill", form, plan, "-o", out + "-filled.pdf")
            common.run(common.FORMC, "fill", form, plan, "-o", out + "-record.pdf", "--as", "record")
            cls.files += [os.path.join(out, blank), out + "-filled.pdf"]
            cls.records.append(out + "-record.pdf")
        cls.base = {path: readers.pdf(path) for path in cls.files + cls.records}
        cls.pdfium = {path: readers.pdfium(path) for path in cls.files + cls.records}

    def each(self):
        for path in self.files:
            with self.subTest(path=os.path.basename(path)):
                fields = self.base[path]["fields"]
                self.assertGreater(len(fields), 60)
                yield path, {f["name"]: f for f in fields}

    def test_qpdf(self):
        for path, want in self.each():
            seen = common.by_qpdf(path)
            self.assertEqual(sorted(seen), sorted(want))
            for name, f in want.items():
                got = seen[name]
                self.assertEqual((got["type"], got["label"], lines(got["value"])),
                                 (f["type"], f["label"], lines(one(f["value"]))), name)

    def test_poppler(self):
        library = common.poppler()
        for path, want in self.each():
            document = library.Document.new_from_file("file://" + path, None)
            seen = {f.get_name(): f for _, f, _ in common.poppler_fields(document)}
            self.assertEqual(sorted(seen), sorted(want))
            for name, f in want.items():
                got = seen[name]
                self.assertEqual((POPPLER[got.get_field_type().value_nick], got.get_alternate_ui_name()),
                                 (f["type"], f["label"]), name)
                if f["type"] == "Tx":
                    self.assertEqual(lines(got.text_get_text() or ""), f["value"], name)
                elif f["type"] == "Btn":
                    self.assertEqual(got.button_get_state(), f["value"] != "Off", name)
                else:
                    items = [got.choice_get_item(n) for n in range(got.choice_get_n_items())]
                    self.assertEqual(items, [words for _, words in f["options"]], name)
                    chosen = [words for n, words in enumerate(items) if got.choice_is_item_selected(n)]
                    text = chosen[0] if chosen else got.choice_get_text() or ""
                    self.assertEqual(text.strip(), shown(f), name)

    def test_mupdf(self):
        script = os.path.join(common.HERE, "read_mupdf.js")
        for path, want in self.each():
            seen = {f["label"]: f for f in json.loads(common.run("mutool", "run", script, path))}
            self.assertEqual(sorted(seen), sorted(f["label"] for f in want.values()))
            for name, f in want.items():
                got = seen[f["label"]]
                self.assertEqual(MUPDF[got["type"]], f["type"], name)
                self.assertEqual(lines(got["value"]), lines(one(f["value"])), name)

    def test_pdfium(self):
        for path, want in self.each():
            seen = {f["name"]: f for f in self.pdfium[path]["fields"]}
            self.assertEqual(sorted(seen), sorted(want))
            for name, f in want.items():
                got = seen[name]
                self.assertEqual((got["type"], got["label"]), (f["type"], f["label"]), name)
                self.assertEqual(got["options"], [words for _, words in f["options"]], name)
                self.assertEqual(lines(got["value"]), lines(one(f["value"])), name)

    def test_words_and_tags(self):
        """The words of each tag, by poppler, in the order of the tags. pdf.js has the same words in
        the same order; MuPDF and PDFium, which read the page, have the words of each."""
        def squash(s):
            return "".join(unicodedata.normalize("NFC", s).split())
        # Not the aftercare form's blank: poppler needs many seconds for the tags of each.
        for path in self.files[:2] + self.files[3:] + self.records[:1]:
            with self.subTest(path=os.path.basename(path)):
                tagged = re.findall(r'^ *"(.*)"$', common.run("pdfinfo", "-struct-text", path), re.M)
                self.assertGreater(len(tagged), 100)
                self.assertEqual(squash("".join(tagged)), squash(self.base[path]["text"]))
                mupdf = squash(common.run("mutool", "draw", "-q", "-F", "text", path))
                pdfium = squash("".join(self.pdfium[path]["text"]))
                for words in tagged:
                    self.assertIn(squash(words), mupdf)
                    self.assertIn(squash(words), pdfium)

    def test_a_record_has_no_fields(self):
        for path in self.records:
            self.assertEqual(self.base[path]["fields"], [])
            self.assertEqual(common.by_qpdf(path), {})
            self.assertEqual(self.pdfium[path]["fields"], [])
            self.assertEqual(json.loads(common.run("mutool", "run", os.path.join(common.HERE, "read_mupdf.js"), path)), [])


if __name__ == "__main__":
    unittest.main()
