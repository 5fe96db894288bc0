"""The verbs that make, check and change plans, from outside: exit codes, what is said in which
order and to whom, and that no answer is ever said."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
import zipfile

import readers

FORMC = os.environ["FORMC"]
HERE = os.path.dirname(os.path.abspath(__file__))
OK, FOUND, USAGE, REFUSED, IO = range(5)
ID = "urn:uuid:00000000-0000-4000-8000-000000000009"
ANSWERS = ("Quillfeather", "Zebedee", "Q. Example", "2026-02-17")


class WithPlans(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="formc plans ")
        self.addCleanup(shutil.rmtree, self.dir)
        self.form = os.path.join(HERE, "form.xml")
        self.plan = self.put("plan.xml", self.given("plan.xml"))
        self.made = os.path.join(self.dir, "made.xml")

    def given(self, name):
        with open(os.path.join(HERE, name), encoding="utf-8") as f:
            return f.read()

    def put(self, name, text):
        path = os.path.join(self.dir, name)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path

    def get(self, path):
        with open(path, "rb") as f:
            return f.read().decode()

    def formc(self, *args, expect=OK, **more):
        done = subprocess.run([FORMC, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, **more)
        self.assertEqual(done.returncode, expect, "formc %s\n%s\n%s" % (args, done.stdout, done.stderr))
        for answer in ANSWERS:
            self.assertNotIn(answer.encode(), done.stderr)
        return done

    def findings(self, *args, expect=FOUND, plan=None):
        """[(severity, path, rule)] from both formats, which have to agree."""
        call = ["validate", self.form, plan or self.plan, *args]
        text = self.formc(*call, expect=expect).stdout.decode()
        told = json.loads(self.formc(*call, "--format=json", expect=expect).stdout)
        for answer in ANSWERS:
            self.assertNotIn(answer, text)
            self.assertNotIn(answer, json.dumps(told, ensure_ascii=False))
        self.assertEqual(re.findall(r"^(error|warning|advice): (\S+)", text, re.MULTILINE),
                         [(f["severity"], f["path"]) for f in told["findings"]])
        for f in told["findings"]:
            self.assertIn(f["message"], text)
        return [(f["severity"], f["path"], f["rule"]) for f in told["findings"]]


class Plans(WithPlans):
    # -- new -------------------------------------------------------------------------------------

    def test_a_new_plan_is_empty_and_pinned(self):
        self.formc("new", self.form, "-o", self.made, "--id", ID)
        digest = json.loads(self.formc("validate", self.form, self.made, "--as-of", "2026-05-01",
                                       "--format=json").stdout)["definition"]
        self.assertEqual(
            self.get(self.made),
            '<?xml version="1.0" encoding="UTF-8"?>\n<loan xmlns="urn:formc:data:loan" '
            'xmlns:p="urn:formc:plan:1" p:form="loan" p:version="1.0.0" p:definition="%s" p:id="%s" '
            'p:stage="draft"/>\n' % (digest, ID))
        self.formc("new", self.form, "-o", self.made, "--id", ID, expect=REFUSED)

    def test_each_new_plan_has_an_id_of_its_own(self):
        ids = set()
        for _ in range(8):
            made = self.formc("new", self.form, "-o", "-").stdout.decode()
            found = re.search(r'p:id="urn:uuid:([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-'
                              r'[0-9a-f]{12})"', made)
            ids.add(found.group(1))
        self.assertEqual(len(ids), 8)

    def test_an_id_has_the_shape_of_one(self):
        for bad in ("", "7", "urn:uuid:7", ID.upper(), ID + "0", ID[:-1] + "g", ID.replace("-", "_")):
            with self.subTest(id=bad):
                self.formc("new", self.form, "-o", self.made, "--id", bad, expect=USAGE)
        self.formc("new", self.form, expect=USAGE)
        self.assertFalse(os.path.exists(self.made))

    # -- validate --------------------------------------------------------------------------------

    def test_findings_stand_in_the_order_of_the_form(self):
        self.assertEqual(self.findings("--as-of", "2026-02-01", "--stage", "agreed"), [
            ("error", "who/from", "who/from.must"),
            ("error", "what/tool[s-9]/item", "what/tool/item.required"),
            ("error", "what/tool[s-9]/due", "what/tool/due.type"),
            ("error", "what/tool[s-2]/item", "what/tool/item.required"),
            ("error", "what/tool[s-2]/due", "what/tool/due.type"),
            ("warning", "notes", "checks/trained-how")])

    def test_the_day_and_the_stage_decide(self):
        types = [("error", "what/tool[s-9]/due", "what/tool/due.type"),
                 ("error", "what/tool[s-2]/due", "what/tool/due.type"),
                 ("warning", "notes", "checks/trained-how")]
        self.assertEqual(self.findings("--as-of", "2026-03-01"), types)  # the plan's own stage is draft
        agreed = self.put("agreed.xml", self.given("plan.xml").replace('stage="draft"', 'stage="agreed"'))
        self.assertEqual(self.findings("--as-of", "2026-03-01", plan=agreed),
                         self.findings("--as-of", "2026-03-01", "--stage=agreed"))
        self.assertEqual(len(self.findings("--as-of", "2026-03-01", plan=agreed)), 5)

    def test_a_finding_says_whose_it_is(self):
        text = self.formc("validate", self.form, self.plan, "--as-of", "2026-02-01", expect=FOUND).stdout.decode()
        self.assertIn("error: who/from (Who: From)\n    The loan begins in the future. Check the date.\n"
                      "    For: Member\n", text)
        self.assertIn("    For: Member and The store, jointly\n", text)
        told = json.loads(self.formc("validate", self.form, self.plan, "--as-of", "2026-02-01", "--format", "json",
                                     expect=FOUND).stdout)
        self.assertEqual([f["owners"] for f in told["findings"]],
                         [["member"], ["store"], ["store"], ["member", "store"]])
        self.assertEqual([f["jointly"] for f in told["findings"]], [False, False, False, True])
        self.assertEqual((told["errors"], told["warnings"], told["advice"]), (3, 1, 0))
        self.assertEqual((told["form"], told["stage"], told["as-of"]), ("loan", "draft", "2026-02-01"))

    def test_warnings_count_when_strict(self):
        fine = self.put("fine.xml", re.sub(r"<due>.*?</due>", "<due>2026-04-01</due>", self.given("plan.xml")))
        only = [("warning", "notes", "checks/trained-how")]
        self.assertEqual(self.findings("--as-of", "2026-03-01", plan=fine, expect=OK), only)
        self.assertEqual(self.findings("--as-of", "2026-03-01", "--strict", plan=fine, expect=FOUND), only)

    def test_a_reason_on_a_part_of_the_form_is_not_lost_in_silence(self):
        for part in ("<who>", '<tool p:row="s-9">'):
            with self.subTest(part=part):
                plan = self.put("a.xml", self.given("plan.xml").replace(part, part[:-1] + ' p:absent="masked">'))
                said = self.formc("validate", self.form, plan, "--as-of", "2026-02-01", expect=FOUND)
                self.assertIn(b"P114", said.stderr)

    def test_a_reason_satisfies_as_the_table_says(self):
        for reason, expected in (("not-asked", "error"), ("unknown", "error"), ("masked", "error"),
                                 ("asked-unknown", "advice"), ("asked-declined", "advice"),
                                 ("not-applicable", "advice")):
            with self.subTest(reason=reason):
                plan = self.put("a.xml", self.given("plan.xml").replace(
                    "<name>Quillfeather Example</name>", '<name p:absent="%s"/>' % reason))
                found = self.findings("--as-of", "2026-03-01", "--stage=agreed", plan=plan)
                self.assertEqual(found[0], (expected, "who/name", "who/name.required"))

    def test_what_is_wrong_with_the_file_is_told_too(self):
        plan = self.put("a.xml", self.given("plan.xml").replace("<trained>", "<tranied>").replace(
            "</trained>", "</tranied>"))
        said = self.formc("validate", self.form, plan, "--as-of", "2026-02-01", expect=FOUND)
        self.assertIn(b"a.xml:6:", said.stderr)
        self.assertIn(b"who/from", said.stdout)
        self.formc("validate", self.form, self.put("b.xml", "<x/>"), "--as-of", "2026-02-01", expect=REFUSED)
        self.formc("validate", self.form, os.path.join(self.dir, "none"), "--as-of", "2026-02-01", expect=IO)

    def test_a_command_line_that_is_not_understood(self):
        for args in ([], ["--as-of", "2026-2-1"], ["--as-of", "2026-02-30"], ["--as-of", "today"],
                     ["--as-of", "2026-02-01", "--stage", "signed"],
                     ["--as-of", "2026-02-01", "--format", "html"]):
            with self.subTest(args=args):
                said = self.formc("validate", self.form, self.plan, *args, expect=USAGE)
                self.assertTrue(said.stderr.startswith(b"formc: "))
                self.assertEqual(said.stdout, b"")

    def test_the_answer_that_cannot_be_written_is_reported(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([FORMC, "validate", self.form, self.plan, "--as-of", "2026-02-01"], stdout=full,
                                  stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, IO)

    # -- set -------------------------------------------------------------------------------------

    def set(self, plan, *args, expect=OK, by="member", at="2026-02-01T10:04:00Z"):
        return self.formc("set", self.form, plan, *args, "--by", by, "--at", at, "-o", self.made, "--force",
                          expect=expect)

    def entries(self, path):
        """The history as dictionaries, without its first entry: the signature that came with the plan."""
        found = [dict(re.findall(r'(\w+)="([^"]*)"', e)) for e in re.findall(r"<p:entry ([^>]*)/>", self.get(path))]
        self.assertEqual((found[0]["did"], found[0]["path"]), ("mark", "signatures/member/mark"))
        return found[1:]

    def test_a_reason_is_set_and_taken_back(self):
        self.set(self.plan, "what/tool[s-2]/item", "--absent", "not-applicable", by="store/desk-2")
        self.assertIn('<tool p:row="s-2">\n      <item p:absent="not-applicable"/>', self.get(self.made))
        self.assertEqual(self.entries(self.made), [
            {"n": "2", "at": "2026-02-01T10:04:00Z", "by": "store/desk-2", "via": "set", "did": "absent",
             "path": "what/tool[s-2]/item", "to": "not-applicable"}])
        self.set(self.made, "what/tool[s-2]/item", "--absent=none")
        self.assertNotIn("p:absent", self.get(self.made))
        self.assertEqual([(e["n"], e["to"]) for e in self.entries(self.made)], [("2", "not-applicable"), ("3", "none")])

    def test_an_answer_is_never_lost_to_a_reason(self):
        said = self.set(self.plan, "who/name", "--absent", "masked", expect=REFUSED)
        self.assertIn(b"who/name: this question has an answer", said.stderr)
        self.assertFalse(os.path.exists(self.made))

    def test_nothing_is_written_over_unless_forced(self):
        args = ["set", self.form, self.plan, "notes/condition", "--absent", "unknown", "--by", "member", "-o", self.plan]
        before = self.get(self.plan)
        self.formc(*args, expect=REFUSED)
        self.assertEqual(self.get(self.plan), before)
        self.formc(*args, "--force")
        self.assertRegex(self.entries(self.plan)[0]["at"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def in_conflict(self):
        return self.put("conflict.xml", self.given("plan.xml").replace(
            "</loan>", '<p:conflicts><p:conflict path="who/name"><p:stored>Quillfeather Example</p:stored>'
                       '<p:visible>Zebedee</p:visible></p:conflict></p:conflicts></loan>'))

    def test_a_conflict_is_a_finding_until_somebody_chooses(self):
        finding = ("error", "who/name", "plan.conflict")
        self.assertIn(finding, self.findings("--as-of", "2026-03-01", plan=self.in_conflict()))
        for side, kept in (("stored", "Quillfeather Example"), ("visible", "Zebedee")):
            with self.subTest(side=side):
                self.set(self.in_conflict(), "who/name", "--keep", side)
                self.assertIn("<name>%s</name>" % kept, self.get(self.made))
                self.assertNotIn("p:conflict", self.get(self.made))
                self.assertEqual([(e["did"], e["path"], e["to"]) for e in self.entries(self.made)],
                                 [("keep", "who/name", side)])
                self.assertNotIn(finding, self.findings("--as-of", "2026-03-01", plan=self.made))
        self.set(self.made, "who/name", "--keep", "stored", expect=REFUSED)
        self.set(self.put("empty.xml", self.get(self.in_conflict()).replace("<name>Quillfeather Example</name>", "")),
                 "who/name", "--absent", "masked", expect=REFUSED)

    def test_the_stage_moves_when_no_error_is_left(self):
        said = self.set(self.plan, "--stage", "agreed", expect=FOUND)
        self.assertIn(b"error: what/tool[s-9]/item", said.stderr)
        self.assertFalse(os.path.exists(self.made))
        fine = self.put("fine.xml", re.sub("<due>.*?</due>", "<item>Saw</item>", self.given("plan.xml")))
        self.set(fine, "--stage", "agreed", at="2026-02-01T10:04:00Z", expect=FOUND)  # it begins on 17 February
        self.set(fine, "--stage", "agreed", at="2026-02-17T00:00:00Z")
        self.assertIn('p:stage="agreed"', self.get(self.made))
        self.assertEqual([(e["did"], e["to"]) for e in self.entries(self.made)][-1], ("stage", "agreed"))

    def test_a_stale_mark_is_said_everywhere(self):
        word = b"Answers were changed after this was signed."
        mark = ("warning", "signatures/member/mark", "plan.stale-mark")
        self.set(self.plan, "notes/condition", "--absent", "unknown")
        changed = self.put("changed.xml", self.get(self.made).replace("2026-02-17</from>", "2026-02-16</from>"))
        for plan, stale in ((self.made, False), (changed, True)):
            with self.subTest(stale=stale):
                self.assertEqual(mark in self.findings("--as-of", "2026-03-01", plan=plan), stale)
                docx, pdf = os.path.join(self.dir, "a.docx"), os.path.join(self.dir, "a.pdf")
                self.formc("fill", self.form, plan, "-o", docx, "--force")
                self.formc("fill", self.form, plan, "-o", pdf, "--force")
                with zipfile.ZipFile(docx) as z:
                    self.assertEqual(word in z.read("word/document.xml"), stale)
                text = subprocess.run(["pdftotext", pdf, "-"], stdout=subprocess.PIPE, check=True, timeout=60).stdout
                self.assertEqual(word in b" ".join(text.split()), stale)
        said = self.formc("set", self.form, changed, "notes/condition", "--absent", "none", "--by", "store",
                          "-o", self.made, "--force")
        self.assertIn(b"signatures/member/mark: answers were changed after this was signed", said.stderr)

    def test_a_decision_that_is_not_understood(self):
        whole = ["--by", "member", "-o", self.made]
        for args in (["who/name"] + whole, ["--absent", "masked"] + whole, ["who/name", "--stage", "agreed"] + whole,
                     ["notes/condition", "--absent", "masked", "--keep", "stored"] + whole,
                     ["notes/condition", "--absent", "lost"] + whole, ["notes/condition", "--keep", "both"] + whole,
                     ["notes", "--absent", "masked"] + whole, ["what/tool[s-1]/item", "--absent", "masked"] + whole,
                     ["--stage", "signed"] + whole, ["notes/condition", "--absent", "masked", "-o", self.made],
                     ["notes/condition", "--absent", "masked", "--by", "member"],
                     ["notes/condition", "--absent", "masked", "--by", "nobody", "-o", self.made],
                     ["notes/condition", "--absent", "masked", "--by", "member/a b", "-o", self.made],
                     ["notes/condition", "--absent", "masked", "--at", "2026-02-01"] + whole,
                     ["notes/condition", "more", "--absent", "masked"] + whole):
            with self.subTest(args=args):
                self.formc("set", self.form, self.plan, *args, expect=USAGE)
                self.assertFalse(os.path.exists(self.made))

    def test_a_plan_that_cannot_all_be_read_is_not_changed(self):
        plan = self.put("a.xml", self.given("plan.xml").replace("trained>", "tranied>"))
        said = self.set(plan, "notes/condition", "--absent", "masked", expect=FOUND)
        self.assertIn(b"nothing was changed", said.stderr)
        self.assertFalse(os.path.exists(self.made))

    # -- JSON ------------------------------------------------------------------------------------

    def as_json(self, plan=None, name="plan.json"):
        made = os.path.join(self.dir, name)
        self.formc("fill", self.form, plan or self.plan, "-o", made, "--force")
        return made

    def test_xml_becomes_json_and_the_same_xml_again(self):
        self.set(self.plan, "notes/condition", "--absent", "unknown")
        plan = self.as_json(self.made)
        told = json.loads(self.get(plan))
        self.assertEqual(told["answers"]["what"]["tool"][1], {"_row": "s-2", "due": "never Zebedee"})
        self.assertEqual((told["absent"], [e["did"] for e in told["history"]]),
                         ({"notes/condition": "unknown"}, ["mark", "absent"]))
        back = os.path.join(self.dir, "back.xml")
        self.formc("fill", self.form, plan, "-o", back)
        self.assertEqual(self.get(back), self.get(self.made))

    def test_every_verb_takes_json_whatever_its_name(self):
        odd = self.as_json(name="odd.json")
        os.rename(odd, self.plan)  # plan.xml holds JSON now
        expected = self.findings("--as-of", "2026-02-01", plan=self.put("x.json", self.given("plan.xml")))
        self.assertEqual(self.findings("--as-of", "2026-02-01", plan=self.plan), expected)
        with open(self.plan, "rb") as f:
            self.formc("validate", self.form, "-", "--as-of", "2026-02-01", expect=FOUND, stdin=f)
        docx = [os.path.join(self.dir, n) for n in ("a.docx", "b.docx")]
        self.formc("fill", self.form, self.plan, "-o", docx[0])
        self.formc("fill", self.form, self.put("c.xml", self.given("plan.xml")), "-o", docx[1])
        with open(docx[0], "rb") as a, open(docx[1], "rb") as b:
            self.assertEqual(a.read(), b.read())

    def test_the_name_of_the_file_decides_what_is_written(self):
        for name in ("a.json", "a.xml", "a.plan", "json"):
            for plan in (self.put("p.xml", self.given("plan.xml")), self.as_json(name="p.json")):
                with self.subTest(name=name, plan=plan):
                    out = os.path.join(self.dir, name)
                    self.formc("set", self.form, plan, "notes/condition", "--absent", "unknown", "--by", "member",
                               "--at", "2026-02-01T10:04:00Z", "-o", out, "--force")
                    self.assertEqual(self.get(out)[0], "{" if name == "a.json" else "<")
        self.formc("new", self.form, "-o", os.path.join(self.dir, "n.json"), "--id", ID)
        new = json.loads(self.get(os.path.join(self.dir, "n.json")))
        self.assertEqual((new["plan"], new["stage"], new["answers"]), (ID, "draft", {}))

    def test_standard_output_is_xml_unless_json_is_asked_for(self):
        plan = self.as_json()
        self.assertTrue(self.formc("set", self.form, plan, "notes/condition", "--absent", "unknown", "--by", "member",
                                   "-o", "-").stdout.startswith(b"<?xml"))
        self.assertTrue(self.formc("new", self.form, "-o", "-").stdout.startswith(b"<?xml"))
        self.assertEqual(self.formc("fill", self.form, plan, "-o", "-", "--to", "json").stdout.decode(), self.get(plan))
        self.assertTrue(self.formc("fill", self.form, plan, "-o", "-", "--to=xml").stdout.startswith(b"<?xml"))
        odd = os.path.join(self.dir, "b.xml")
        self.formc("fill", self.form, plan, "-o", odd, "--to", "json")
        self.assertEqual(self.get(odd), self.get(plan))
        for args in (["-o", "-"], ["-o", "x.txt"], ["-o", "-", "--to", "yaml"], ["-o", "-", "--to", "model"],
                     ["-o", "-", "--to", "json", "--rows", "what/tool=3"]):
            with self.subTest(args=args):
                self.formc("fill", self.form, plan, *args, expect=USAGE)

    def test_json_that_is_wrong_is_told_without_an_answer(self):
        text = self.get(self.as_json())
        for change, code, expect in ((('"name": "Quillf', '"nmae": "Quillf'), rb"bad.json:9:7: error\[P102\]", FOUND),
                                     (('"trained": "yes"', '"trained": true'), rb"bad.json:11:7: error\[P140\]", FOUND),
                                     (('"from": "2026-02-17"', '"name": "2026-02-17"'), rb"bad.json:10:\d+: error\[P001\]",
                                      REFUSED),
                                     (("soon Zebedee", "soon \\ud800 Zebedee"), rb"bad.json:\d+:\d+: error\[P002\]",
                                      REFUSED)):
            with self.subTest(code=code):
                bad = self.put("bad.json", text.replace(*change))
                self.assertRegex(self.formc("validate", self.form, bad, "--as-of", "2026-02-01", expect=expect).stderr,
                                 code)
                self.formc("fill", self.form, bad, "-o", self.made, expect=expect)
                self.assertFalse(os.path.exists(self.made))
        nul = self.put("nul.json", text.replace("soon Zebedee", "soon \\u0000 Zebedee"))
        said = self.formc("fill", self.form, nul, "-o", self.made)
        self.assertRegex(said.stderr, rb"nul.json:\d+:\d+: warning\[P115\]")
        self.assertIn("soon \ufffd Zebedee", self.get(self.made))


CALC = """<form xmlns="urn:formc:form:1" id="loan" version="1.0.0" xml:lang="en-GB" data-ns="urn:formc:data:loan">
  <title>Loan</title>
  <section id="when" title="When">
    <field id="from" label="From" type="date"/>
    <field id="due" label="Due back" type="date" calc="add-months(from, 3)"/>
    <field id="chase" label="Chase on" type="date" calc="add-days(due, 7)"/>
    <field id="cost" label="Cost" type="money"/>
    <field id="deposit" label="Deposit" type="money" calc="cost"/>
    <field id="since" label="Member since" type="part-date"/>
    <field id="mark" label="Again" type="part-date" calc="since" ask-when="answered(cost)"/>
    <repeat id="day" label="Days" blank-rows="3">
      <field id="on" label="On" type="date"/>
      <field id="months" label="Months" type="integer" calc="months-between(from, on)"/>
    </repeat>
  </section>
</form>
"""
PLAN = """<loan xmlns="urn:formc:data:loan" xmlns:p="urn:formc:plan:1" p:form="loan" p:version="1.0.0" p:id="%s">
  <when>
    <from>2025-11-30</from>%s
    <since>1987-05</since>
    <day p:row="a">
      <on>2026-02-28</on>
    </day>
    <day p:row="b">
      <on>2026-03-29</on>
    </day>
  </when>
</loan>
""" % (ID, "%s")


class WorkedOut(WithPlans):
    """Answers that follow from others: in documents and findings, never in the plan."""

    def setUp(self):
        super().setUp()
        self.form = self.put("calc.xml", CALC)

    def shown(self, more=""):
        """What the PDF's and the Word document's answer places say, by path; both have to agree."""
        plan = self.put("calc-plan.xml", PLAN % more)
        before = self.get(plan)
        pdf, docx = os.path.join(self.dir, "a.pdf"), os.path.join(self.dir, "a.docx")
        for made in (pdf, docx):
            self.formc("fill", self.form, plan, "-o", made, "--force")
        self.assertEqual(self.get(plan), before)
        fields = {f["name"]: f["value"] for f in readers.pdf(pdf)["fields"]}
        with zipfile.ZipFile(docx) as z:
            parts = {n: z.read(n).decode() for n in z.namelist()}
        base = [n for n, text in parts.items() if "urn:formc:data:loan" in text and "<loan" in text]
        self.assertEqual(len(base), 1)
        for path in ("due", "chase", "deposit", "months", "mark"):  # what was issued holds what was given
            if "<%s" % path not in more:
                self.assertNotIn("<%s" % path, parts[base[0]])
        store = [text for text in parts.values() if "urn:formc:store:1" in text and "<answers" in text]
        self.assertEqual(len(store), 1)
        body = re.sub(r"<[^>]*>", "|", parts["word/document.xml"])
        for value in fields.values():
            self.assertTrue(not value or value in body, value)
        return fields, store[0]

    def test_documents_show_what_follows(self):
        fields, store = self.shown()
        self.assertEqual(fields["when.due"], "28/02/2026")
        self.assertEqual(fields["when.chase"], "07/03/2026")
        self.assertEqual(fields["when.since"], "05/1987")
        self.assertEqual(fields["when.deposit"], "")  # what it follows from is not known
        self.assertEqual(fields["when.mark"], "")  # it is not asked
        self.assertEqual([fields["when.day.%d.months" % n] for n in (1, 2, 3)], ["3", "3", ""])
        self.assertIn("<when.due>2026-02-28</when.due>", store)  # the store says what is seen

    def test_what_was_given_stays(self):
        fields, _ = self.shown("\n    <due>2026-03-01</due>\n    <cost>12.5</cost>")
        self.assertEqual(fields["when.due"], "01/03/2026")
        self.assertEqual(fields["when.chase"], "08/03/2026")
        self.assertEqual(fields["when.deposit"], "£12.50")
        self.assertEqual(fields["when.mark"], "05/1987")
        fields, _ = self.shown("\n    <due p:absent=\"masked\"/>")
        self.assertEqual((fields["when.due"], fields["when.chase"]), ("", ""))

    def test_another_answer_is_told(self):
        plan = self.put("calc-plan.xml", PLAN % "\n    <due>2026-03-01</due>")
        self.assertEqual(self.findings("--as-of", "2026-01-01", expect=OK, plan=plan),
                         [("warning", "when/due", "when/due.calc")])
        self.assertEqual(self.findings("--as-of", "2026-01-01", expect=OK,
                                       plan=self.put("p.xml", PLAN % "")), [])

    def test_a_blank_stays_blank(self):
        out = os.path.join(self.dir, "out")
        self.formc("build", self.form, "-o", out, "--only", "pdf")
        fields = {f["name"]: f["value"] for f in readers.pdf(os.path.join(out, "loan.pdf"))["fields"]}
        self.assertEqual(set(fields.values()), {""})

    def test_a_chain_takes_no_longer_than_it_is(self):
        names = "".join("<field id=\"d%d\" label=\"D%d\" type=\"date\" "
                        "calc=\"add-months(d%d, months-between(d%d, d%d))\"/>" % (n, n, n - 1, n - 1, n - 1)
                        for n in range(1, 200))
        form = self.put("chain.xml", CALC.replace('<field id="due"', '<field id="d0" label="D0" type="date" '
                                                  'calc="from"/>' + names + '<field id="due"'))
        self.formc("validate", form, self.put("p.xml", PLAN % ""), "--as-of", "2026-01-01")


if __name__ == "__main__":
    unittest.main(verbosity=1)
