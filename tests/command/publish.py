"""formc publish from outside: a version is frozen whole or not at all and never changes; what has
changed is told; a question that has gone (E401) or has another type (E402) needs a word from the
author; a plan of an older version is read with the definition it was made with."""

import os
import shutil
import subprocess
import tempfile
import unittest

FORMC = os.environ["FORMC"]
OK, FOUND, USAGE, REFUSED, IO = range(5)

FORM = """<form xmlns="urn:formc:form:1" id="visit" version="%s" status="%s" xml:lang="en-GB" data-ns="urn:formc:data:visit">
<title>A visit</title>
<stages><stage id="draft">Draft</stage></stages>
<section id="s" title="S">
%s
</section>
%s
</form>"""
FIELDS = """<field id="day" label="Day" type="date"/>
<field id="hours" label="Hours" type="line"/>
<field id="note" label="Note" type="prose"/>"""
PLAN = """<?xml version="1.0" encoding="UTF-8"?>
<visit xmlns="urn:formc:data:visit" xmlns:p="urn:formc:plan:1" p:form="visit" p:version="%s">
  <s>
    <day>2026-01-31</day>
    <hours>three</hours>
  </s>
</visit>
"""


class Publish(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="formc publish ")
        self.addCleanup(shutil.rmtree, self.dir)

    def form(self, version="1.0.0", fields=FIELDS, more="", status="published"):
        with open(os.path.join(self.dir, "form.xml"), "w", encoding="utf-8") as out:
            out.write(FORM % (version, status, fields, more))

    def formc(self, verb, *args, expect=OK, **more):
        done = subprocess.run([FORMC, verb, self.dir, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60, check=False, encoding="utf-8", **(more or {"stdin": subprocess.DEVNULL}))
        self.assertEqual(done.returncode, expect, done.stderr)
        return done

    def files(self):
        found = {}
        for where, _, names in os.walk(os.path.join(self.dir, "published")):
            for name in names:
                with open(os.path.join(where, name), encoding="utf-8") as file:
                    found[os.path.relpath(os.path.join(where, name), self.dir)] = file.read()
        return found

    def test_choices_that_went_and_came_are_told(self):
        field = '<field id="helps" label="Helps" type="choices" choices="h"/>'
        with_list = FORM.replace("<section", '<choices id="h">%s</choices><section', 1)
        for version, ids, told in (("1.0.0", "advocate print", None),
                                   ("1.1.0", "advocate reader sign", "s/helps: other choices; gone: print; new: reader, sign"),
                                   ("1.2.0", "sign advocate reader", "s/helps: other choices")):
            choices = "".join('<choice id="%s">The %s</choice>' % (i, i) for i in ids.split())
            with open(os.path.join(self.dir, "form.xml"), "w", encoding="utf-8") as out:
                out.write(with_list % (version, "published", choices, field, ""))
            done = self.formc("publish")
            if told:
                self.assertIn("  %s\n" % told, done.stdout)
        files = self.files()
        self.assertEqual(files["published/1.1.0/fields.tsv"].split("\n")[1:5],
                         ["1\ts/helps\tchoices\tS: Helps\t", "2\ts/helps/advocate\tbox\tS: Helps: The advocate\t",
                          "3\ts/helps/reader\tbox\tS: Helps: The reader\t", "4\ts/helps/sign\tbox\tS: Helps: The sign\t"])
        self.assertIn("choice\th/reader\n", files["published/1.1.0/ids.tsv"])

    def test_a_version_is_frozen_and_never_changes(self):
        self.form()
        done = self.formc("publish")
        self.assertEqual(done.stdout, "The first version.\n")
        kept = self.files()
        self.assertEqual(sorted(kept), ["published/1.0.0/" + n for n in ("digest", "fields.tsv", "form.xml", "ids.tsv", "model.xml")])
        self.assertEqual(kept["published/1.0.0/form.xml"], FORM % ("1.0.0", "published", FIELDS, ""))
        self.assertEqual(kept["published/1.0.0/fields.tsv"].split("\n"),
                         ["number\tpath\ttype\tlabel\tsensitivity", "1\ts/day\tdate\tS: Day\t", "2\ts/hours\tline\tS: Hours\t",
                          "3\ts/note\tprose\tS: Note\t", ""])
        for line in ("stage\tdraft", "section\ts", "field\ts/day", "rule\ts/day.type"):
            self.assertIn(line + "\n", kept["published/1.0.0/ids.tsv"])
        digest = kept["published/1.0.0/digest"].strip()
        self.assertRegex(digest, r"^sha256:[0-9a-f]{64}$")
        self.assertIn(digest, kept["published/1.0.0/model.xml"])
        self.assertIn("already", self.formc("publish").stderr)
        self.form(fields=FIELDS.replace("Day", "Date"))
        self.assertIn("cannot change", self.formc("publish", expect=REFUSED).stderr)
        self.form("0.9")
        self.assertIn("comes after", self.formc("publish", expect=REFUSED).stderr)
        self.form("1.0")
        self.formc("publish", expect=REFUSED)  # the same version in other words
        self.assertEqual(self.files(), kept)

    def test_what_is_not_published(self):
        self.form(status="draft")
        self.assertIn("draft", self.formc("publish", expect=REFUSED).stderr)
        self.form(fields=FIELDS.replace('type="date"', 'type="dat"'))
        self.assertIn("E120", self.formc("publish", expect=FOUND).stderr)
        self.assertEqual(self.files(), {})
        self.assertFalse(os.path.exists(os.path.join(self.dir, "published")))
        self.form()
        with open(os.path.join(self.dir, "published"), "w", encoding="utf-8"):
            pass
        self.formc("publish", expect=IO)
        for args in ((), ("-",), (self.dir, "more"), (self.dir, "--force")):
            done = subprocess.run([FORMC, "publish", *args], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=60, check=False)
            self.assertEqual(done.returncode, USAGE, done.stderr)

    def test_versions_are_numbers(self):
        for version in ("1.9", "1.10", "1.10.1", "2"):
            self.form(version)
            self.formc("publish")
        self.form("1.11")
        self.assertIn("version 2 is published", self.formc("publish", expect=REFUSED).stderr)

    def test_a_question_that_has_gone_needs_a_word(self):
        self.form()
        self.formc("publish")
        without = FIELDS.replace('<field id="note" label="Note" type="prose"/>', "")
        self.form("2.0.0", without)
        said = self.formc("publish", expect=FOUND).stderr
        self.assertIn('E401]: the question "s/note" was in version 1.0.0 and has gone', said)
        self.assertIn('<retire field="s/note" because="..."/>', said)
        self.form("2.0.0", FIELDS.replace('id="note"', 'id="notes"'))
        said = self.formc("publish", expect=FOUND).stderr
        self.assertIn('<rename from="s/note" to="s/notes"/>', said)
        self.assertEqual(len(self.files()), 5)
        self.form("2.0.0", FIELDS.replace('id="note"', 'id="notes"'),
                  '<migrations><rename from="s/note" to="s/notes"/></migrations>')
        self.assertEqual(self.formc("publish").stdout,
                         "Since version 1.0.0:\nQuestions with another id:\n  s/note is now s/notes\n")
        self.form("3.0.0", without, '<migrations><retire field="s/notes" because="nobody read it"/></migrations>')
        self.assertIn("Questions that are no longer asked:\n  s/notes: S: Note, because nobody read it\n",
                      self.formc("publish").stdout)

    def test_another_type_needs_a_word(self):
        self.form()
        self.formc("publish")
        retyped = FIELDS.replace('label="Hours" type="line"', 'label="Hours" type="integer"')
        self.form("2.0.0", retyped)
        said = self.formc("publish", expect=FOUND).stderr
        self.assertRegex(said, r'form.xml:6:\d+: error\[E402\]: the answer to "s/hours" was .+ in version 1.0.0, and is now a whole number')
        in_rows = FIELDS.replace('<field id="note"', '<repeat id="r" label="R"><field id="note"').replace('"prose"/>', '"prose"/></repeat>')
        self.form("2.0.0", in_rows)
        self.assertIn('E401]: the question "s/note"', self.formc("publish", expect=FOUND).stderr)
        self.form("2.0.0", in_rows, '<migrations><rename from="s/note" to="s/r/note"/></migrations>')
        self.assertIn("was given once in version 1.0.0, and is now one in each row", self.formc("publish", expect=FOUND).stderr)
        self.form("2.0.0", retyped, '<migrations><retype field="s/hours" because="they are added up"/></migrations>')
        self.assertRegex(self.formc("publish").stdout, r"another kind of answer:\n  s/hours: was .+, is a whole number, because they are added up\n")

    def test_changes_are_told_in_words(self):
        self.form()
        self.formc("publish")
        self.form("1.1.0", FIELDS.replace('label="Day" type="date"/>',
                                          'label="Date" type="date" must="day le as-of()"><hint>Of the visit</hint>'
                                          "<message>The date is in the future. Check it.</message></field>")
                  + '<field id="who" label="Who" type="line"/>')
        self.assertEqual(self.formc("publish").stdout, "Since version 1.0.0:\n"
                         "New questions:\n  s/who: S: Who\n"
                         'Questions in other words:\n  s/day: was "Day", is "Date"\n  s/day: the hint\n'
                         "Rules:\n  s/day.must: new\n")

    def test_who_completes_signs_and_what_is_sensitive_is_told(self):
        """Each as its own kind of change, once, at the part where it begins."""
        form = """<form xmlns="urn:formc:form:1" id="visit" version="%s" status="published" xml:lang="en-GB" data-ns="urn:formc:data:visit">
<title>A visit</title>
<parties><party id="a" kind="person">A</party><party id="b" kind="organisation">B</party></parties>
<sensitivities><sensitivity id="identity">Who</sensitivity><sensitivity id="health">Health</sensitivity></sensitivities>
<section id="s" title="S" %s><field id="name" label="Name" type="line" %s/><field id="day" label="Day" type="date"/></section>
<section id="t" title="T"><field id="x" label="X" type="line"/></section>
<section id="end" title="End"><signature id="sign" label="Sign" party="a" covers="%s"><field id="n" label="N" type="person-name"/><field id="m" label="M" type="mark"/><field id="d" label="D" type="date"/></signature></section>
</form>"""

        def put(*parts):
            with open(os.path.join(self.dir, "form.xml"), "w", encoding="utf-8") as out:
                out.write(form % parts)

        put("1.0.0", 'completed-by="a" sensitivity="health"', "", "s")
        self.formc("publish")
        put("1.1.0", 'completed-by="a b" jointly="yes" with="a" sensitivity="health"', 'sensitivity="identity"', "s t")
        self.assertEqual(self.formc("publish").stdout, "Since version 1.0.0:\n"
                         "Who completes a part:\n  s: was a; is a b, jointly, with a\n"
                         "What a signature stands for:\n  end/sign: was s; is s t\n"
                         "What needs care in copies:\n  s/name: was health; is identity\n")
        kept = self.files()
        self.assertIn("1\ts/name\tline\tS: Name\tidentity\n2\ts/day\tdate\tS: Day\thealth\n3\tt/x\tline\tT: X\t\n",
                      kept["published/1.1.0/fields.tsv"])
        self.assertIn("sensitivity\tidentity\nsensitivity\thealth\n", kept["published/1.1.0/ids.tsv"])
        put("1.2.0", "", "", "s t")
        self.assertEqual(self.formc("publish").stdout, "Since version 1.1.0:\n"
                         "Who completes a part:\n  s: was a b, jointly, with a; is nobody named\n"
                         "What needs care in copies:\n  s: was health; is nothing said\n"
                         "  s/name: was identity; is nothing said\n")

    def test_a_plan_is_read_with_the_version_it_was_made_with(self):
        self.form()
        self.formc("publish")
        plan = os.path.join(self.dir, "plan.xml")
        with open(plan, "w", encoding="utf-8") as out:
            out.write(PLAN % "1.0.0")
        self.formc("validate", plan, "--as-of", "2026-08-01")
        self.form("2.0.0", FIELDS.replace('label="Hours" type="line"', 'label="Hours" type="integer"'))
        self.formc("validate", plan, "--as-of", "2026-08-01")  # "three" was an answer then
        self.formc("validate", "-", "--as-of", "2026-08-01", input=PLAN % "1.0.0")
        self.formc("fill", plan, "-o", os.path.join(self.dir, "plan.docx"))
        self.formc("fill", plan, "-o", os.path.join(self.dir, "plan.json"))
        self.formc("validate", os.path.join(self.dir, "plan.json"), "--as-of", "2026-08-01")
        with open(plan, "w", encoding="utf-8") as out:
            out.write(PLAN % "2.0.0")
        self.formc("validate", plan, "--as-of", "2026-08-01", expect=FOUND)
        for version in ("1.5.0", "../1.0.0", "1.0.0/../1.0.0", "1..0", "x" * 5000):
            with self.subTest(version=version[:20]):
                with open(plan, "w", encoding="utf-8") as out:
                    out.write(PLAN % version)
                self.formc("validate", plan, "--as-of", "2026-08-01", expect=REFUSED)


if __name__ == "__main__":
    unittest.main()
