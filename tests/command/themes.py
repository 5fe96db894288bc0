"""--theme from outside: by name, by folder and by file, with the same bytes; what a broken or
unreadable theme does; and that DOCX and PDF follow what it says."""

import os
import re
import subprocess
import tempfile
import unittest
import zipfile

FORMC = os.environ["FORMC"]
TOP = os.environ["FORMC_SOURCE"]
FORM = os.path.join(TOP, "forms", "street-party")
PLAN = os.path.join(FORM, "examples", "complete.xml")
OK, FOUND, USAGE, REFUSED, IO = range(5)
with open(os.path.join(TOP, "styles", "themes", "plain", "theme.xml"), encoding="utf-8") as f:
    PLAIN = f.read()


class Themes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def theme(self, text, name="theme.xml"):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def run_formc(self, *args, code=OK):
        done = subprocess.run([FORMC, *args], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stderr

    def build(self, name, *more, code=OK):
        said = self.run_formc("build", FORM, "-o", name, "--only", "docx,pdf", *more, code=code)
        made = {}
        for where, _, names in os.walk(os.path.join(self.folder, name)):
            for n in names:
                with open(os.path.join(where, n), "rb") as f:
                    made[n] = f.read()
        return said, made

    def test_a_name_a_folder_and_a_file_make_the_same_bytes(self):
        path = self.theme(PLAIN, "mine/theme.xml")
        _, default = self.build("a")
        self.assertEqual(set(default), {"street-party.docx", "street-party.pdf"})
        for name, theme in (("b", "plain"), ("c", "mine"), ("d", "mine/"), ("e", path)):
            self.assertEqual(self.build(name, "--theme", theme)[1], default, theme)

    def test_word_and_pdf_follow(self):
        theme = self.theme(PLAIN.replace('accent="0B3D63"', 'accent="1B5E20"').replace('office body="12"', 'office body="13.5"')
                           .replace('office="Arial"', 'office="Verdana"'))
        _, plain = self.build("a")
        _, ours = self.build("b", "--theme", theme)
        self.assertNotEqual(plain["street-party.pdf"], ours["street-party.pdf"])
        with zipfile.ZipFile(os.path.join(self.folder, "b", "street-party.docx")) as z:
            styles = z.read("word/styles.xml").decode()
        self.assertIn('w:val="1B5E20"', styles)
        self.assertNotIn("0B3D63", styles)
        self.assertIn('w:sz w:val="27"', styles)
        self.assertIn('w:ascii="Verdana"', styles)
        drawn = subprocess.run(["qpdf", "--qdf", "--object-streams=disable",
                                os.path.join(self.folder, "b", "street-party.pdf"), "-"],
                               stdout=subprocess.PIPE, check=True).stdout
        colours = {tuple(round(float(n) * 255) for n in found) for found in
                   re.findall(rb"([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+rg\b", drawn)}
        near = lambda want: [c for c in colours if max(abs(n - w) for n, w in zip(c, want)) <= 2]
        self.assertTrue(near((0x1B, 0x5E, 0x20)))
        self.assertFalse(near((0x0B, 0x3D, 0x63)))

    def test_fill_takes_it_too(self):
        theme = self.theme(PLAIN.replace('width="595.28" height="841.89"', 'width="612" height="792"'))
        for how in ("form", "record"):
            self.run_formc("fill", FORM, PLAN, "-o", how + ".pdf", "--as", how, "--theme", theme)
            said = subprocess.run(["pdfinfo", os.path.join(self.folder, how + ".pdf")], stdout=subprocess.PIPE, text=True,
                                  check=True).stdout
            self.assertRegex(said, r"Page size: +612 x 792 pts")
        said = self.run_formc("fill", FORM, PLAN, "-o", "plan.json", "--theme", theme, code=USAGE)
        self.assertIn("--theme", said)

    def test_two_dates_share_a_row_only_where_each_has_room(self):
        form = os.path.join(TOP, "forms", "s117-aftercare")
        plan = os.path.join(form, "examples", "complete.xml")
        dates = {}
        for size in ("11", "18"):
            theme = self.theme(PLAIN.replace('body="11"', 'body="%s"' % size)
                               .replace('hint="10"', 'hint="%s"' % (float(size) - 1)), size + "/theme.xml")
            self.run_formc("fill", form, plan, "-o", size + ".pdf", "--as", "record", "--theme", theme)
            text = subprocess.run(["pdftotext", "-layout", os.path.join(self.folder, size + ".pdf"), "-"],
                                  stdout=subprocess.PIPE, text=True, check=True).stdout
            dates[size] = (len(re.findall(r"\b\d\d/\d\d/\d{4}\b", text)),
                           len(re.findall(r"Start Date.*Review Date", text)))
        self.assertGreater(dates["11"][1], 10)
        self.assertEqual(dates["18"], (dates["11"][0], 0))

    def test_a_broken_theme_is_told_with_its_place_and_makes_nothing(self):
        for text, line, code in (
                (PLAIN.replace('h3="13"', ""), r'theme\.xml:6:4: error\[E103\]: <office> has no "h3"', FOUND),
                (PLAIN.replace('muted="4A5560"', 'muted="AAAAAA"'), r"theme\.xml:8:\d+: error\[E603\]: hints on paper", FOUND),
                (PLAIN.replace('body="11"', 'body="huge"'), r"theme\.xml:7:15: error\[E602\]", FOUND),
                (PLAIN.replace("</theme>", ""), r"theme\.xml:3:1: error\[E007\]", REFUSED),
                ('<form xmlns="urn:formc:form:1"/>', r"theme\.xml:1:2: error\[E601\]", FOUND)):
            theme = self.theme(text)
            said, made = self.build("out", "--theme", theme, code=code)
            self.assertRegex(said, line)
            self.assertEqual(made, {})
            said = self.run_formc("fill", FORM, PLAN, "-o", "x.pdf", "--theme", theme, code=code)
            self.assertRegex(said, line)
            self.assertFalse(os.path.exists(os.path.join(self.folder, "x.pdf")))

    def test_nothing_else_is_read(self):
        secret = self.theme("Quillfeather", "secret")
        theme = self.theme('<!DOCTYPE theme [<!ENTITY x SYSTEM "%s">]>\n' % secret +
                           PLAIN.split("?>\n", 1)[1].replace('name="plain"', 'name="&x;"'))
        said, made = self.build("out", "--theme", theme, code=REFUSED)
        self.assertIn("E012", said)
        self.assertNotIn("Quillfeather", said)
        self.assertEqual(made, {})
        self.theme("<!-- " + "x" * 70000 + " -->" + PLAIN.split("?>\n", 1)[1])
        self.build("out", "--theme", "theme.xml", code=REFUSED)

    def test_no_such_theme(self):
        said, made = self.build("out", "--theme", "sepia", code=USAGE)
        self.assertIn("there is no theme of this name", said)
        self.assertEqual(made, {})
        self.build("out", "--theme", "../plain", code=USAGE)
        self.build("out", "--theme", "", code=USAGE)
        os.mkdir(os.path.join(self.folder, "empty"))
        self.build("out", "--theme", "empty", code=IO)


if __name__ == "__main__":
    unittest.main()
