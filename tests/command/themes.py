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
OWN = os.path.join(TOP, "styles", "themes")
with open(os.path.join(OWN, "plain", "theme.xml"), encoding="utf-8") as f:
    PLAIN = f.read()
WORDS = """<organisation name="Quillfeather Vale &amp; District"/>
  <header text="Official: sensitive"/>
  <footer text="1 Mill Lane · 01632 960201"/>
</theme>"""


def text_of(path):
    return subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.PIPE, text=True, check=True).stdout


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

    def test_every_theme_of_formc_is_found_by_its_name(self):
        names = sorted(os.listdir(OWN))
        self.assertLessEqual({"council-like", "large-print", "nhs-like", "plain"}, set(names))
        for name in names:
            _, by_name = self.build(name, "--theme", name)
            _, by_folder = self.build("folder-" + name, "--theme", os.path.join(OWN, name))
            self.assertEqual(by_name, by_folder, name)
            self.assertEqual(set(by_name), {"street-party.docx", "street-party.pdf"})

    def test_words_of_the_theme_are_in_every_output(self):
        theme = self.theme(PLAIN.replace("</theme>", WORDS))
        self.run_formc("build", FORM, "-o", "words", "--only", "docx,pdf,html", "--theme", theme)
        pages = text_of(os.path.join(self.folder, "words", "street-party.pdf")).split("\f")[:-1]
        self.assertGreater(len(pages), 2)
        for number, page in enumerate(pages, 1):
            lines = page.strip().splitlines()
            self.assertIn("Official: sensitive", lines[0])
            self.assertEqual("Street party: plan" in lines[0], number > 1)
            self.assertEqual("Quillfeather Vale & District" in page, number == 1)
            self.assertRegex(lines[-2], rf"Version .*Page {number} of {len(pages)}$")
            self.assertIn("1 Mill Lane · 01632 960201", lines[-1])
        with zipfile.ZipFile(os.path.join(self.folder, "words", "street-party.docx")) as z:
            part = {n: re.sub(r"<[^>]*>", "", z.read("word/" + n + ".xml").decode()) for n in
                    ("document", "header1", "header2", "footer1", "footer2")}
            self.assertIn('w:headerReference w:type="first" r:id="rIdHeaderFirst"', z.read("word/document.xml").decode())
        self.assertIn("Quillfeather Vale &amp; District", part["document"])
        self.assertIn("Official: sensitive", part["header1"])
        self.assertIn("Street party: plan", part["header1"])
        self.assertIn("Official: sensitive", part["header2"])
        self.assertNotIn("Street party: plan", part["header2"])
        for n in ("footer1", "footer2"):
            self.assertIn("1 Mill Lane · 01632 960201", part[n])
        with open(os.path.join(self.folder, "words", "street-party.html"), encoding="utf-8") as f:
            page = f.read()
        for words in ("Quillfeather Vale &amp; District", "Official: sensitive", "1 Mill Lane · 01632 960201"):
            self.assertEqual(page.count(words), 1)

    def test_an_organisation_stands_at_the_top_of_the_other_pages(self):
        theme = self.theme(PLAIN.replace("</theme>", WORDS).replace('<header text="Official: sensitive"/>', ""))
        self.build("org", "--theme", theme)
        pages = text_of(os.path.join(self.folder, "org", "street-party.pdf")).split("\f")[:-1]
        self.assertEqual([p.count("Quillfeather Vale & District") for p in pages], [1] * len(pages))
        with zipfile.ZipFile(os.path.join(self.folder, "org", "street-party.docx")) as z:
            self.assertIn("Quillfeather", z.read("word/header1.xml").decode())
            self.assertNotIn("word/header2.xml", z.namelist())

    def test_words_in_another_language_say_so(self):
        theme = self.theme(PLAIN.replace("</theme>", WORDS).replace('name="plain"', 'name="plain" lang="cy"'))
        self.run_formc("build", FORM, "-o", "cy", "--only", "docx,html", "--theme", theme)
        with open(os.path.join(self.folder, "cy", "street-party.html"), encoding="utf-8") as f:
            self.assertIn('<p class="organisation" lang="cy">Quillfeather', f.read())
        with zipfile.ZipFile(os.path.join(self.folder, "cy", "street-party.docx")) as z:
            self.assertIn('<w:lang w:val="cy" w:bidi="cy"/>', z.read("word/footer1.xml").decode())

    def test_the_page_for_browsers_has_its_colours_and_font(self):
        dark = 'dark page="101418" text="F0F4F5" accent="90C4F6" muted="B7C3CC" rule="768692" shade="1E2831" field="9AA9B4"'
        theme = self.theme(PLAIN.replace("</theme>", f"<{dark}/></theme>").replace('office="Arial"', 'office="Arial" web="Verdana"'))
        self.run_formc("build", FORM, "-o", "page", "--only", "html", "--theme", theme)
        with open(os.path.join(self.folder, "page", "street-party.html"), encoding="utf-8") as f:
            page = f.read()
        self.assertIn('--font:"Verdana"', page)
        light, _, rest = page.partition("@media (prefers-color-scheme:dark)")
        self.assertIn("--accent:#0B3D63", light)
        for colour in re.findall(r'"(\w{6})"', dark):
            self.assertIn("#" + colour, rest.partition("}}")[0])

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
