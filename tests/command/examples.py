"""formc test from outside: what it says about examples that come out as they say, and about those
that do not (E320), about rules that none tries (W323), and that no answer of an example or of its
plan is ever printed."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

FORMC = os.environ["FORMC"]
TOP = os.environ["FORMC_SOURCE"]
OK, FOUND, USAGE, REFUSED, IO = range(5)

FORM = """<form xmlns="urn:formc:form:1" id="visit" version="1.0.0" status="draft" xml:lang="en-GB" data-ns="urn:formc:data:visit">
<title>A visit</title>
<stages><stage id="draft">Draft</stage><stage id="agreed">Agreed</stage></stages>
<type id="code" base="line" pattern="[A-Z]{2}[0-9]+"/>
<block id="need">
  <field id="until" label="Until" type="date" must="until ge from"><message>Check both dates.</message></field>
  <field id="from" label="From" type="date"/>
</block>
<section id="s" title="S">
  <field id="paid" label="Paid on" type="date"/>
  <field id="due" label="Due" type="date" must="due le add-months(paid, 1)"><message>The date is too late. Enter an earlier one.</message></field>
  <field id="code" label="Code" type="code"/>
  <repeat id="sign" label="Signs">
    <field id="warning" label="Warning" type="line"/>
    <field id="action" label="Action" type="line" required-when="answered(warning)"/>
  </repeat>
  <use id="food" block="need" title="Food"/>
  <use id="rest" block="need" title="Rest"/>
</section>
%s
</form>"""
MONTHS = [("2026-01-31", "2026-02-28", "2026-03-01"), ("2024-01-31", "2024-02-29", "2024-03-01"),
          ("2024-02-29", "2024-03-29", "2024-03-30"), ("2026-03-31", "2026-04-30", "2026-05-01"),
          ("2026-12-31", "2027-01-31", "2027-02-01")]
PLAN = """<?xml version="1.0" encoding="UTF-8"?>
<visit xmlns="urn:formc:data:visit" xmlns:p="urn:formc:plan:1" p:form="visit" p:version="1.0.0"%s>
  <s>
    <paid>2026-01-31</paid>
    <due>2026-02-28</due>
    <code>%s</code>
    <sign p:row="person-1">
      <warning>Secretword</warning>
      <action>Ring</action>
    </sign>
  </s>
</visit>
"""


def example(number, inside, **attrs):
    attrs = {"as-of": "2026-08-01", "title": "Example", "id": "e%d" % number, **attrs}
    return "<example %s>%s</example>\n" % (" ".join('%s="%s"' % (k.replace("_", "-"), v) for k, v in attrs.items()), inside)


def answers(**given):
    return "".join('<set path="s/%s">%s</set>' % pair for pair in given.items())


def files(folder):
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(where, name), "rb") as file:
                found[os.path.join(where[len(folder):], name)] = file.read()
    return found


class Examples(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="formc test ")
        self.addCleanup(shutil.rmtree, self.dir)
        os.mkdir(os.path.join(self.dir, "examples"))

    def put(self, name, text):
        with open(os.path.join(self.dir, name), "w", encoding="utf-8") as out:
            out.write(text)

    def form(self, *examples):
        self.put("form.xml", FORM % ("<examples>\n" + "".join(examples) + "</examples>" if examples else ""))

    def formc(self, *args, expect=OK, verb="test"):
        done = subprocess.run([FORMC, verb, self.dir, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, timeout=60, check=False, encoding="utf-8")
        self.assertEqual(done.returncode, expect, done.stderr)
        return done

    def test_one_month_later(self):
        """31 January and a month, and 29 February: worked out by hand"""
        cases = []
        for paid, due, late in MONTHS:
            cases.append(example(len(cases), answers(paid=paid, due=due) + "<expect-clean/>"))
            cases.append(example(len(cases), answers(paid=paid, due=late) + '<expect rule="s/due.must" at="s/due"/>'))
        self.form(*cases)
        self.assertIn("10 examples, 10 as expected", self.formc().stderr)
        self.form(*(c.replace("<expect-clean/>", '<expect rule="s/due.must"/>') for c in cases))
        self.assertIn("10 examples, 5 as expected", self.formc(expect=FOUND).stderr)

    def test_an_expectation_that_is_not_met_is_told_in_words(self):
        self.form(example(1, answers(paid="2026-01-31", due="2026-02-28") + '<expect rule="s/due.must" at="s/due"/>'),
                  example(2, answers(paid="2026-01-31", due="2026-03-28") + "<expect-clean/>"),
                  example(3, '<set path="s/sign[2]/warning">Secretword</set><expect-clean rule="s/sign/action.required"/>'),
                  example(4, '<set path="s/sign[2]/warning">Secretword</set><expect rule="s/sign/action.required" at="s/sign[1]/action"/>'))
        said = self.formc(expect=FOUND).stderr
        self.assertIn('form.xml:21:', said)
        self.assertIn('E320]: the example "e1" expects a finding of "s/due.must" at "s/due", but there is none', said)
        self.assertIn('the example "e2" expects no finding, but there is 1\n      = note: "s/due.must" at "s/due"', said)
        self.assertIn('the example "e3" expects no finding of "s/sign/action.required", but there is 1\n'
                      '      = note: "s/sign/action.required" at "s/sign[2]/action"', said)
        self.assertIn('there is one at "s/sign[2]/action"', said)
        for answer in ("Secretword", "2026-01-31", "2026-02-28"):
            self.assertNotIn(answer, said)
        data = json.loads(self.formc("--format", "json", expect=FOUND).stdout)
        self.assertEqual([d["code"] for d in data["diagnostics"] if d["severity"] == "error"], ["E320"] * 4)

    def test_rules_that_no_example_tries(self):
        self.form(example(1, answers(paid="2026-01-31", due="2026-02-28") + "<expect-clean/>"),
                  example(2, answers(code="x1") + '<expect rule="s/code.type"/>'),
                  example(3, '<set path="s/food/from">2026-02-28</set><set path="s/food/until">2026-02-27</set>'
                             '<expect rule="s/food/until.must"/>'),
                  example(4, '<set path="s/rest/from">2026-02-28</set><set path="s/rest/until">2026-02-28</set>'
                             '<expect-clean rule="s/rest/until.must"/>'))
        said = self.formc().stderr
        self.assertIn("4 examples, 4 as expected; 4 rules, 2 of them broken and 2 satisfied", said)
        self.assertIn('W323]: no example breaks the rule "s/due.must"', said)
        self.assertIn('W323]: no example tries the rule "s/sign/action.required"', said)
        self.assertIn('W323]: no example satisfies the rule "s/code.type"', said)
        self.assertNotIn("until.must", said)  # broken in one use of the block, satisfied in the other
        self.assertIn("|", said)  # rules are not answers: their lines are shown
        self.formc("--strict", expect=FOUND)

    def test_a_rule_of_a_later_stage(self):
        asked = FORM.replace('label="Paid on" type="date"', 'label="Paid on" type="date" required="agreed"')
        self.put("form.xml", asked % ("<examples>" + example(1, '<expect rule="s/paid.required"/>') +
                                      example(2, '<expect rule="s/paid.required"/>', stage="agreed") + "</examples>"))
        said = self.formc(expect=FOUND).stderr
        self.assertIn("2 examples, 1 as expected", said)
        self.assertIn("later stage", said)

    def test_an_example_that_begins_with_a_plan(self):
        self.put("examples/full.xml", PLAN % (' p:synthetic="yes"', "AB1"))
        plan = {"plan": "examples/full.xml"}
        self.form(example(1, "<expect-clean/>", **plan),
                  example(2, answers(due="2026-03-01") + '<expect rule="s/due.must"/>', **plan),
                  example(3, '<set path="s/sign[person-1]/action"/><expect rule="s/sign/action.required" at="s/sign[person-1]/action"/>', **plan),
                  example(4, '<set path="s/sign[person-1]/action" absent="asked-declined"/><expect-clean/>', **plan),
                  example(5, '<set path="s/sign[7]/warning">New</set><expect rule="s/sign/action.required" at="s/sign[7]/action"/>', **plan))
        self.assertIn("5 examples, 5 as expected", self.formc().stderr)
        self.form(example(1, '<set path="s/sign[person-2]/action">Secretword</set><expect-clean/>', **plan))
        self.assertIn('no row "person-2"', self.formc(expect=FOUND).stderr)

    def test_a_plan_that_cannot_be_used(self):
        self.form(example(1, "<expect-clean/>", plan="examples/full.xml"))
        for plan, words in ((None, "cannot be read"), (PLAN % ("", "AB1"), "does not say that it is invented"),
                            ("<visit/>", "not a plan of this form"), ("no", "not a plan of this form"),
                            (PLAN % (' p:synthetic="yes"', "9434765919"), "may be somebody's"),
                            (PLAN.replace("Secretword", "Secretword 943 476 5919") % (' p:synthetic="yes"', "AB1"), "may be somebody's")):
            with self.subTest(words=words):
                if plan is not None:
                    self.put("examples/full.xml", plan)
                said = self.formc(expect=FOUND).stderr
                self.assertIn(words, said)
                self.assertNotIn("Secretword", said)
                self.assertNotIn("5919", said)

    def test_a_plan_is_told_of_once(self):
        self.form(*[example(n, "<expect-clean/>", plan="examples/full.xml") for n in (1, 2, 3)])
        for plan in (None, "no", PLAN % ("", "AB1"), PLAN % (' p:synthetic="yes"', "9434765919")):
            if plan is not None:
                self.put("examples/full.xml", plan)
            said = self.formc(expect=FOUND).stderr
            self.assertIn("3 examples, 0 as expected", said)
            self.assertEqual(said.count("error["), 1, said)

    def test_a_plan_of_any_version(self):
        """When the form's version changes, its examples need not."""
        self.form(example(1, "<expect-clean/>", plan="examples/full.xml"))
        self.put("examples/full.xml", (PLAN % (' p:definition="sha256:%s" p:synthetic="yes"' % ("0" * 64), "AB1")))
        for old, new in (('version="1.0.0"', 'version="1.1.0"'), ('status="draft"', 'status="published"')):
            with open(os.path.join(self.dir, "form.xml"), encoding="utf-8") as f:
                text = f.read()
            self.assertIn(old, text)
            self.put("form.xml", text.replace(old, new))
            self.assertIn("1 example, 1 as expected", self.formc().stderr)

    def test_no_message_shows_an_answer(self):
        for inside in ('<set path="s/pad">Secretword</set>', '<set path="s/paid">Secretword</set>',
                       '<set pth="s/paid">Secretword</set>', '<set path="s/paid">Secretword & more</set>',
                       '<set path="s/paid">Secretword<b/></set>', '<set path="s/paid">Secretword</sett>'):
            self.form(example(1, inside + "<expect-clean/>"))
            for verb in ("test", "check"):
                done = subprocess.run([FORMC, verb, self.dir], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                                      check=False, encoding="utf-8")
                self.assertIn(done.returncode, (FOUND, REFUSED), done.stdout)
                self.assertNotIn("Secretword", done.stdout)

    def test_examples_change_no_output(self):
        made = []
        for examples in ((), (example(1, "<expect-clean/>"),)):
            self.form(*examples)
            out = os.path.join(self.dir, "out%d" % len(made))
            self.formc("-o", out, "--only", "model,c", verb="build")
            made.append(files(out))
        self.assertGreater(len(made[0]), 2)
        self.assertEqual(made[0], made[1])

    def test_the_s117_form_has_every_rule_broken_and_satisfied(self):
        done = subprocess.run([FORMC, "test", os.path.join(TOP, "forms", "s117-aftercare"), "--strict"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60, check=False, encoding="utf-8")
        self.assertEqual(done.returncode, OK, done.stderr)
        self.assertRegex(done.stderr, r": (\d\d+) examples, \1 as expected; (\d\d+) rules, \2 of them broken and \2 satisfied")

    def test_a_form_without_examples(self):
        self.form()
        self.assertIn("0 examples", self.formc().stderr)
        self.formc("--loud", expect=USAGE)


if __name__ == "__main__":
    unittest.main()
