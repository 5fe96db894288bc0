"""plan.rng and plan.schema.json, held against validators of others: libxml2 and jing for RELAX NG, ajv for
JSON Schema. They take every plan, however nasty its text, and none with a part that does not belong there."""

import copy
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from lxml import etree

FORMC, SOURCE = os.environ["FORMC"], os.environ["FORMC_SOURCE"]
MAKE_PLANS = sys.argv.pop(1)
LOAN = "tests/plans/form.xml"
# form: how many plans are made of it
FORMS = {LOAN: 1000, "tests/generated-c/forms/kitchen-sink.xml": 200, "tests/golden/kinds/form.xml": 200,
         "tests/docx/kitchen.xml": 100, "tests/pdf/small.xml": 100, "forms/s117-aftercare/form.xml": 100, "forms/street-party/form.xml": 100,
         "tests/schema/right-to-left.xml": 100}
DATA, PLAN = "{urn:formc:data:loan}", "{urn:formc:plan:1}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DIGEST = "sha256:" + "0a" * 32


class Shape:
    """The two schemas of a form, built into a folder."""

    def __init__(self, form, folder):
        subprocess.run([FORMC, "build", os.path.join(SOURCE, form), "-o", folder, "--only", "rng,schema"],
                       check=True, stderr=subprocess.DEVNULL, timeout=60)
        self.rng, self.schema = (os.path.join(folder, name) for name in ("plan.rng", "plan.schema.json"))
        self.relaxng = etree.RelaxNG(etree.parse(self.rng))

    def judge(self, files, *more):
        """What ajv says about each file: "ok", or where it is wrong."""
        done = subprocess.run(["node", os.path.join(SOURCE, "tests/schema/judge.js"), self.schema, *more],
                              input="\n".join(files), stdout=subprocess.PIPE, check=True, text=True, timeout=300)
        return done.stdout.split("\n")[:-1]

    def jing(self, files):
        """The files that jing refuses."""
        done = subprocess.run(["jing", self.rng, *files], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True, timeout=300)
        return {line.split(": ")[0].rsplit(":", 2)[0] for line in done.stdout.split("\n") if ": error: " in line}


# A plan with everything a plan can hold, into which the defects go.
WHOLE = {
    "form": "loan", "version": "1.0.0", "definition": DIGEST,
    "plan": "urn:uuid:00000000-0000-4000-8000-000000000007", "revision": "7", "stage": "draft", "synthetic": "yes",
    "answers": {"who": {"name": "x", "from": "end of January", "trained": "yes"},
                "what": {"tool": [{"_row": "s-1", "item": "Saw", "_absent": {"due": "masked"}}]},
                "signatures": {"member": {"mark": "Q"}}},
    "absent": {"who/training": "not-asked"}, "languages": {"who/name": "cy"},
    "conflicts": [{"path": "what/tool[s-1]/item", "stored": {"text": "Saw"}, "visible": {"absent": "masked"}}],
    "marks": [{"path": "signatures/member/mark", "at": "2026-02-01T10:04:00Z", "by": "member", "own": DIGEST,
               "covers": DIGEST}],
    "history": [{"n": "1", "at": "2026-02-01T10:04:00Z", "by": "store/desk-2", "via": "docx", "file": DIGEST,
                 "did": "set", "path": "who/name", "to": "x"}],
}


def put(*keys):
    """put("a", 0, "b", value): a change of a plan in JSON; without a value, put("a", None) takes "a" away."""
    *way, last, value = keys

    def change(plan):
        for key in way:
            plan = plan[key]
        if value is None:
            del plan[last]
        else:
            plan[last] = value
    return change


def attr(path, name, value):
    def change(root):
        found = root.find(path) if path != "." else root
        found.attrib.pop(name, None)
        if value is not None:
            found.set(name, value)
    return change


def add(path, tag, text=None):
    def change(root):
        etree.SubElement(root.find(path) if path != "." else root, tag).text = text
    return change


def rename(path, tag):
    def change(root):
        root.find(path).tag = tag
    return change


def drop(path):
    def change(root):
        found = root.find(path)
        found.getparent().remove(found)
    return change


def text(path, words):
    def change(root):
        root.find(path).text = words
    return change


WHO, TOOL = DATA + "who", DATA + "what/" + DATA + "tool"
CONFLICT, MARK, ENTRY = (PLAN + a + "/" + PLAN + b for a, b in (
    ("conflicts", "conflict"), ("marks", "mark"), ("history", "entry")))
# defect: how it looks in JSON and in XML
DEFECTS = {
    "a question that the form does not have": (put("answers", "who", "nickname", "x"), add(WHO, DATA + "nickname", "x")),
    "a misspelt question": (put("answers", "who", {"nmae": "x"}), rename(WHO + "/" + DATA + "name", DATA + "nmae")),
    "a section that the form does not have": (put("answers", "where", {}), add(".", DATA + "where")),
    "a question outside its section": (put("answers", "name", "x"), add(".", DATA + "name", "x")),
    "a section in another one": (put("answers", "who", "notes", {"condition": "x"}), add(WHO, DATA + "notes")),
    "text in the place of a section": (put("answers", "who", "x"), text(WHO, "x")),
    "something inside an answer": (put("answers", "who", "name", {"b": "x"}), add(WHO + "/" + DATA + "name", "b")),
    "a question without its row": (put("answers", "what", "item", "x"), add(DATA + "what", DATA + "item", "x")),
    "a row with a question of another section": (put("answers", "what", "tool", 0, "name", "x"),
                                                 add(TOOL, DATA + "name", "x")),
    "an id that a path cannot hold": (put("answers", "what", "tool", 0, "_row", "a b"), attr(TOOL, PLAN + "row", "a b")),
    "something unknown about a row": (put("answers", "what", "tool", 0, "_note", "x"), attr(TOOL, PLAN + "note", "x")),
    "a reason that is none": (put("absent", "who/training", "forgotten"),
                              attr(WHO + "/" + DATA + "training", PLAN + "absent", "forgotten")),
    "a reason for a section": (put("absent", "who", "masked"), attr(WHO, PLAN + "absent", "masked")),
    "a language of a section": (put("languages", "who", "cy"), attr(WHO, LANG, "cy")),
    "another form": (put("form", "boat"), attr(".", PLAN + "form", "boat")),
    "another version": (put("version", "1.0.1"), attr(".", PLAN + "version", "1.0.1")),
    "a digest that is none": (put("definition", "sha256:7"), attr(".", PLAN + "definition", "sha256:7")),
    "an id of a plan that is none": (put("plan", "7"), attr(".", PLAN + "id", "7")),
    "a stage that the form does not have": (put("stage", "lost"), attr(".", PLAN + "stage", "lost")),
    "a plan that is synthetic, perhaps": (put("synthetic", "perhaps"), attr(".", PLAN + "synthetic", "perhaps")),
    "something unknown about the plan": (put("owner", "x"), attr(".", PLAN + "owner", "x")),
    "an unknown part": (put("notes", []), add(".", PLAN + "notes")),
    "a conflict with one side": (put("conflicts", 0, "visible", None), drop(CONFLICT + "/" + PLAN + "visible")),
    "a conflict about nothing": (put("conflicts", 0, "path", "what/tool/item"), attr(CONFLICT, "path", "what/tool/item")),
    "a side with an answer and a reason": (put("conflicts", 0, "stored", "absent", "masked"),
                                           attr(CONFLICT + "/" + PLAN + "stored", "absent", "masked")),
    "a mark without a digest": (put("marks", 0, "own", None), attr(MARK, "own", None)),
    "a mark of nobody": (put("marks", 0, "by", "stranger"), attr(MARK, "by", "stranger")),
    "an entry without a number": (put("history", 0, "n", None), attr(ENTRY, "n", None)),
    "an entry at no time": (put("history", 0, "at", "2026-02-01"), attr(ENTRY, "at", "2026-02-01")),
    "an entry of a deed that is none": (put("history", 0, "did", "dream"), attr(ENTRY, "did", "dream")),
    "an entry with an answer": (put("history", 0, "value", "x"), attr(ENTRY, "value", "x")),
}


class Schemas(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="formc schema ")
        self.addCleanup(shutil.rmtree, self.dir)

    def shape(self, form):
        return Shape(form, os.path.join(self.dir, "shape"))

    def put(self, name, data):
        path = os.path.join(self.dir, name)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def convert(self, form, plan, name):
        made = os.path.join(self.dir, name)
        subprocess.run([FORMC, "fill", os.path.join(SOURCE, form), plan, "-o", made, "--force"], check=True,
                       stderr=subprocess.DEVNULL, timeout=60)
        return made

    def test_every_plan_that_formc_writes_is_taken(self):
        for number, (form, plans) in enumerate(FORMS.items()):
            with self.subTest(form=form):
                shape = Shape(form, os.path.join(self.dir, "shape%d" % number))
                folder = os.path.join(self.dir, "plans%d" % number)
                os.mkdir(folder)
                subprocess.run([MAKE_PLANS, os.path.join(SOURCE, form), folder, str(plans), "7"], check=True,
                               timeout=300)
                xml, told = (sorted(glob.glob(glob.escape(folder) + "/*." + kind)) for kind in ("xml", "json"))
                self.assertEqual((len(xml), len(told)), (plans, plans))
                for path in xml:
                    self.assertTrue(shape.relaxng.validate(etree.parse(path)), shape.relaxng.error_log)
                self.assertEqual(shape.jing(xml), set())
                self.assertEqual(set(shape.judge(told)), {"ok"})

    def test_every_example_is_taken(self):
        for plan in sorted(glob.glob(os.path.join(SOURCE, "forms/*/examples/*.xml"))):
            form = os.path.relpath(os.path.join(os.path.dirname(plan), "../form.xml"), SOURCE)
            with self.subTest(plan=plan):
                shape = Shape(form, tempfile.mkdtemp(dir=self.dir))
                self.assertTrue(shape.relaxng.validate(etree.parse(plan)), shape.relaxng.error_log)
                self.assertEqual(shape.jing([plan]), set())
                self.assertEqual(shape.judge([self.convert(form, plan, "example.json")]), ["ok"])

    def test_what_does_not_belong_in_a_plan_is_not_taken(self):
        shape = self.shape(LOAN)
        whole = self.put("whole.json", json.dumps(WHOLE).encode())
        xml = self.convert(LOAN, whole, "whole.xml")
        self.assertEqual(shape.judge([whole]), ["ok"])
        self.assertEqual(shape.jing([xml]), set())
        xmls, jsons = [], []
        for number, (defect, (in_json, in_xml)) in enumerate(DEFECTS.items()):
            plan, root = copy.deepcopy(WHOLE), etree.parse(xml).getroot()
            in_json(plan)
            in_xml(root)
            self.assertFalse(shape.relaxng.validate(root), defect)
            xmls.append(self.put("%d.xml" % number, etree.tostring(root)))
            jsons.append(self.put("%d.json" % number, json.dumps(plan).encode()))
        refused = shape.jing(xmls)
        self.assertEqual([d for d, f in zip(DEFECTS, xmls) if f not in refused], [])
        self.assertEqual([d for d, said in zip(DEFECTS, shape.judge(jsons)) if said == "ok"], [])

    def test_only_json_has_wrong_kinds_and_only_xml_an_order(self):
        shape = self.shape(LOAN)
        for number, change in enumerate((put("answers", None), put("form", None), put("answers", []),
                                         put("answers", "who", "name", 7), put("answers", "who", "trained", True),
                                         put("answers", "who", "from", ["2026-01-31"]), put("absent", []),
                                         put("answers", "what", "tool", {}), put("history", 0, "n", 1),
                                         put("answers", "what", "tool", [{}] * 6))):  # the form has at most 5 rows
            with self.subTest(number=number):
                plan = copy.deepcopy(WHOLE)
                change(plan)
                self.assertNotEqual(shape.judge([self.put("a.json", json.dumps(plan).encode())]), ["ok"])
        root = etree.parse(self.convert(LOAN, self.put("whole.json", json.dumps(WHOLE).encode()), "w.xml")).getroot()
        root.insert(0, root.find(DATA + "what"))
        self.assertFalse(shape.relaxng.validate(root))

    def test_a_strict_reader_takes_readable_answers_only(self):
        form = "forms/s117-aftercare/form.xml"
        shape = self.shape(form)
        strict = self.put("strict.rng", (
            '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="shape/plan.rng">'
            '<define name="as-typed"><notAllowed/></define></include></grammar>').encode())
        relaxng = etree.RelaxNG(etree.parse(strict))
        complete, faulty = (os.path.join(SOURCE, "forms/s117-aftercare/examples/%s.xml" % n)
                            for n in ("complete", "faulty"))
        self.assertTrue(relaxng.validate(etree.parse(complete)), relaxng.error_log)
        self.assertEqual(shape.judge([self.convert(form, complete, "c.json")], "as-typed=false"), ["ok"])
        with open(complete, encoding="utf-8") as f:
            xml = f.read()
        for right, wrong, where in (("<born>1984-05-17<", "<born>in May 1984<", "/answers/person/born"),
                                    ("<nhs-number>9990000018<", "<nhs-number>999 000 001<", "/answers/person/nhs-number"),
                                    ("<agrees>yes<", "<agrees>perhaps<", "/answers/consent/agrees")):
            with self.subTest(where=where):
                self.assertIn(right, xml)
                plan = self.put("a.xml", xml.replace(right, wrong).encode())
                self.assertTrue(shape.relaxng.validate(etree.parse(plan)))
                self.assertFalse(relaxng.validate(etree.parse(plan)))
                told = self.convert(form, plan, "a.json")
                self.assertEqual(shape.judge([told]), ["ok"])
                self.assertIn(where, shape.judge([told], "as-typed=false")[0].split(" "))

    PATTERNS = [  # (pattern, what fits, what does not)
        (r"[A-Z]{2}\d{4,6}(/[0-9]+)?", ["AB1234", "AB123456/7"], ["AB123", "ab1234", "AB1234/", "AB\u0661234"]),
        (r"\w+-\W\s\S", ["a_1-! x", "b-/\tq"], ["\u00e9-! x", "a-b x", "a-!\u00a0x", "a-!  "]),
        (r"[\d\-x]+|\$\^\{\}", ["1-x", "$^{}"], ["y", "$^{", "\u0661"]),
        (r"[^\s\W]x|[\S]y|[\D]z|[\W]w", ["ax", "\u00a0y", "az", "-w"], [" x", " y", "1z", "aw"]),
        (r"a.b", ["a\u2028b", "axb"], ["a\nb", "ab"]),
        (r"[a\-c]\-[+--]", ["--,", "a--"], ["b--", "a-/"]),
        (r"\.\*\+\?\(\)\[\]\|\\", [".*+?()[]|\\"], [".*"]),
        (r"(a|b|)c{2}", ["acc", "cc"], ["ac", "dcc"]),
        (r"x\n\t[\n\t]x", ["x\n\t\nx"], ["x\n\t x"]),
        (r"#/~@'\"!%&,:;<=>`", ["#/~@'\"!%&,:;<=>`"], ["#"]),
    ]

    def test_patterns_mean_the_same_in_all_three(self):
        """The validator of formc, ECMA-262 and XML Schema: the same texts fit the same pattern."""
        for pattern, fits, not_fits in self.PATTERNS:
            with self.subTest(pattern=pattern):
                form = os.path.join(self.dir, "form.xml")
                words = (pattern.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;"))
                with open(form, "w", encoding="utf-8") as f:
                    f.write('<form xmlns="urn:formc:form:1" id="f" version="1.0.0" xml:lang="en-GB" data-ns="urn:x:f">'
                            '<title>T</title><type id="own" base="prose" pattern="%s"><message>It must fit.</message>'
                            '</type><section id="s" title="S"><field id="q" label="Q" type="own"/></section></form>'
                            % words)
                shape = Shape(form, tempfile.mkdtemp(dir=self.dir))
                strict = os.path.join(os.path.dirname(shape.rng), "strict.rng")
                with open(strict, "w") as f:
                    f.write('<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="plan.rng">'
                            '<define name="as-typed"><notAllowed/></define></include></grammar>')
                relaxng = etree.RelaxNG(etree.parse(strict))
                texts = fits + not_fits
                plans = [self.put("p%d.json" % i, json.dumps({"form": "f", "answers": {"s": {"q": t}}}).encode())
                         for i, t in enumerate(texts)]
                for t, plan, ajv in zip(texts, plans, shape.judge(plans, "as-typed=false")):
                    xml = self.convert(form, plan, "p.xml")
                    checked = subprocess.run([FORMC, "validate", form, plan, "--as-of", "2026-01-01"],
                                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
                    self.assertEqual((checked.returncode == 0, relaxng.validate(etree.parse(xml)), ajv == "ok"),
                                     (t in fits,) * 3, repr(t))


if __name__ == "__main__":
    unittest.main(verbosity=1)
