"""The sheets of a theme: they override what formc's own have, for forms and records; they read and
write nothing; and every mistake is told with its place in them."""

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
THEME = '<theme xmlns="urn:formc:theme:1" name="ours" from="council-like"/>\n'
SHEET = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" %s
    xmlns:m="urn:formc:model:1" xmlns:fx="urn:formc:program:1" exclude-result-prefixes="m">
  <xsl:import href="formc:%s"/>
%s
</xsl:stylesheet>
"""
NS = {"pdf.xsl": 'xmlns="urn:formc:layout:1"', "html.xsl": 'xmlns="http://www.w3.org/1999/xhtml"'}
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def template(name, body):
    return '<xsl:template name="%s">%s</xsl:template>' % (name, body)


class Sheets(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.write("theme.xml", THEME)

    def write(self, name, text):
        path = os.path.join(self.folder, "ours", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)

    def sheet(self, name, body):
        self.write(name, SHEET % (NS.get(name.replace("-record", ""), WORD), name, body))

    def run_formc(self, *args, code=0):
        done = subprocess.run([FORMC, *args], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              check=False, timeout=120)
        self.assertEqual(done.returncode, code, done.stderr[:2000])
        return done.stderr

    def build(self, only, code=0):
        return self.run_formc("build", FORM, "-o", "out", "--only", only, "--theme", "ours", "--force", code=code)

    def fill(self, name, kind):
        self.run_formc("fill", FORM, PLAN, "-o", name, "--as", kind, "--theme", "ours", "--force")
        return os.path.join(self.folder, name)

    def text(self, path):
        return subprocess.run(["pdftotext", path, "-"], stdout=subprocess.PIPE, text=True, check=True).stdout

    def part(self, path, name):
        with zipfile.ZipFile(path) as z:
            return z.read(name).decode()

    def test_a_sheet_overrides_a_template_in_forms_and_records(self):
        self.sheet("pdf.xsl", template("letterhead", '<p style="body">Kept for 20 years</p>'))
        self.sheet("html.xsl", template("letterhead", '<p class="ours">Kept for 20 years</p>'))
        line = '<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr><w:r><w:t>Kept for 20 years</w:t></w:r></w:p>'
        self.sheet("docx-document.xsl", template("letterhead", line))
        self.build("pdf,docx,html")
        out = os.path.join(self.folder, "out", "street-party.")
        self.assertEqual(self.text(out + "pdf").count("Kept for 20 years"), 1)
        self.assertIn(line, self.part(out + "docx", "word/document.xml"))
        with open(out + "html", encoding="utf-8") as f:
            self.assertEqual(f.read().count('<p class="ours">Kept for 20 years</p>'), 1)
        for kind in ("form", "record"):
            self.assertEqual(self.text(self.fill("x.pdf", kind)).count("Kept for 20 years"), 1)
            self.assertIn(line, self.part(self.fill("x.docx", kind), "word/document.xml"))

    def test_a_sheet_of_the_record_goes_before_that_of_the_form(self):
        self.sheet("pdf.xsl", template("letterhead", '<p style="body">of the form</p>'))
        self.sheet("pdf-record.xsl", template("letterhead", '<p style="body">of the record</p>'))
        self.assertIn("of the form", self.text(self.fill("x.pdf", "form")))
        text = self.text(self.fill("x.pdf", "record"))
        self.assertIn("of the record", text)
        self.assertNotIn("of the form", text)

    def test_word_styles_and_furniture(self):
        self.sheet("docx-footer.xsl", '<xsl:template match="/m:form" priority="2"><w:ftr><xsl:comment>ours</xsl:comment>'
                                      '<w:p><w:r><w:t>Ours</w:t></w:r></w:p></w:ftr></xsl:template>')
        self.assertRegex(self.build("docx", code=1), r"docx-footer\.xsl no longer says the form's version")
        self.sheet("docx-footer.xsl", "")
        self.sheet("docx-header.xsl", template("header-start", "<w:r><w:t>Our title</w:t></w:r>"))
        self.build("docx")
        self.assertIn("Our title", self.part(os.path.join(self.folder, "out", "street-party.docx"), "word/header1.xml"))

    def told(self, body, pattern, name="pdf.xsl", code=1):
        self.sheet(name, body)
        said = self.build(name.split(".")[0].split("-")[0], code=code)
        self.assertRegex(said, "^ours/" + pattern)
        self.assertIn("= help: ", said)
        self.assertEqual(os.path.exists(os.path.join(self.folder, "out")), code == 0)

    def test_nothing_is_read_or_written(self):
        self.write("secret.xml", "<secret>Quillfeather</secret>")
        inside = os.path.join(self.folder, "written")
        place = r"pdf\.xsl:4:\d+: error\[E607\]"
        for body in ('<xsl:value-of select="document(\'secret.xml\')"/>', '<xsl:value-of select="document(\'/etc/passwd\')"/>',
                     '<xsl:value-of select="document(\'http://127.0.0.1:9/x\')"/>',
                     '<xsl:value-of select="document(\'ftp://127.0.0.1:9/x\')"/>',
                     '<xsl:value-of select="document(concat(\'file://\', \'/etc/passwd\'))"/>',
                     '<xsl:document href="%s">x</xsl:document>' % inside,
                     '<e:document xmlns:e="http://exslt.org/common" xsl:extension-element-prefixes="e" href="%s">x</e:document>' % inside,
                     '<s:output xmlns:s="http://icl.com/saxon" xsl:extension-element-prefixes="s" href="%s">x</s:output>' % inside,
                     '<r:write xmlns:r="org.apache.xalan.xslt.extensions.Redirect" xsl:extension-element-prefixes="r" file="%s">x</r:write>' % inside):
            with self.subTest(body=body):
                self.told(template("subtitle", body), place)
                self.assertNotIn("Quillfeather", self.build("pdf", code=1).replace("secret", ""))
        for body in ('<xsl:include href="secret.xml"/>', '<xsl:import href="file:///etc/passwd"/>', '<xsl:import href="formc:nothing.xsl"/>',
                     '<xsl:include href="http://127.0.0.1:9/x.xsl"/>', '<xsl:import href="formc:../themes/plain/theme.xml"/>', "<xsl:include/>"):
            with self.subTest(body=body):
                self.told(body, place + ": a sheet of a theme cannot take in")
        self.assertFalse(os.path.exists(inside))
        self.write("pdf.xsl", '<!DOCTYPE x [<!ENTITY s SYSTEM "secret.xml">]>\n' + SHEET % (NS["pdf.xsl"], "pdf.xsl", template("subtitle", "&s;")))
        self.assertIn("E012", self.build("pdf", code=3))

    def test_mistakes_have_their_place(self):
        place = r"pdf\.xsl:4:\d+: "
        for body, pattern in (
                (template("subtitle", '<fx:value field="party/stret"/>'), place + r'error\[E606\]: .*"party/stret"'),
                (template("subtitle", '<fx:rows repeat="party/street">x</fx:rows>'), place + r'error\[E606\]: .*"party/street"'),
                (template("subtitle", '<fx:valu/>'), r"pdf\.xsl:1:2: error\[E606\]: .*fx:valu"),
                (template("subtitle", '<xsl:call-template name="nothing"/>'), place + r"error\[E606\]: the sheet cannot be used: .*nothing"),
                (template("subtitle", '<xsl:value-of select="$nothing"/>'), place + r"error\[E606\]"),
                (template("subtitle", '<xsl:value-of select="]"/>'), place + r"error\[E606\]"),
                (template("subtitle", '<xsl:message terminate="yes">stop it</xsl:message>'), r"pdf\.xsl:1:2: error\[E606\]: .*stop it"),
                (template("subtitle", '<xsl:call-template name="subtitle"/>'), place + r"error\[E606\]"),
                ('<xsl:template match="m:field" priority="9"/>', r"pdf\.xsl:1:2: error\[E606\]: .*has no place for the answer"),
                (template("subtitle", "<blink/>"), r"pdf\.xsl:1:2: error\[L101\]: .*blink"),
                (template("status", ""), r"pdf\.xsl:1:2: error\[E606\]: .*no longer says that it is a draft"),
                (template("footer", ""), r"pdf\.xsl:1:2: error\[E606\]: .*no longer says")):
            with self.subTest(body=body):
                self.told(body, pattern)
        again = '<xsl:call-template name="subtitle"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template>'
        self.told(template("subtitle", '<xsl:param name="n" select="60"/><xsl:if test="$n != 0">%s%s</xsl:if>' % (again, again)),
                  place + r"error\[E606\]: .*limit")
        self.write("pdf.xsl", "<xsl:stylesheet")
        self.assertRegex(self.build("pdf", code=3), r"^ours/pdf\.xsl:1:")
        self.write("pdf.xsl", "<html/>")
        self.assertRegex(self.build("pdf", code=1), r"^ours/pdf\.xsl:1:2: error\[E606\]: this is not a stylesheet")
        os.remove(os.path.join(self.folder, "ours", "pdf.xsl"))
        self.write("pfd.xsl", "<html/>")
        self.assertRegex(self.build("pdf", code=1), r'ours/pfd\.xsl:1:1: error\[E606\]: formc has no sheet of this name')

    def test_a_template_for_a_question_that_is_not_there_is_a_warning(self):
        self.sheet("pdf.xsl", '<xsl:template match="m:field[@path = \'party/stret\']"/>')
        said = self.build("pdf")
        self.assertRegex(said, r'^ours/pdf\.xsl:4:\d+: warning\[W340\]: this form has nothing at "party/stret"')
        self.sheet("pdf.xsl", '<xsl:template match="m:field[@path=&quot;party/street&quot;]" priority="3"><xsl:apply-imports/></xsl:template>')
        self.assertNotIn("W340", self.build("pdf"))

    def test_sheets_that_ask_for_each_other_come_to_an_end(self):
        self.sheet("docx-document.xsl", "")
        with open(os.path.join(self.folder, "ours", "docx-document.xsl"), encoding="utf-8") as f:
            text = f.read()
        self.write("docx-document.xsl", text.replace("formc:docx-document.xsl", "formc:docx-record.xsl"))
        self.assertRegex(self.build("docx", code=1), r"ours/docx-document\.xsl:.*error\[E606\]")

    def test_the_names_that_are_promised_are_there(self):
        """docs/restyling.md lists named templates by sheet: formc's own have each of them."""
        with open(os.path.join(TOP, "docs", "restyling.md"), encoding="utf-8") as f:
            rows = re.findall(r"^\| `([\w-]+\.xsl)` \| ((?:`[\w-]+`(?:, )?)+) \|", f.read(), re.M)
        self.assertGreater(len(rows), 4)
        for sheet, names in rows:
            with open(os.path.join(TOP, "styles", "base", sheet), encoding="utf-8") as f:
                text = f.read()
            for name in re.findall(r"`([\w-]+)`", names):
                self.assertRegex(text, '<xsl:template (match="[^"]*" )?name="%s"/?>' % name, sheet)


if __name__ == "__main__":
    unittest.main()
