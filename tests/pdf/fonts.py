"""--font: letters that the built-in fonts lack, from a file. Chinese and Japanese with a free font
of Debian; what cannot be a font is refused by name, and harms nothing."""
import os
import random
import re
import struct
import subprocess
import tempfile
import unittest

import readers

FORMC = os.environ["FORMC"]
HERE = os.path.dirname(os.path.abspath(__file__))
FORM, PLAN = os.path.join(HERE, "cjk/form.xml"), os.path.join(HERE, "cjk/plan.xml")
FONT = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"  # Debian: fonts-droid-fallback
NOTES = ["我住在姊姊附近，需要幫助。電話：07700 900123（星期一）。", "私は妹の近くに住んでいます。「カタカナ」とー長音。"]
GOALS = "我的目標是獨立生活，並與家人保持聯繫。" * 12
SHORT = "目標 goals ひらがな"


def changed(font, tag, change):  # a new name keeps the directory sorted
    """The font with a table's entry in the directory, and its bytes, changed."""
    data = bytearray(font)
    for at in range(12, 12 + 16 * struct.unpack(">H", data[4:6])[0], 16):
        if data[at:at + 4] == tag:
            change(data, at, struct.unpack(">I", data[at + 8:at + 12])[0])
            return bytes(data)
    raise AssertionError("the font has no table %s" % tag)


def rename(tag):
    def change(data, at, _):
        data[at:at + 4] = tag
    return change


def forbid(data, _, table):
    data[table + 8:table + 10] = b"\x00\x02"  # fsType: restricted licence


class Fonts(unittest.TestCase):
    def setUp(self):
        self.assertTrue(os.path.exists(FONT), "the package fonts-droid-fallback is not installed")
        folder = tempfile.TemporaryDirectory(prefix="formc-fonts-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name, data=None):
        path = os.path.join(self.folder, name)
        if data is not None:
            with open(path, "wb") as f:
                f.write(data)
        return path

    def fill(self, *options, out="out.pdf", code=0):
        done = subprocess.run([FORMC, "fill", FORM, PLAN, "-o", self.path(out), "--force", *options],
                              capture_output=True, encoding="utf-8", timeout=60)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stderr

    def tagged(self, name):
        return subprocess.run(["pdfinfo", "-struct-text", self.path(name)], capture_output=True, encoding="utf-8",
                              check=True).stdout

    def test_words_and_answers_are_exact(self):
        said = self.fill("--font", FONT)
        self.assertNotRegex(said, "L10[34]")
        self.assertEqual(said.count("L107"), 2)  # viewers draw fields again with the first font
        self.fill("--font", FONT, "--as", "record", out="record.pdf")
        for words in NOTES:
            self.assertIn(words, self.tagged("out.pdf"))
        told = re.sub(r'"?\n\s*"?', "", self.tagged("record.pdf"))
        self.assertIn(GOALS, told)
        self.assertIn(SHORT, told)
        values = {f["name"]: f["value"] for f in readers.pdf(self.path("out.pdf"))["fields"]}
        self.assertEqual(values, {"s.a": GOALS, "s.b": SHORT, "s.c": "", "s.d": ""})
        # seen on the page: poppler and pdf.js read by places
        page = "".join(subprocess.run(["pdftotext", self.path("out.pdf"), "-"], capture_output=True, encoding="utf-8",
                                      check=True).stdout.split())
        for words in NOTES + [GOALS, SHORT]:
            self.assertIn("".join(words.split()), page)
        fonts = subprocess.run(["pdffonts", self.path("out.pdf")], capture_output=True, encoding="utf-8").stdout
        self.assertRegex(fonts, r"\+DroidSansFallback +CID TrueType +Identity-H +yes yes yes")
        subprocess.run(["qpdf", "--check", self.path("out.pdf")], check=True, stdout=subprocess.DEVNULL)

    def test_a_line_ends_between_two_letters_but_not_before_a_full_stop(self):
        self.fill("--font", FONT, "--as", "record")
        lines = subprocess.run(["pdftotext", "-layout", self.path("out.pdf"), "-"], capture_output=True, encoding="utf-8",
                               check=True).stdout.splitlines()
        lines = [l.strip() for l in lines if "獨立" in l or "家人" in l]
        self.assertGreater(len(lines), 3)
        self.assertFalse([l for l in lines if l[0] in "，。"])

    def test_without_it_numbers_are_printed_and_the_option_is_named(self):
        said = self.fill()
        self.assertRegex(said, "L103(.|\n)*--font FILE")
        self.assertRegex(said, "L104(.|\n)*--font FILE")
        self.assertIn("[U+6211]", self.tagged("out.pdf"))

    def test_a_font_changes_nothing_that_it_is_not_asked_for(self):
        """The built-in fonts come first; the same file gives the same bytes, by any name."""
        with open(FONT, "rb") as f:
            other = self.path("other.ttf", f.read())
        self.fill("--font", FONT, out="a.pdf")
        self.fill("--font", other, out="b.pdf")
        with open(self.path("a.pdf"), "rb") as a, open(self.path("b.pdf"), "rb") as b:
            self.assertEqual(a.read(), b.read())
        small = os.path.join(HERE, "small.xml")
        for name, options in (("with", ["--font", FONT]), ("without", [])):
            subprocess.run([FORMC, "build", small, "-o", self.path(name), "--only", "pdf", *options], check=True,
                           stderr=subprocess.DEVNULL)

        def no_id(name):
            with open(self.path(name + "/small.pdf"), "rb") as f:
                return re.sub(rb"/ID ?\[.*?\]", b"", f.read(), flags=re.S)
        self.assertEqual(no_id("with"), no_id("without"))

    def test_what_is_no_font_is_refused_by_name(self):
        with open(FONT, "rb") as f:
            font = f.read()
        for name, data, why in (
                ("words.ttf", b"These are words.", "not a font file"), ("empty.ttf", b"", "no bytes"),
                ("short.ttf", font[:40], "not a font file"),
                ("forbidden.ttf", changed(font, b"OS/2", forbid), "do not allow"),
                ("cff.otf", changed(changed(font, b"GDEF", rename(b"CFF ")), b"glyf", rename(b"glyg")), "PostScript outlines"),
                ("bitmaps.ttf", changed(font, b"glyf", rename(b"glyg")), "no outlines"),
                ("silent.ttf", changed(font, b"cmap", rename(b"cmaq")), "no outlines of letters")):
            said = self.fill("--font", self.path(name, data), out="refused.pdf", code=3)
            self.assertRegex(said, r"L108.*%s cannot be used as a font: .*%s" % (name, why))
        with open(self.path("large.ttf"), "wb") as f:
            f.truncate((64 << 20) + 1)
        self.assertIn("large.ttf", self.fill("--font", self.path("large.ttf"), out="refused.pdf", code=3))
        self.assertIn("none.ttf", self.fill("--font", self.path("none.ttf"), out="refused.pdf", code=4))
        self.assertIn("too often", self.fill(*["--font", FONT] * 7, out="refused.pdf", code=2))
        self.assertFalse(os.path.exists(self.path("refused.pdf")))
        self.fill(*["--font", FONT] * 6)
        self.assertIn("PDF", self.fill("--font", FONT, out="x.docx", code=2))

    def test_damaged_fonts_do_no_harm(self):
        with open(FONT, "rb") as f:
            font = f.read()
        chance = random.Random(4)
        for i in range(24):
            data = bytearray(font)
            for _ in range(40):  # the tables' heads and the directory are where it hurts
                data[chance.randrange(400 if i % 2 else len(data))] = chance.randrange(256)
            done = subprocess.run([FORMC, "fill", FORM, PLAN, "-o", self.path("x.pdf"), "--force", "--font",
                                   self.path("damaged.ttf", bytes(data))], capture_output=True, timeout=60)
            self.assertIn(done.returncode, (0, 3, 5), (i, done.stderr))
            self.assertNotIn(b"Sanitizer", done.stderr)


if __name__ == "__main__":
    unittest.main()
