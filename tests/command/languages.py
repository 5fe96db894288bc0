"""Language files from outside: formc translate makes and updates them and loses nothing (E506 where
it would); every verb speaks the language asked for; labels are read in every language; a version
freezes them; and a made-up language finds words that formc says without asking for a translation."""

import copy
import json
import os
import queue
import random
import re
import shutil
import subprocess
import tempfile
import threading
import time
import unittest
import zipfile

from lxml import etree

FORMC = os.environ["FORMC"]
TOP = os.environ["FORMC_SOURCE"]
OK, FOUND, USAGE, REFUSED, IO = range(5)
NS = "{urn:formc:language:1}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

FORM = """<form xmlns="urn:formc:form:1" id="visit" version="%(version)s" status="%(status)s" xml:lang="%(lang)s" data-ns="urn:formc:data:visit">
<title>A visit</title>
<parties><party id="host" kind="person">The host</party></parties>
<choices id="tea"><choice id="green">Green tea</choice><choice id="black">Black tea</choice></choices>
<block id="guest"><field id="name" label="Name of the guest" type="person-name" required="yes"/></block>
<section id="s" title="The visit" completed-by="host">
%(body)s
<use id="first" block="guest" number="1" title="First guest"/>
<use id="second" block="guest" number="2" title="Second guest"/>
</section>
</form>"""
BODY = """<note kind="help">See <ref to="day"/>, or <em>ask</em>.</note>
<note kind="purpose"><p>A visit has:</p><list><item>a day</item><item>a host</item></list></note>
<prompts><p>Cake</p><p>Games</p></prompts>
<field id="day" label="Day of the visit" type="date" required="yes"><hint>A Sunday is good.</hint></field>
<field id="tea" label="Which tea?" type="choice" choices="tea" required="yes"/>
<field id="well" label="Is everybody well?" type="yes-no"><details id="who" label="Who is not?" when="well eq no" required="yes"/></field>"""
PROGRAM = r"""#include "visit.h"
#include <stdio.h>
static void print(void *user, const fv_finding *f)
{
    static const char *const severities[] = {"error", "warning", "advice"};
    (void)user;
    printf("%s %s %s: %s\n", severities[f->severity], f->path, f->rule, f->message);
}
int main(int argc, char **argv)
{
    struct visit *plan;
    unsigned long line;
    for (int i = 1; i < argc; i++) {
        fv_report report = fv_report_make(NULL, 0, print, NULL);
        if (visit_read_file(&plan, argv[i], &line) != FV_READ_OK)
            return 3;
        visit_validate(plan, 0, fv_date_make(2026, 1, 31), &report);
        visit_release(plan);
        puts("--");
    }
    return 0;
}
"""
PLAN = """<visit xmlns="urn:formc:data:visit" xmlns:p="urn:formc:plan:1" p:form="visit" p:version="1.0.0">
<s>%s</s></visit>"""


def text_of(element):
    return " ".join("".join(element.itertext()).split())


class Languages(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="formc languages ")
        self.addCleanup(shutil.rmtree, self.dir)
        self.file = os.path.join(self.dir, "lang", "cy.xml")

    def form(self, body=BODY, lang="en-GB", version="1.0.0", status="draft"):
        with open(os.path.join(self.dir, "form.xml"), "w", encoding="utf-8") as out:
            out.write(FORM % {"body": body, "lang": lang, "version": version, "status": status})

    def formc(self, verb, *args, expect=OK):
        done = subprocess.run([FORMC, verb, self.dir, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, timeout=120, check=False, encoding="utf-8")
        self.assertEqual(done.returncode, expect, done.stderr)
        return done

    def translate(self, lang="cy", expect=OK):
        return self.formc("translate", "--lang", lang, expect=expect)

    def read(self, lang="cy"):
        with open(os.path.join(self.dir, "lang", lang + ".xml"), encoding="utf-8") as file:
            return file.read()

    def write(self, text, lang="cy"):
        os.makedirs(os.path.join(self.dir, "lang"), exist_ok=True)
        with open(os.path.join(self.dir, "lang", lang + ".xml"), "w", encoding="utf-8") as out:
            out.write(text)

    def fill_in(self, say, lang="cy"):
        """Every translation that is empty gets what say(key, original) gives."""
        tree = etree.fromstring(self.read(lang).encode())
        for entry in tree.iter(NS + "text", NS + "word"):
            to, original = entry.find(NS + "translation"), entry.find(NS + "original")
            if len(to) or (to.text or "").strip():
                continue
            said = say(entry.get("of") or entry.get("id"), copy.deepcopy(original))
            if isinstance(said, str):
                to.text = said
            else:
                to.text = said.text
                to[:] = list(said)
        self.write(etree.tostring(tree, encoding="unicode"), lang)

    def entries(self, lang="cy"):
        tree = etree.fromstring(self.read(lang).encode())
        return {e.get("of") or "word:" + e.get("id"): e for e in tree.iter(NS + "text", NS + "word")}

    # -- the file ------------------------------------------------------------------------------

    def test_a_new_file_has_every_text_once_in_the_forms_order(self):
        self.form()
        self.assertIn("not translated", self.translate().stderr)
        tree = etree.fromstring(self.read().encode())
        self.assertEqual((tree.get("form"), tree.get(XML_LANG)), ("visit", "cy"))
        self.assertEqual([e.get("of") for e in tree.find(NS + "texts")], [
            "title", "party:host", "choice:tea/green", "choice:tea/black", "block:guest/name label", "s title",
            "s note 1", "s note 2", "s prompt 1", "s prompt 2", "s/day label", "s/day hint", "s/tea label",
            "s/well label", "s/who label", "s/first title", "s/second title"])
        self.assertIn('<original>See <ref to="day"/>, or <em>ask</em>.</original>', self.read())
        self.assertIn("<original>Page {page} of {pages}</original>", self.read())
        before = self.read()
        self.translate()
        self.assertEqual(self.read(), before)
        self.assertIn("W330", self.formc("check").stderr)

    def test_what_changes_in_the_form_is_marked_and_nothing_is_lost(self):
        self.form()
        self.translate()
        self.fill_in(lambda key, original: original if len(original) or "{" in original.text else "cy " + key)
        self.assertNotIn("warning", self.formc("check").stderr.replace("W322", ""))
        changed = BODY.replace("Day of the visit", "Date of the visit").replace('<p>Games</p>', '<p>Music</p><p>Games</p>')
        changed = changed.replace('id="well"', 'id="fine"').replace("well eq", "fine eq")
        changed = changed.replace("<hint>A Sunday is good.</hint>", "")
        self.form(changed)
        told = self.formc("check").stderr
        self.assertRegex(told, r'cy\.xml:\d+:\d+: warning\[W331\]: the words of "s/day label" have changed')
        self.assertRegex(told, r'form\.xml:\d+:\d+: these are the words now')
        self.assertRegex(told, r'warning\[W332\]: the form has no text "s/day hint"')
        self.assertRegex(self.translate().stderr, r"cy: \d+ texts, 1 not translated, 1 to look at again, 1 obsolete")
        made = self.entries()
        day = made["s/day label"]
        self.assertEqual([text_of(e) for e in day], ["Day of the visit", "Date of the visit", "cy s/day label"])
        self.assertEqual([e.tag for e in day], [NS + "was", NS + "original", NS + "translation"])
        self.assertEqual(text_of(made["s/fine label"].find(NS + "translation")), "cy s/well label")  # another id
        self.assertEqual(text_of(made["s prompt 3"].find(NS + "translation")), "cy s prompt 2")  # another number
        self.assertEqual(text_of(made["s prompt 2"].find(NS + "translation")), "")
        self.assertEqual(made["s/day hint"].getparent().tag, NS + "obsolete")
        before = self.read()
        self.translate()
        self.assertEqual(self.read(), before)
        self.form()  # as it was
        self.translate()
        self.assertNotIn("<was>", self.read())
        self.assertNotIn("<obsolete>", self.read())
        self.assertEqual(text_of(self.entries()["s/day hint"].find(NS + "translation")), "cy s/day hint")

    def test_what_would_be_lost_stops_it(self):
        self.form()
        self.translate()
        good = self.read()
        for bad, code, status in ((good.replace("<words>", "<!-- ask Ann --><words>"), "E506", REFUSED),
                                  (good.replace("<words>", "<word/><words>"), "E105", FOUND),
                                  (good.replace("</words>", ""), "E006", FOUND),
                                  (good.replace('form="visit"', 'form="visits"'), "E501", FOUND)):
            self.write(bad)
            self.assertIn(code, self.translate(expect=status).stderr)
            self.assertEqual(self.read(), bad)
        self.write(good.replace("<translation></translation>",
                                "<translation></translation>\n      <comment>ask Ann:\n  twice</comment>", 1))
        self.translate()
        self.assertIn("<comment>ask Ann:\n  twice</comment>", self.read())

    def test_translations_outlive_any_change_of_the_form(self):
        """Texts come, go, move and change at random: every translation that was ever typed is in the
        file afterwards, with the words that it was made from."""
        for seed in range(12):
            chance = random.Random(seed)
            shutil.rmtree(os.path.join(self.dir, "lang"), ignore_errors=True)
            words = ["One", "Two", "Three", "Four", "One"]
            typed, n = set(), 0
            for _ in range(6):
                fields = []
                for i in range(chance.randrange(1, 7)):
                    label = chance.choice(words) if chance.random() < 0.8 else "Word %d" % chance.randrange(50)
                    hint = "<hint>%s</hint>" % chance.choice(words) if chance.random() < 0.4 else ""
                    fields.append('<field id="f%d" label="%s" type="line">%s</field>' % (chance.randrange(9) * 10 + i, label, hint))
                self.form("<note kind=\"help\">%s</note>" % chance.choice(words) + "".join(fields))
                self.translate()
                tree = etree.fromstring(self.read().encode())
                there = {(text_of(e.find(NS + "was") if e.find(NS + "was") is not None else e.find(NS + "original")),
                          text_of(e.find(NS + "translation"))) for e in tree.iter(NS + "text")}
                self.assertEqual(typed - there, set(), "seed %d" % seed)
                for e in tree.find(NS + "texts"):
                    to = e.find(NS + "translation")
                    if not to.text and chance.random() < 0.6:
                        n += 1
                        to.text = "t%d" % n
                        typed.add((text_of(e.find(NS + "original")), to.text))
                    elif e.find(NS + "was") is not None and chance.random() < 0.3:  # looked at
                        typed.remove((text_of(e.find(NS + "was")), to.text))
                        typed.add((text_of(e.find(NS + "original")), to.text))
                        e.remove(e.find(NS + "was"))
                self.write(etree.tostring(tree, encoding="unicode"))

    def test_editors_know_what_formc_writes(self):
        rng = etree.RelaxNG(etree.parse(os.path.join(TOP, "forms", "language.rng")))
        self.form()
        self.translate()
        self.fill_in(lambda key, original: original if len(original) else "x " + (original.text if "{" in original.text else ""))
        self.form(BODY.replace("Which tea?", "What tea?").replace("<hint>A Sunday is good.</hint>", ""))
        self.translate()
        self.assertIn("<was>", self.read())
        self.assertIn("<obsolete>", self.read())
        self.assertTrue(rng.validate(etree.fromstring(self.read().encode())), rng.error_log)
        here = os.path.join(TOP, "tests", "diagnostics")
        self.assertTrue(rng.validate(etree.parse(os.path.join(here, "language-fine.xml"))), rng.error_log)
        for bad in ("head", "no-original", "not-one"):
            self.assertFalse(rng.validate(etree.parse(os.path.join(here, "language-%s.xml" % bad))), bad)

    # -- speaking it ---------------------------------------------------------------------------

    def welsh(self):
        """A complete file of a made-up Welsh: every text has "cy:" in front."""
        self.translate()

        def say(_, original):
            if not len(original):
                return "cy: " + original.text
            inner = original[0] if original[0].tag in (NS + "p", NS + "list") else original
            inner.text = "cy: " + (inner.text or "").lstrip()
            return original
        self.fill_in(say)

    def test_documents_speak_the_language(self):
        self.form()
        self.welsh()
        self.formc("check")
        out = os.path.join(self.dir, "out")
        done = self.formc("build", "-o", out, "--lang", "cy", "--only", "docx,pdf,model")
        self.assertEqual(sorted(os.listdir(out)), ["model.cy.xml", "visit.cy.docx", "visit.cy.pdf"])
        self.assertNotIn("others in", done.stderr)
        model = etree.parse(os.path.join(out, "model.cy.xml")).getroot()
        self.assertEqual((model.get("lang"), model.get("title")), ("cy", "cy: A visit"))
        self.formc("build", "-o", out, "--only", "model")
        own = etree.parse(os.path.join(out, "model.xml")).getroot()
        self.assertEqual(own.get("digest"), model.get("digest"))
        for a, b in zip(own.iter("{*}field"), model.iter("{*}field")):
            self.assertEqual([a.get(k) for k in ("n", "path", "type")], [b.get(k) for k in ("n", "path", "type")])
            self.assertTrue(b.get("label").startswith("cy: "), b.get("label"))
        with zipfile.ZipFile(os.path.join(out, "visit.cy.docx")) as z:
            styles, document = z.read("word/styles.xml").decode(), z.read("word/document.xml").decode()
        self.assertIn('<w:lang w:val="cy"', styles)
        self.assertNotIn("<w:lang ", document)  # all of it is in the document's language
        self.assertIn("cy: Click to enter text", document)

    def test_a_partial_file_stays_one(self):
        """What was left out on purpose is not put in again, by any number of updates."""
        self.form()
        self.write('<language xmlns="urn:formc:language:1" form="visit" xml:lang="cy" partial="yes"><texts>'
                   '<text of="s title"><original>An outing</original><translation>Yr ymweliad</translation></text>'
                   '<text of="s/well label"><original>Is everybody well?</original><translation/></text>'
                   '</texts></language>')
        for _ in range(2):
            self.assertIn("cy: 2 texts, 1 not translated, 1 to look at again, 0 obsolete", self.translate().stderr)
            file = etree.fromstring(self.read().encode())
            self.assertEqual([t.get("of") for t in file.iter("{*}text")], ["s title", "s/well label"])
            self.assertIsNone(file.find("{*}words"))

    def test_what_is_not_translated_is_marked(self):
        self.form()
        self.write('<language xmlns="urn:formc:language:1" form="visit" xml:lang="cy" partial="yes"><texts>'
                   '<text of="s title"><original>The visit</original><translation>Yr ymweliad</translation></text>'
                   '<text of="s prompt 2"><original>Games</original><translation>Gemau</translation></text>'
                   '<text of="s/day label"><original>The day</original><translation>Y diwrnod</translation></text>'
                   '</texts></language>')
        out = os.path.join(self.dir, "out")
        told = self.formc("build", "-o", out, "--lang", "cy", "--only", "docx,html,model").stderr
        self.assertIn("2 of 17 texts are in cy, the others in en-GB", told)
        self.assertNotIn("W330", told)
        self.assertIn("W331", told)  # of other words than those of the form: not used
        model = etree.parse(os.path.join(out, "model.cy.xml")).getroot()
        self.assertEqual(model.get("title-lang"), "en-GB")
        section = model.find(".//{*}section")
        self.assertEqual((section.get("title"), section.get("lang")), ("Yr ymweliad", None))
        self.assertEqual([p.get("lang") for p in model.find(".//{*}prompts")], ["en-GB", None])
        day = model.find(".//{*}field[@path='s/day']")
        self.assertEqual((day.get("label"), day.get("lang"), day.get("dir")), ("Day of the visit", "en-GB", "ltr"))
        page = etree.parse(os.path.join(out, "visit.cy.html"), etree.HTMLParser()).getroot()
        self.assertEqual(page.get("lang"), "cy")
        label = page.xpath("//*[local-name() = 'legend'][contains(., 'Day of the visit')]")[0]
        self.assertEqual(label.get("lang"), "en-GB")
        heading = page.xpath("//*[local-name() = 'h2'][contains(., 'Yr ymweliad')]")[0]
        self.assertIsNone(heading.get("lang"))
        for own in label.xpath(".//*[@class = 'optional']"):
            self.assertEqual(own.get("lang"), "cy")  # formc's word within another language's
        with zipfile.ZipFile(os.path.join(out, "visit.cy.docx")) as z:
            document = etree.fromstring(z.read("word/document.xml"))
        spoken = {}
        for run in document.iter(W + "r"):
            lang = run.find(W + "rPr/" + W + "lang")
            spoken["".join(t.text or "" for t in run.iter(W + "t"))] = None if lang is None else lang.get(W + "val")
        self.assertEqual(spoken["A visit"], "en-GB")
        self.assertEqual(spoken["Yr ymweliad"], None)
        self.assertEqual(spoken["Day of the visit"], "en-GB")
        self.assertEqual((spoken["Cake"], spoken["Gemau"]), ("en-GB", None))

    def test_findings_speak_it_and_labels_are_read_in_every_language(self):
        self.form()
        self.welsh()
        plan = os.path.join(self.dir, "plan.xml")

        def said(answers, *args, expect=FOUND):
            with open(plan, "w", encoding="utf-8") as out:
                out.write(PLAN % answers)
            return self.formc("validate", plan, "--as-of", "2026-01-31", *args, expect=expect).stdout
        self.assertIn("cy: Enter a date for cy: “cy: Day of the visit”", said("", "--lang", "cy"))
        self.assertIn("cy: For: cy: The host", said("", "--lang", "cy"))
        self.assertIn("Enter day of the visit", said(""))
        full = ("<day>2026-01-31</day><tea>%s</tea><well>%s</well>%s<first><name>A</name></first>"
                "<second><name>B</name></second>")
        for tea in ("green", "Green tea", "cy: Green tea"):
            for yes in ("yes", "Yes", "cy: Yes"):
                for lang in ("en-GB", "cy"):
                    said(full % (tea, yes, ""), "--lang", lang, expect=OK)
        self.assertIn("Who is not?", said(full % ("black", "cy: No", "")))
        self.assertIn("must be one of the answers", said(full % ("cy: Red tea", "yes", "")))
        self.assertIn("--lang fr: the form does not speak it; it speaks en-GB, cy",
                      self.formc("validate", plan, "--as-of", "2026-01-31", "--lang", "fr", expect=USAGE).stderr)

    def test_what_rules_are_about_and_rows_speak_it(self):
        """Titles of rules, words for what is sensitive, good practice, and messages about rows."""
        more = BODY + """<repeat id="guest" label="Other guests" min="2" required="yes" max="3"><field id="n" label="N" type="line"/></repeat>
            <repeat id="dog" min="1" max="1"><field id="n" label="N" type="line"/></repeat>"""
        head = '<sensitivities><sensitivity id="who">Says who comes</sensitivity></sensitivities><choices'
        rules = """<rules id="good" kind="audit" title="%s"><rule id="tea" must="answered(s/tea)"><message>No tea. Ask why.</message></rule>
            <rule id="host" human="yes" at="s/day s/tea"><message>Is the host glad?</message></rule></rules></form>"""

        def form(title):
            self.form(more)
            with open(os.path.join(self.dir, "form.xml"), encoding="utf-8") as file:
                text = file.read().replace("<choices", head, 1).replace("</form>", rules % title)
            with open(os.path.join(self.dir, "form.xml"), "w", encoding="utf-8") as out:
                out.write(text)
        form("Tea")
        self.translate()
        self.assertIn("W330", self.formc("check").stderr)
        keys = list(self.entries())
        for key in ("sensitivity:who", "rule:good title", "rule:good/tea message", "rule:good/host message",
                    "word:enter-rows-for", "word:more-row-for", "word:look-at"):
            self.assertIn(key, keys)
        self.assertLess(keys.index("rule:good title"), keys.index("rule:good/tea message"))
        self.welsh()
        self.assertNotIn("W33", self.formc("check").stderr)
        plan = os.path.join(self.dir, "plan.xml")
        rows = "<guest><n>%d</n></guest>"
        with open(plan, "w", encoding="utf-8") as out:
            out.write(PLAN % ("".join(rows % i for i in range(4)) + "<dog><n>1</n></dog><dog><n>2</n></dog>"))
        said = self.formc("validate", plan, "--as-of", "2026-01-31", "--lang", "cy", expect=FOUND).stdout
        self.assertIn("\n    cy: There are more than 3 rows for cy: “cy: Other guests”. Delete what is not needed\n", said)
        self.assertIn("\n    cy: There is more than one row for cy: “cy: The visit”. Delete what is not needed\n", said)
        own = self.formc("validate", plan, "--as-of", "2026-01-31", expect=FOUND).stdout
        self.assertIn("\n    There are more than 3 other guests. Delete what is not needed\n", own)
        self.assertIn("\n    There is more than one row for “The visit”. Delete what is not needed\n", own)
        with open(plan, "w", encoding="utf-8") as out:
            out.write(PLAN % (rows % 1))
        said = self.formc("validate", plan, "--as-of", "2026-01-31", "--lang", "cy", expect=FOUND).stdout
        self.assertIn("\n    cy: Enter at least 2 rows for cy: “cy: Other guests”\n", said)
        self.assertIn("\n    cy: Enter at least one row for cy: “cy: The visit”\n", said)
        own = self.formc("validate", plan, "--as-of", "2026-01-31", expect=FOUND).stdout
        self.assertIn("\n    Enter at least 2 other guests\n", own)
        page = ["audit", plan, "--as-of", "2026-01-31", "--show-answers", "--lang"]
        self.assertEqual(self.formc(*page, "cy").stdout, """cy: Good practice: cy: A visit
cy: cy: A plan without an id, on 2026-01-31

cy: This is advice for a reviewer. None of it stands in the way of the plan, and nothing is scored.
cy: What is for a person to judge, only a person may decide.

cy: Tea

  cy: Found
    - cy: No tea. Ask why.
      cy: Look at: cy: Which tea? (s/tea)
                   | (cy: No answer)
      cy: For: cy: The host

  cy: For a person to judge
    - cy: Is the host glad?
      cy: Look at: cy: Day of the visit (s/day)
                   | (cy: No answer)
                   cy: Which tea? (s/tea)
                   | (cy: No answer)
      cy: For: cy: The host
""")
        topic = json.loads(self.formc(*page, "cy", "--format", "json").stdout)["topics"][0]
        self.assertEqual([topic["title"], topic["found"][0]["message"]], ["cy: Tea", "cy: No tea. Ask why."])
        self.formc(*page, "pl", expect=USAGE)
        form("Tea and cake")
        self.assertRegex(self.formc("check").stderr, r'W331\]: the words of "rule:good title" have changed')
        self.assertIn("\n\nTea and cake\n\n  cy: Found\n", self.formc(*page, "cy").stdout)
        self.assertIn("1 to look at again", self.translate().stderr)
        self.form()
        self.translate()
        self.assertEqual({k for k, e in self.entries().items() if e.getparent().tag == NS + "obsolete"} & set(keys), {
            "sensitivity:who", "rule:good title", "rule:good/tea message", "rule:good/host message",
            "s/guest label", "s/guest/n label", "s/dog/n label"})

    def test_watching_sees_the_language_file(self):
        self.form()
        self.welsh()
        out = os.path.join(self.dir, "out")
        said = queue.Queue()
        with subprocess.Popen([FORMC, "build", self.dir, "-o", out, "--watch", "--lang", "cy", "--only", "docx"],
                              stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8") as process:
            reader = threading.Thread(target=lambda: [said.put(line) for line in process.stderr])
            reader.start()
            try:
                self.assertIn("watching", said.get(timeout=30))
                self.assertIn("built in", said.get(timeout=30))
                time.sleep(0.05)  # a later time of change, on any file system
                self.write(self.read().replace("cy: Which tea?", "Pa de?"))
                self.assertIn("s/tea", said.get(timeout=30))
            finally:
                process.terminate()
                reader.join()
        with zipfile.ZipFile(os.path.join(out, "visit.cy.docx")) as z:
            self.assertIn("Pa de?", z.read("word/document.xml").decode())

    def test_generated_c_speaks_it_and_reads_every_label(self):
        self.form()
        self.welsh()
        full = "<day>%s</day><tea>%s</tea><well>%s</well><who%s</who><first><name>A</name></first><second><name>B</name></second>"
        plans, wanted = [], {"en-GB": "", "cy": ""}
        for n, answers in enumerate([
                "", full % ("2026-01-31", "cy: Black tea", "cy: Yes", ">"), full % ("then", "Black tea", "cy: No", ">"),
                full % ("2026-01-31", "cy: Red tea", "no", ' p:absent="asked-declined">'),
                full % ("2026-01-31", "cy:  Green tea ", "cy: no", ' p:absent="asked-unknown">'),
                full % ("2026-01-31", "green", "no", ' p:absent="not-applicable">')]):
            plans.append(os.path.join(self.dir, "plan-%d.xml" % n))
            with open(plans[-1], "w", encoding="utf-8") as out:
                out.write(PLAN % answers)
            for lang in wanted:
                done = subprocess.run([FORMC, "validate", self.dir, plans[-1], "--as-of", "2026-01-31", "--lang", lang,
                                       "--format", "json"], stdout=subprocess.PIPE, check=False, timeout=60)
                for f in json.loads(done.stdout)["findings"]:
                    wanted[lang] += "%(severity)s %(path)s %(rule)s: %(message)s\n" % f
                wanted[lang] += "--\n"
        self.assertIn("advice s/who s/who.required: cy: There is no answer, because it was asked and declined.", wanted["cy"])
        self.assertEqual(wanted["cy"].split("--")[1], "\n")  # labels of another language are answers
        with open(os.path.join(self.dir, "main.c"), "w", encoding="utf-8") as out:
            out.write(PROGRAM)
        xml2 = subprocess.run(["pkg-config", "--cflags", "--libs", "libxml-2.0"], stdout=subprocess.PIPE, check=True,
                              encoding="utf-8").stdout.split()
        for lang, said in wanted.items():
            out = os.path.join(self.dir, "out-" + lang)
            self.formc("build", "-o", out, "--lang", lang, "--only", "c")
            program = os.path.join(out, "program")
            subprocess.run([os.environ.get("CC", "cc"), "-std=c11", "-Wall", "-Wextra", "-Werror", "-I", out + "/c",
                            os.path.join(self.dir, "main.c"), out + "/c/visit.c", out + "/c/visit_read.c", "-o", program, *xml2],
                           check=True, timeout=120)
            done = subprocess.run([program, *plans], stdout=subprocess.PIPE, check=True, encoding="utf-8", timeout=60)
            self.assertEqual(done.stdout, said)

    def test_a_form_of_its_own_language_gives_formc_words(self):
        self.form(lang="cy")
        self.assertIn("E146", self.formc("check", expect=FOUND).stderr)
        self.write('<language xmlns="urn:formc:language:1" form="visit" xml:lang="cy" partial="yes"><words>'
                   '<word id="yes"><original>Yes</original><translation>Ie</translation></word>'
                   '<word id="no"><original>No</original><translation>Nac ydw</translation></word>'
                   '</words></language>')
        self.assertIn("W322", self.formc("check").stderr)
        self.write(self.read().replace("<words>", '<texts><text of="title"><original>A visit</original>'
                                       '<translation>A</translation></text></texts><words>'))
        self.assertIn("E501", self.formc("check", expect=FOUND).stderr)
        os.remove(self.file)
        self.form(body="", lang="cy")
        self.translate()
        self.assertNotIn("<texts", self.read())
        self.fill_in(lambda key, original: "cy: " + original.text)
        self.form(lang="cy")
        self.assertNotIn("W3", self.formc("check").stderr)

    def test_the_file_with_a_forms_own_words_can_be_begun(self):
        """The form asks for yes or no, and nobody has said what that is in its language: the command
        that makes the file for it does not ask for the file first."""
        self.form(lang="cy")
        self.assertRegex(self.translate().stderr, r"\Acy: [^\n]*\n\Z")
        ids = [w.get("id") for w in etree.parse(self.file).iter(NS + "word")]
        self.assertEqual(ids[:2], ["yes", "no"])
        self.assertEqual(list(etree.parse(self.file).iter(NS + "text")), [])
        self.assertIn("E146", self.formc("check", expect=FOUND).stderr)  # nobody has written the words yet

    def test_a_version_freezes_its_languages(self):
        self.form(status="published")
        self.welsh()
        self.formc("publish")
        frozen = os.path.join(self.dir, "published", "1.0.0")
        with open(os.path.join(frozen, "lang", "cy.xml"), encoding="utf-8") as file:
            self.assertEqual(file.read(), self.read())
        good = self.read()
        self.write(good.replace("cy: Which tea?", "Pa de?"))
        self.formc("publish", expect=REFUSED)
        self.form(status="published", version="1.1.0")
        self.write(self.read().replace("cy: The host", ""))
        told = self.formc("publish")
        self.assertIn("W330", told.stderr)
        self.assertIn("Translations into cy:\n  party:host: gone\n  s/tea label: in other words\n", told.stdout)
        plan = os.path.join(self.dir, "plan.xml")
        with open(plan, "w", encoding="utf-8") as out:
            out.write(PLAN % "")
        told = self.formc("validate", plan, "--as-of", "2026-01-31", "--lang", "cy", expect=FOUND).stdout
        self.assertIn("cy: Which tea?", told)  # of the version that the plan was made with

    # -- direction -----------------------------------------------------------------------------

    MIXED = """<note kind="help">This form can be had in other languages.</note>
<note kind="help" xml:lang="cy">Mae'r ffurflen hon ar gael yn Gymraeg.</note>
<note kind="help" xml:lang="ar">هذه الاستمارة متاحة باللغة العربية.</note>
<note kind="help" xml:lang="he"><p>הטופס הזה קיים גם בעברית.</p><list><item>שלום</item></list></note>
<field id="day" label="Day of the visit" type="date"/>"""

    def paragraphs(self, path):
        """{words: (right to left paragraph, right to left run, language)} of a Word document."""
        found = {}
        with zipfile.ZipFile(path) as z:
            document = etree.fromstring(z.read("word/document.xml"))
        for p in document.iter(W + "p"):
            bidi = p.find(W + "pPr/" + W + "bidi")
            run = p.find(W + "r")
            lang = None if run is None else run.find(W + "rPr/" + W + "lang")
            found["".join(t.text or "" for t in p.iter(W + "t"))] = (
                None if bidi is None else bidi.get(W + "val"),
                run is not None and run.find(W + "rPr/" + W + "rtl") is not None,
                None if lang is None else (lang.get(W + "val"), lang.get(W + "bidi")))
        return found, document

    def languages_of_tags(self, path):
        done = subprocess.run(["qpdf", "--json", path], stdout=subprocess.PIPE, check=True)
        return sorted(re.findall(r'"/Lang": "(?:u:)?([A-Za-z-]+)"', done.stdout.decode()))

    def edges(self, path):
        """{first word of a line: (left edge, right edge of the line)} of the first page, in points."""
        done = subprocess.run(["pdftotext", "-bbox-layout", "-l", "1", path, "-"], stdout=subprocess.PIPE, check=True)
        lines = {}
        for line in etree.fromstring(done.stdout).iter("{http://www.w3.org/1999/xhtml}line"):
            lines[" ".join(w.text for w in line)] = (float(line.get("xMin")), float(line.get("xMax")))
        return lines

    def test_notes_in_other_languages_have_language_and_direction(self):
        self.form(self.MIXED)
        out = os.path.join(self.dir, "out")
        self.formc("build", "-o", out, "--only", "docx,pdf")
        found, _ = self.paragraphs(os.path.join(out, "visit.docx"))
        self.assertEqual(found["This form can be had in other languages."], (None, False, None))
        self.assertEqual(found["Mae'r ffurflen hon ar gael yn Gymraeg."], (None, False, ("cy", "cy")))
        self.assertEqual(found["هذه الاستمارة متاحة باللغة العربية."], ("1", True, ("ar", "ar")))
        self.assertEqual(found["הטופס הזה קיים גם בעברית."], ("1", True, ("he", "he")))
        self.assertEqual(found["שלום"], ("1", True, ("he", "he")))
        self.assertEqual(self.languages_of_tags(os.path.join(out, "visit.pdf")), ["ar", "cy", "en-GB", "he", "he"])
        lines = self.edges(os.path.join(out, "visit.pdf"))
        arabic, hebrew = ([right for line, (_, right) in lines.items() if letter in line] for letter in "ةע")
        self.assertGreater(min(arabic + hebrew), 535, lines)
        self.assertLess(lines["Mae'r ffurflen hon ar gael yn Gymraeg."][0], 60)

    def test_a_form_of_the_other_direction(self):
        """A Hebrew file over an English form: what has no translation runs the other way."""
        self.form(self.MIXED + '<field id="why" label="Why?" type="prose"/>')
        words = {"A visit": "ביקור", "Day of the visit": "יום הביקור", "The visit": "הביקור", "First guest": "אורח ראשון",
                 "Page {page} of {pages}": "עמוד {page} מתוך {pages}", "Click to enter text": "לחצו כדי לכתוב"}
        self.translate("he")
        self.fill_in(lambda key, original: words.get(original.text, ""), "he")
        out = os.path.join(self.dir, "out")
        self.formc("build", "-o", out, "--only", "docx,pdf", "--lang", "he")
        found, document = self.paragraphs(os.path.join(out, "visit.he.docx"))
        self.assertEqual(found["ביקור"], (None, True, None))  # the document's own direction
        self.assertEqual(found["Why?"], ("0", False, ("en-GB", "en-GB")))
        self.assertEqual(found["שלום"], (None, True, None))
        self.assertEqual(found["Mae'r ffurflen hon ar gael yn Gymraeg."], ("0", False, ("cy", "cy")))
        self.assertIsNotNone(document.find(".//" + W + "sectPr/" + W + "bidi"))
        for sdt in document.iter(W + "sdt"):
            run = sdt.find(W + "sdtContent/" + W + "r")
            if "".join(t.text for t in run.iter(W + "t")) == "לחצו כדי לכתוב":
                self.assertIsNotNone(run.find(W + "rPr/" + W + "rtl"))
        with zipfile.ZipFile(os.path.join(out, "visit.he.docx")) as z:
            self.assertIn("<w:bidi/>", z.read("word/styles.xml").decode())
            footer = z.read("word/footer1.xml").decode()
        self.assertRegex(footer, r"עמוד .*PAGE.* מתוך .*NUMPAGES")
        pdf = os.path.join(out, "visit.he.pdf")
        info = subprocess.run(["pdfinfo", pdf], stdout=subprocess.PIPE, check=True).stdout.decode()
        self.assertIn("ביקור", info)
        self.assertEqual(self.languages_of_tags(pdf).count("he"), 1)  # that of the document
        lines = self.edges(pdf)
        self.assertLess(lines["Why?"][0], 60)
        self.assertGreater(max(right for _, right in lines.values()), 535)

    # -- a language that nobody speaks ---------------------------------------------------------

    def test_a_made_up_language_leaves_no_word_of_english(self):
        """Every letter of every text and of formc's words becomes another one: what still is English in
        a document or on the page on good practice is a word that cannot be translated. There, ids stay
        (between brackets), and what sources are called."""
        for form in ("s117-aftercare", "street-party"):
            shutil.rmtree(self.dir)
            shutil.copytree(os.path.join(TOP, "forms", form), self.dir)
            self.translate("en-x-pseudo")
            plain, accents = "aeiounylcszAEIOUNYLCSZ", "áéíóúñýĺćśźÁÉÍÓÚÑÝĹĆŚŹ"

            def pseudo(text):
                return "".join(piece if piece.startswith("{") else piece.translate(str.maketrans(plain, accents))
                               for piece in re.split(r"(\{[a-z]+\})", text or ""))

            def say(_, original):
                for e in original.iter():
                    e.text = pseudo(e.text)
                    if e is not original:
                        e.tail = pseudo(e.tail)
                if len(original):
                    original[-1].tail = (original[-1].tail or "") + " " + "ż" * (len(text_of(original)) // 3)
                    if original[-1].tag in (NS + "p", NS + "list"):
                        original[-1].tail = ""
                    return original
                # as much longer as translations are, without breaking the limit of short labels
                return original.text
            self.fill_in(say, "en-x-pseudo")
            self.assertNotRegex(self.formc("check").stderr, r"warning\[W33")
            out = os.path.join(self.dir, "out")
            self.formc("build", "-o", out, "--lang", "en-x-pseudo", "--only", "docx,pdf")
            name = os.path.join(out, form + ".en-x-pseudo")
            shown = [subprocess.run(["pdftotext", name + ".pdf", "-"], stdout=subprocess.PIPE, check=True,
                                    encoding="utf-8").stdout]
            with zipfile.ZipFile(name + ".docx") as z:
                for part in z.namelist():
                    if part.startswith("word/") and part.endswith(".xml") and "styles" not in part and "font" not in part:
                        tree = etree.fromstring(z.read(part))
                        shown += ["".join(t.text or "" for t in p.iter(W + "t")) for p in tree.iter(W + "p")]
                        shown += [e.get(W + "val") for e in tree.iter(W + "alias", W + "tblCaption", W + "tblDescription")]
                        shown += [e.get(W + "displayText") for e in tree.iter(W + "listItem")]
            self.assertGreater(len(shown), 100)
            page = []
            for plan in ("half", "faulty"):
                page += self.formc("audit", os.path.join(self.dir, "examples", plan + ".xml"), "--as-of", "2026-08-01",
                                   "--lang", "en-x-pseudo").stdout.splitlines()
            self.assertEqual([line for line in page if line.lstrip().startswith("Source:")], [])
            self.assertGreater(len(page), {"s117-aftercare": 200, "street-party": 8}[form])
            shown += [re.sub(r"urn:uuid:\S+|\([a-z0-9/\[\]-]+\)$", "", line) for line in page
                      if not line.lstrip().startswith(pseudo("Source:"))]
            for text in shown:
                text = re.sub(re.escape(form) + r"|\b[A-Z]\. ", "", text)  # ids and numbers are not words
                self.assertEqual(re.findall(r"[A-Za-z]*[%s][A-Za-z]*" % plain, text), [], text)


if __name__ == "__main__":
    unittest.main()
