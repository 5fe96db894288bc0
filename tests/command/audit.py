"""formc audit from outside: what the tool found and what is for a person to judge, by topic, with
where to look and from which source; advice is no error; no answer without --show-answers. And
what the other verbs make of good practice: validate keeps quiet, test counts it, publish tells."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

FORMC = os.environ["FORMC"]
OK, FOUND, USAGE, REFUSED, IO = range(5)

FORM = """<form xmlns="urn:formc:form:1" id="visit" version="%s" status="published" xml:lang="en-GB" data-ns="urn:formc:data:visit">
<title>A visit</title>
<sources><source id="good" kind="guidance">What good looks like</source><source id="law">The law</source></sources>
<stages><stage id="draft">Draft</stage><stage id="agreed">Agreed</stage></stages>
<parties><party id="office" kind="organisation">The office</party><party id="person" kind="person">The person</party></parties>
<section id="me" number="A" title="About me" completed-by="person">
  <field id="goals" label="My goals" type="prose"/>
  <field id="works" label="Do you work?" type="yes-no"><details id="where" label="Where"/></field>
</section>
<section id="help" title="Help" completed-by="office">
  <repeat id="action" label="What is done">
    <field id="what" label="What" type="prose"/>
    <field id="day" label="Day" type="date"/>
  </repeat>
</section>
%s
</form>"""
RULES = """<rules id="goals" kind="audit" title="Goals" from="good:L39 good:L40">
  <rule id="long" must="words(me/goals) ge 3"><message>The goals are short. Ask for more.</message></rule>
  <rule id="own" human="yes" at="me help/action"><message>Are they in the person’s own words?</message></rule>
  <rule id="needed" human="yes" for-each="help/action" at="what me/goals" when="answered(day)" from="law:s117"><message>Is it needed?</message></rule>
</rules>
<rules id="later" kind="audit" title="Later">
  <rule id="help" must="count(help/action) ge 3" stage="agreed"><message>Little is done. Ask why.</message></rule>
</rules>
<rules id="checks">
  <rule id="day" must="answered(me/goals)"><message>There are no goals. Enter them.</message></rule>
</rules>
"""
PLAN = """<?xml version="1.0" encoding="UTF-8"?>
<visit xmlns="urn:formc:data:visit" xmlns:p="urn:formc:plan:1" p:form="visit" p:version="1.0.0" p:stage="%s">
  <me>
    <goals>Quillfeather
hill</goals>
    <works>yes</works>
    <where p:absent="asked-declined"/>
  </me>
  <help>
    <action p:row="o-1">
      <what>Badger</what>
      <day>2026-01-31</day>
    </action>
    <action p:row="o-2">
      <what>Otter</what>
    </action>
  </help>
</visit>
"""
PAGE = """Good practice: A visit
A plan without an id, at the stage “Draft”, on 2026-08-01

This is advice for a reviewer. None of it stands in the way of the plan, and nothing is scored.
What is for a person to judge, only a person may decide.

Goals
  Source: What good looks like (L39, L40)

  Found
    - The goals are short. Ask for more.
      Look at: My goals (me/goals)
      For: The person

  For a person to judge
    - Are they in the person’s own words?
      Look at: A. About me (me)
               What is done (help/action)
      For: The office, The person
    - Is it needed?
      Look at: What (help/action[o-1]/what)
      Beside:  My goals (me/goals)
      For: The office, The person
      Source: The law (s117)

Nothing to say about: Later
"""


class Audit(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="formc audit ")
        self.addCleanup(shutil.rmtree, self.dir)
        self.form()

    def put(self, name, text):
        path = os.path.join(self.dir, name)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def form(self, version="1.0.0", more=RULES):
        self.put("form.xml", FORM % (version, more))

    def formc(self, verb, *args, expect=OK):
        done = subprocess.run([FORMC, verb, self.dir, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60, check=False, encoding="utf-8", stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, expect, done.stderr)
        return done

    def audit(self, *args, stage="draft", expect=OK):
        plan = self.put("plan.xml", PLAN % stage)
        return self.formc("audit", plan, "--as-of", "2026-08-01", *args, expect=expect)

    def test_the_page(self):
        done = self.audit()
        self.assertEqual(done.stdout, PAGE)
        self.assertIn("1 finding, 2 questions for a person on 2026-08-01", done.stderr)

    def test_a_stage_brings_what_holds_from_it_on(self):
        for done in (self.audit(stage="agreed"), self.audit("--stage", "agreed")):
            self.assertIn('at the stage “Agreed”', done.stdout)
            self.assertIn("Later\n\n  Found\n    - Little is done. Ask why.\n      Look at: What is done (help/action)\n",
                          done.stdout)
            self.assertNotIn("Nothing to say", done.stdout)

    def test_answers_only_when_asked_for(self):
        for answer in ("Quillfeather", "hill", "Badger", "Otter", "asked-declined", "2026-01-31"):
            for done in (self.audit(), self.audit("--format", "json")):
                self.assertNotIn(answer, done.stdout + done.stderr)
            shown = self.audit("--show-answers").stdout
            self.assertNotIn(answer, self.audit("--show-answers").stderr)
            said = {"2026-01-31": "31/01/2026", "asked-declined": "Asked, and the person did not want to say"}
            self.assertIn(said.get(answer, answer), shown)
            self.assertIn(answer, self.audit("--show-answers", "--format", "json").stdout)
        self.assertIn("      Look at: My goals (me/goals)\n"
                      "               | Quillfeather\n               | hill\n", shown)
        self.assertIn("               Where (me/where)\n               | (No answer: Asked, and the person did not want to say)\n", shown)

    def test_json_holds_the_same(self):
        page = json.loads(self.audit("--format", "json").stdout)
        self.assertEqual((page["form"], page["stage"], page["as-of"]), ("visit", "draft", "2026-08-01"))
        topic, = page["topics"]
        self.assertEqual((topic["id"], topic["title"]), ("goals", "Goals"))
        self.assertEqual(topic["sources"], [{"id": "good", "kind": "guidance", "text": "What good looks like",
                                             "places": "L39, L40"}])
        self.assertEqual([i["rule"] for i in topic["found"]], ["goals/long"])
        own, needed = topic["questions"]
        self.assertEqual(own["message"], "Are they in the person’s own words?")
        self.assertEqual(own["owners"], ["office", "person"])
        self.assertEqual([[p["path"] for p in c] for c in own["cases"]], [["me", "help/action"]])
        self.assertEqual([[p["path"] for p in c] for c in needed["cases"]], [["help/action[o-1]/what", "me/goals"]])
        self.assertEqual(needed["sources"], [{"id": "law", "text": "The law", "places": "s117"}])
        self.assertEqual(page["nothing-to-say"], ["later"])
        shown = json.loads(self.audit("--format", "json", "--show-answers").stdout)
        self.assertEqual(shown["topics"][0]["questions"][1]["cases"][0][0]["answers"],
                         [{"path": "help/action[o-1]/what", "label": "What", "answer": "Badger"}])

    def test_it_ends_well_unless_the_plan_cannot_be_read(self):
        self.formc("audit", self.put("plan.xml", "<visit/>"), "--as-of", "2026-08-01", expect=REFUSED)
        broken = self.put("plan.xml", (PLAN % "draft").replace("<works>", "<work>").replace("</works>", "</work>"))
        done = self.formc("audit", broken, "--as-of", "2026-08-01", expect=FOUND)
        self.assertIn("The goals are short", done.stdout)  # what could be read is looked at
        for args in ((), ("--as-of", "tomorrow"), ("--as-of", "2026-08-01", "--format", "sarif"),
                     ("--as-of", "2026-08-01", "--stage", "signed"), ("--as-of", "2026-08-01", "--strict")):
            self.formc("audit", self.put("plan.xml", PLAN % "draft"), *args, expect=USAGE)

    def test_a_form_without_good_practice(self):
        self.form(more="")
        self.assertIn("This form has no rules of good practice.", self.audit().stdout)

    def test_it_stands_in_the_way_of_nothing(self):
        plan = self.put("plan.xml", PLAN % "draft")
        done = self.formc("validate", plan, "--as-of", "2026-08-01", "--stage", "agreed", "--strict")
        self.assertNotIn("goals", done.stdout)
        self.formc("set", plan, "--stage", "agreed", "--by", "office", "--at", "2026-08-01T10:00:00Z",
                   "-o", os.path.join(self.dir, "next.xml"))

    def test_examples_try_good_practice(self):
        example = """<examples><example id="a" title="A" as-of="2026-08-01" stage="agreed">
          <set path="me/goals">One</set><set path="help/action[1]/day">2026-01-31</set>
          <expect rule="goals/long" at="me/goals"/><expect rule="later/help" at="help/action"/>
          <expect rule="goals/needed" at="help/action[1]/what"/>%s<expect-clean rule="checks/day"/></example>
          <example id="b" title="B" as-of="2026-08-01"><set path="me/goals">One two three</set>
          <set path="help/action[1]/what">Walk</set>
          <expect-clean rule="goals/long"/><expect-clean rule="goals/needed"/><expect-clean/></example></examples>"""
        self.form(more=RULES + example % "")
        done = self.formc("test")
        self.assertIn("2 examples, 2 as expected; 3 rules, 2 of them broken and 2 satisfied by an example; "
                      "2 questions for people", done.stderr)
        self.assertIn('no example satisfies the rule "later/help"', done.stderr)
        self.assertNotIn("goals/own", done.stderr)
        self.form(more=RULES + example % '<expect-clean rule="goals/own"/>')
        self.assertIn('expects no finding of "goals/own"', self.formc("test", expect=FOUND).stderr)

    def test_publish_tells_what_changes(self):
        self.form()
        self.formc("publish")
        kept = os.path.join(self.dir, "published", "1.0.0", "ids.tsv")
        with open(kept, encoding="utf-8") as file:
            self.assertIn("rule\tchecks/day\nrule\tgoals/long\nrule\tgoals/own\nrule\tgoals/needed\nrule\tlater/help\n",
                          file.read())
        more = RULES.replace("ge 3\"><", "ge 4\"><").replace('at="me help/action"', 'at="me"')
        more = more.replace('rule id="needed"', 'rule id="wanted"').replace('id="later" kind="audit"', 'id="later"')
        self.form("1.1.0", more)
        self.assertEqual(self.formc("publish").stdout, "Since version 1.0.0:\n"
                         "Rules:\n  later/help: new\n"
                         "Good practice, told by audit:\n  goals/long: changed\n  later/help: gone\n"
                         "Questions for a reviewer:\n  goals/own: changed\n  goals/wanted: new\n  goals/needed: gone\n")


if __name__ == "__main__":
    unittest.main()
