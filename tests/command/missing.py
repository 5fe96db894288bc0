"""The page that says what is still missing and whose job it is, for Word, as a PDF and as a page for
browsers: what `formc validate` says is on it, under those whose it is, and no answer is."""

import glob
import json
import os
import re
import subprocess
import tempfile
import unittest
import zipfile

from formats import shape, MESSAGE
from lxml import etree
from unpacked import unpacked

FORMC, SOURCE = os.environ["FORMC"], os.environ["FORMC_SOURCE"]
S117 = os.path.join(SOURCE, "forms", "s117-aftercare")
DAY = "2026-11-25"
OK, FOUND, USAGE, REFUSED = range(4)
SARIF = {"$schema!": str, "version!": ("2.1.0",), "runs!": [{
    "tool!": {"driver!": {"name!": ("formc",), "version!": str, "rules!": [{"id!": str}]}},
    "results!": [{"ruleId!": str, "ruleIndex!": int, "level!": ("error", "warning", "note"), "message!": MESSAGE,
                  "locations!": [{"physicalLocation!": {"artifactLocation!": {"uri!": str}},
                                  "logicalLocations!": [{"fullyQualifiedName!": str, "name": str}]}]}]}]}


def run(*args):
    return subprocess.run([FORMC, *args], capture_output=True, encoding="utf-8", timeout=60)


def folded(text):
    return re.sub(r"\s+", "", text)


def words_of(path):
    """What people read, without white space, in the order of the document."""
    if path.endswith(".pdf"):
        # A cell after the other, as the tags have them.
        tags = subprocess.run(["pdfinfo", "-struct-text", path], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
        return folded("".join(re.findall(r'^ *"(.*)"$', tags, re.M)))
    if path.endswith(".docx"):
        with zipfile.ZipFile(path) as z:
            return folded("".join(etree.fromstring(z.read("word/document.xml")).itertext("{*}t")))
    body = etree.parse(path, etree.HTMLParser()).getroot().find("body")
    return folded("".join(body.itertext()))


class Missing(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="formc missing ")
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def pages(self, form, plan, *options, code=FOUND):
        """The three pages of a plan, and what formc says about it as data."""
        data = run("validate", form, plan, "--as-of", DAY, *options, "--format", "json")
        self.assertEqual(data.returncode, code, data.stderr)
        made = []
        for suffix in ("pdf", "docx", "html"):
            made.append(self.path("page." + suffix))
            done = run("validate", form, plan, "--as-of", DAY, *options, "-o", made[-1], "--force")
            self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
        return json.loads(data.stdout), made

    def test_it_says_what_validate_says(self):
        for plan in sorted(glob.glob(os.path.join(SOURCE, "forms", "*", "examples", "*.xml"))):
            form = os.path.dirname(os.path.dirname(plan))
            stages = [s.get("id") for s in etree.parse(os.path.join(form, "form.xml")).iter("{*}stage")]
            options = ["--stage", stages[-1]] if stages else []
            findings = run("validate", form, plan, "--as-of", DAY, *options, "--format", "json")
            data, made = self.pages(form, plan, *options, code=findings.returncode)
            for page in made:
                words = words_of(page)
                with self.subTest(page=page, plan=plan):
                    at = {}
                    for f in data["findings"]:
                        # Under the same people, in the order of the form.
                        key = (tuple(f["owners"]), f["jointly"])
                        said = folded(f["message"])
                        place = words.find(said, at.get(key, 0))
                        self.assertGreaterEqual(place, 0, "%s: %s" % (f["path"], f["message"]))
                        at[key] = place + len(said)
                        self.assertIn(folded(f["label"]), words)
                    self.assertEqual(len(at), len({(tuple(f["owners"]), f["jointly"]) for f in data["findings"]}))

    def test_whose_it_is(self):
        data, made = self.pages(S117, os.path.join(S117, "examples", "half.xml"), "--stage", "signed")
        for page in made:
            words = words_of(page)
            groups = ["For: Integrated Care Board or its mental health provider",
                      "For: Integrated Care Board or its mental health provider and Local authority, jointly",
                      "For: The person", "For: Local authority"]
            for group in groups:
                self.assertIn(folded(group), words)
            next_words = "Person:" if page.endswith(".html") else "Question"  # not "The person and ..., jointly"
            person, council = words.index(folded("For: The person") + next_words), words.rindex(folded("For: Local authority"))
            self.assertLess(person, words.index(folded("The person has not signed.")))
            self.assertLess(council, words.index(folded("No social care professional has signed.")))
            self.assertIn(folded("Checked for 25/11/2026 and the stage “Signed”. This page shows no answers."), words)
            self.assertIn("Needed:", words)
            self.assertIn("Tocheck:", words)

    def test_for_one_party(self):
        half = os.path.join(S117, "examples", "half.xml")
        whole, _ = self.pages(S117, half, "--stage", "signed")
        parties = [p.get("id") for p in etree.parse(os.path.join(S117, "form.xml")).iter("{*}party")]
        shown = 0
        for party in parties:
            theirs = [f for f in whole["findings"] if party in f["owners"] or not f["owners"]]
            errors = sum(f["severity"] == "error" for f in theirs)
            data, made = self.pages(S117, half, "--stage", "signed", "--party", party, code=FOUND if errors else OK)
            self.assertEqual((data["findings"], data["errors"], data["party"]), (theirs, errors, party))
            shown += len(theirs)
            for page in made:
                words = words_of(page)
                for f in whole["findings"]:
                    message = folded(f["message"])
                    if not any(message == folded(t["message"]) for t in theirs):
                        self.assertNotIn(message, words)
                self.assertTrue(all(folded(f["message"]) in words for f in theirs))
                self.assertEqual(folded("Nothing is missing.") in words, not theirs)
        self.assertGreater(shown, len(whole["findings"]))  # what is for several is shown to each
        self.assertNotIn("party", whole)
        page = self.path("page.html")
        done = run("validate", S117, half, "--as-of", DAY, "--stage", "signed", "--party", "la", "-o", page, "--force")
        self.assertEqual(done.returncode, FOUND)
        self.assertTrue(done.stderr.endswith(" at the stage \"signed\" on 2026-11-25, for la\n"), done.stderr)
        self.assertIn(folded("stage “Signed”. Only what is for Local authority is shown. This page shows no answers."), words_of(page))
        done = run("validate", S117, half, "--as-of", DAY, "--party", "council")
        self.assertEqual((done.returncode, done.stderr), (USAGE, 'formc: --party: the form has no party "council"\n'))

    def test_no_answer_is_on_it(self):
        for name in ("half", "faulty"):
            plan = os.path.join(S117, "examples", name + ".xml")
            answers = {folded(t) for e in etree.parse(plan).getroot().iter() if not len(e) for t in [e.text or ""]}
            form = folded(etree.tostring(etree.parse(os.path.join(S117, "form.xml")), method="text", encoding="unicode"))
            answers = {a for a in answers if len(a) > 5 and a not in form}
            self.assertGreater(len(answers), 5)
            _, made = self.pages(S117, plan, "--stage", "signed")
            for page in made:
                with open(page, "rb") as f:
                    raw = f.read()
                everything = words_of(page)
                if page.endswith(".docx"):
                    with zipfile.ZipFile(page) as z:
                        self.assertFalse([n for n in z.namelist() if "customXml" in n or "glossary" in n])
                        everything += folded("".join(z.read(n).decode("utf-8") for n in z.namelist() if n.endswith(".xml")))
                elif page.endswith(".html"):
                    everything += folded(raw.decode("utf-8"))
                else:
                    said = unpacked(page)
                    self.assertIn(b"/Catalog", said)
                    self.assertNotIn(b"/EmbeddedFile", said)
                    self.assertNotIn(b"/AcroForm", said)
                self.assertEqual([a for a in answers if a in everything], [])

    def test_nothing_is_missing(self):
        plan = self.path("empty.xml")
        form = self.path("form.xml")
        with open(form, "w", encoding="utf-8") as f:
            f.write('<form xmlns="urn:formc:form:1" id="f" version="1.0.0" status="draft" xml:lang="en-GB" data-ns="urn:x:f">'
                    '<title>T</title><section id="s" title="S"><field id="a" label="A" type="line"/></section></form>')
        self.assertEqual(run("new", form, "-o", plan).returncode, OK)
        _, made = self.pages(form, plan, code=OK)
        for page in made:
            self.assertIn(folded("Checked for 25/11/2026. This page shows no answers.Nothing is missing."), words_of(page))

    def test_the_same_bytes(self):
        plan = os.path.join(S117, "examples", "half.xml")
        _, made = self.pages(S117, plan, "--stage", "signed")
        first = [open(p, "rb").read() for p in made]
        _, made = self.pages(S117, plan, "--stage", "signed")
        self.assertEqual(first, [open(p, "rb").read() for p in made])

    def test_themes_and_languages(self):
        plan = os.path.join(S117, "examples", "half.xml")
        self.pages(S117, plan, "--stage", "signed", "--lang", "en-GB-x-easyread")
        self.assertIn("What", words_of(self.path("page.html")))
        done = run("validate", S117, plan, "--as-of", DAY, "--stage", "signed", "-o", self.path("large.pdf"),
                   "--theme", "large-print")
        self.assertEqual(done.returncode, FOUND)

    def test_what_does_not_go_together(self):
        plan = os.path.join(S117, "examples", "half.xml")
        page = self.path("p.pdf")
        for options in (["-o", self.path("p.txt")], ["--theme", "plain"], ["-o", page, "--format", "json"], ["--to", "pdf"],
                        ["--force"], ["-o", page, "--theme", "no-such-theme"]):
            done = run("validate", S117, plan, "--as-of", DAY, *options)
            self.assertIn(done.returncode, (FOUND, USAGE), options)
            self.assertFalse(os.path.exists(page), options)
        open(page, "w").close()
        self.assertEqual(run("validate", S117, plan, "--as-of", DAY, "-o", page).returncode, REFUSED)

    def test_sarif(self):
        plan = os.path.join(S117, "examples", "faulty.xml")
        data = json.loads(run("validate", S117, plan, "--as-of", DAY, "--format", "json").stdout)
        log = json.loads(run("validate", S117, plan, "--as-of", DAY, "--format", "sarif").stdout)
        self.assertEqual(shape(log, SARIF), [])
        (one,) = log["runs"]
        rules = [r["id"] for r in one["tool"]["driver"]["rules"]]
        self.assertEqual(len(rules), len(set(rules)))
        levels = {"error": "error", "warning": "warning", "advice": "note"}
        self.assertEqual(
            [(f["rule"], levels[f["severity"]], f["message"], f["path"], f["label"]) for f in data["findings"]],
            [(r["ruleId"], r["level"], r["message"]["text"], r["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
              r["locations"][0]["logicalLocations"][0].get("name", "")) for r in one["results"]])
        self.assertEqual([rules[r["ruleIndex"]] for r in one["results"]], [r["ruleId"] for r in one["results"]])


if __name__ == "__main__":
    unittest.main()
