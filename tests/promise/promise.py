"""The promise: a change to the definition arrives in every output, everywhere it belongs, and
nothing else changes.

One edit at a time is made in a copy of the form. The form is built before and after, and the
outputs are read by other people's programs: Word forms with python's zip and lxml, PDFs with
pdf.js, pages with libxml2's reader of HTML, C with the compiler (field_table.c is
compiled with it and run over plans). What they read is
turned into facts, short strings. Each edit says how the facts of each output follow from those
before it; anything beyond that is a failure.
"""
import difflib
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import readers
from lxml import etree

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
HERE = os.path.dirname(os.path.abspath(__file__))
FORM = os.path.join(SOURCE, "forms", "s117-aftercare")
NEEDS = 16        # uses of the block
failures = []


def fail(what):
    failures.append(what)
    print("  FAILED: " + what)


def run(args):
    r = subprocess.run(args, capture_output=True, encoding="utf-8")
    if r.returncode:
        sys.exit("%s\n%s%s" % (" ".join(args), r.stdout, r.stderr))
    return r.stdout


# ---- facts

def compact(x):
    return json.dumps(x, ensure_ascii=False, sort_keys=True)


def facts_of(folder, work):
    """Facts of everything in an output folder: {kind: [fact, ...]}."""
    word = readers.docx(one(folder, "*.docx"))
    pdf = readers.pdf(one(folder, "*.pdf"))
    found = {
        "docx text": word["text"],
        "docx controls": [compact(c) for c in word["controls"]],
        "docx captions": word["captions"],
        "docx parts": [name + ": " + w for name, words in word["parts"].items() for w in words],
        "pdf text": pdf["text"].split(" "),
        "pdf fields": [compact(f) for f in pdf["fields"]],
        "pdf outline": pdf["outline"],
        "pdf furniture": sorted({re.sub(r"\d+", "#", f) for f in pdf["furniture"] if f.strip()}),
        "pdf title": [pdf["title"], pdf["language"]],
    }
    page = readers.html(one(folder, "*.html"))
    found.update({"html text": page["text"], "html controls": [compact(c) for c in page["controls"]],
                  "html script": page["script"]})
    if sorted(f["name"] for f in pdf["fields"]) != pdf["names"]:
        fail("getFieldObjects of pdf.js does not list the widgets of the pages")
    c = readers.c(os.path.join(folder, "c"), work, "signed", "2026-08-01", plans(work))
    found.update(("c " + kind, facts) for kind, facts in c.items())
    with open(os.path.join(folder, "model.xml"), "rb") as f:
        # n is the number of a field: it moves when a field comes in before
        found["model"] = [re.sub(r"^field n=\d+ ", "field ", w)
                          for w in readers.words_of(etree.fromstring(f.read()))]
    return found


def plans(work):
    """The examples, and one that is near a limit: reviewed every 9 months."""
    near = os.path.join(work, "near.xml")
    with open(os.path.join(FORM, "examples", "complete.xml"), encoding="utf-8") as f:
        text = f.read()
    with open(near, "w", encoding="utf-8") as f:
        f.write(text.replace("<every>6 months</every>", "<every>9 months</every>"))
    return [os.path.join(FORM, "examples", "complete.xml"),
            os.path.join(FORM, "examples", "faulty.xml"), near]


def one(folder, pattern):
    found = glob.glob(os.path.join(folder, pattern))
    if len(found) != 1:
        sys.exit("%s: %d files like %s" % (folder, len(found), pattern))
    return found[0]


# ---- how facts follow from facts

class Same:
    """Nothing changes."""

    def check(self, name, before, after, fail=fail):
        if before != after:
            fail("%s changed: %s" % (name, difference(before, after)))


class Words:
    """In exactly `count` facts the old words are replaced by the new ones; nothing else changes."""

    def __init__(self, count, *pairs):
        self.count, self.pairs = count, pairs

    def check(self, name, before, after, fail=fail):
        want, touched = [], 0
        joined = name == "pdf text"
        for fact in [" ".join(before)] if joined else before:
            changed, n = fact, 0
            for old, new in self.pairs:
                n += changed.count(old)
                changed = changed.replace(old, new)
            touched += n if joined else n > 0
            want.append(changed)
        if touched != self.count:
            fail("%s: %d places, not %d" % (name, touched, self.count))
        if want != ([" ".join(after)] if joined else after):
            fail("%s: more or other words changed: %s" % (name, difference(want, after)))


class Added:
    """Facts come in at one place or several, none goes. `expect`: expressions of which each must
    match one of the new facts; with exactly=N there are N new facts."""

    def __init__(self, *expect, exactly=None):
        self.expect, self.exactly = expect, exactly

    def check(self, name, before, after, fail=fail):
        new = []
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        for op, a, b, c, d in matcher.get_opcodes():
            if op in ("replace", "delete"):
                fail("%s: something went: %s" % (name, before[a:b][:3]))
            if op in ("replace", "insert"):
                new += after[c:d]
        shown = " ".join(new) if name == "pdf text" else "\n".join(new)
        for e in self.expect:
            if not re.search(e, shown, re.M):
                fail("%s: there is nothing like %s in what is new: %s" % (name, e, new[:4]))
        if self.exactly is not None and len(new) != self.exactly:
            fail("%s: %d new, not %d: %s" % (name, len(new), self.exactly, new[:4]))


def difference(want, have):
    return [ln for ln in difflib.unified_diff(want, have, "wanted", "found", n=0, lineterm="")][2:8]


# ---- the edits

class Edit:
    """old is replaced by new in form.xml, where old stands exactly once. then: {kind: how the facts
    follow}; kinds that are not named stay the same. same_bytes: patterns of files that may
    differ in the form's digest only. more: pairs of further replacements."""

    def __init__(self, name, old, new, then, same_bytes=(), more=()):
        self.name, self.then, self.same_bytes, self.pairs = name, then, same_bytes, [(old, new), *more]

    def apply(self, form):
        path = os.path.join(form, "form.xml")
        with open(path, encoding="utf-8") as f:
            text = f.read()
        for old, new in self.pairs:
            if text.count(old) != 1:
                sys.exit("%s: form.xml has \"%s\" %d times" % (self.name, old, text.count(old)))
            text = text.replace(old, new)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)


def words_of_files(folder, pattern):
    """Files as bytes without digests; a Word form as its parts."""
    found = {}
    for path in glob.glob(os.path.join(folder, pattern)):
        name = os.path.relpath(path, folder)
        if path.endswith(".docx"):
            with zipfile.ZipFile(path) as z:
                for n in z.namelist():
                    found[name + "/" + n] = z.read(n)
        else:
            with open(path, "rb") as f:
                found[name] = f.read()
    return {n: re.sub(rb"[0-9a-f]{64}", b"<digest>", d) for n, d in found.items()}


def digest_of(folder):
    with open(os.path.join(folder, "model.xml"), encoding="utf-8") as f:
        return re.search(r"sha256:[0-9a-f]{64}", f.read()).group()


S48, S51 = "[\"s48\", \"Section 48 (with or without 49)\"]", ", [\"s51\", \"Section 51\"]"
SIGN_8 = [r"crisis.sign.8.?.warning\"", r"crisis.sign.8.?.action\"", r"crisis.sign.8.?.who\"",
          r"crisis.sign.8.?.access\"", "Responsible Person, row 8\""]
NEED = "Responsible Professional/Provider"
EDITS = [
    Edit("one label", "label=\"Diagnosis linked to this Section 117 duty\"",
         "label=\"Diagnosis behind this duty\"",
         {kind: Words(1, ("Diagnosis linked to this Section 117 duty", "Diagnosis behind this duty"))
          for kind in ("docx text", "docx controls", "pdf text", "pdf fields", "html text", "html controls",
                       "html script", "c field", "model")}),
    Edit("a label that a message is made from", "label=\"Lead for arranging reviews\"",
         "label=\"Keeper of the reviews\"",
         dict({kind: Words(1, ("Lead for arranging reviews", "Keeper of the reviews"))
               for kind in ("docx text", "docx controls", "pdf text", "pdf fields", "html text", "html controls",
                            "c field")},
              **{kind: Words(n, ("Lead for arranging reviews", "Keeper of the reviews"),
                             ("lead for arranging reviews", "keeper of the reviews"))
                 for kind, n in (("html script", 2), ("c rule", 1), ("c finding", 1), ("model", 2))})),
    Edit("a label inside the block", "label=\"%s\"" % NEED, "label=\"Who does it\"",
         {kind: Words(NEEDS, (NEED, "Who does it"))
          for kind in ("docx text", "docx controls", "pdf text", "pdf fields", "html text", "html controls",
                       "html script", "c field", "model")}),
    Edit("one hint", "<hint>(e.g., Easy Read, interpreter, alternative formats)</hint>",
         "<hint>(for example Easy Read or an interpreter)</hint>",
         {kind: Words(1, ("(e.g., Easy Read, interpreter, alternative formats)",
                          "(for example Easy Read or an interpreter)"))
          for kind in ("docx text", "pdf text", "html text", "html controls", "model")}, same_bytes=["c/*"]),
    Edit("a title", "title=\"Psychological Therapies\"", "title=\"Talking and Other Therapies\"",
         {kind: Words(n, ("Psychological Therapies", "Talking and Other Therapies"))
          for kind, n in (("docx text", 1), ("docx captions", 1), ("pdf text", 1), ("pdf fields", 6),
                          ("pdf outline", 1), ("html text", 2), ("html script", 8), ("c rule", 1), ("model", 8))}),
    Edit("a prompt", "<p>Eating disorder services</p>", "<p>Services for eating disorders</p>",
         {kind: Words(1, ("Eating disorder services", "Services for eating disorders"))
          for kind in ("docx text", "pdf text", "html text", "model")}, same_bytes=["c/*"]),
    Edit("a field more", "<field id=\"next\" label=\"Next scheduled review\"",
         "<field id=\"venue\" label=\"Where reviews take place\" type=\"line\"/>\n"
         "    <field id=\"next\" label=\"Next scheduled review\"",
         {"docx text": Added("^Where reviews take place$", exactly=2),
          "docx controls": Added("\"tag\": \"review/venue\", \"title\": \"Where reviews take place\"",
                                 exactly=1),
          "docx parts": Added(r"customXml/item1.xml: review\.venue", exactly=1),
          "pdf text": Added("^Where reviews take place$", exactly=4),
          "pdf fields": Added("\"name\": \"review.venue\"",
                              "\"label\": \"H. Review Arrangements: Where reviews take place\"",
                              exactly=1),
          "html text": Added("^Where reviews take place$", exactly=2),
          "html controls": Added("\"name\": \"review.venue\"", exactly=1),
          "html script": Added("path: \"review/venue\"", exactly=1),
          "c field": Added(r"^review/venue \| Where reviews take place \| line \|", exactly=1),
          "model": Added("path=review/venue", exactly=1)}),
    Edit("a blank row more", "blank-rows=\"7\"", "blank-rows=\"8\"",
         {"docx text": Added("^Click to enter text$", exactly=4),
          "docx controls": Added(*SIGN_8, exactly=4),
          "docx parts": Added(r"item1.xml: crisis\.sign\.8\.warning", r"crisis\.sign\.8\.access",
                              exactly=4),
          "pdf fields": Added(*SIGN_8, exactly=4),
          "html text": Added("^Warning Signs of Relapse", "^8$", exactly=16),
          "html controls": Added("Warning Signs.*Row 8.*crisis.sign.8.warning", "crisis.sign.8.access", exactly=4),
          "model": Words(1, ("blank-rows=7", "blank-rows=8"))}, same_bytes=["c/*"]),
    Edit("a choice more", "<choice id=\"s48\">Section 48 (with or without 49)</choice>",
         "<choice id=\"s48\">Section 48 (with or without 49)</choice>\n"
         "    <choice id=\"s51\">Section 51</choice>",
         {"docx controls": Words(1, (S48 + "]", S48 + S51 + "]")),
          "pdf fields": Words(1, (S48 + "]", S48 + S51 + "]")),
          "html text": Added("^Section 51$", exactly=1),
          "html controls": Added("\"detention.section\", \"type\": \"radio\", \"value\": \"s51\"", exactly=1),
          "html script": Added("id: \"s51\", label: \"Section 51\"", exactly=1),
          "c field": Words(1, ("s48=Section 48 (with or without 49);",
                               "s48=Section 48 (with or without 49);s51=Section 51;")),
          "model": Added("^choice id=s51 Section 51$", exactly=1)}),
    Edit("a question with several choices more", "<field id=\"next\" label=\"Next scheduled review\"",
         "<field id=\"aids\" label=\"Help at reviews\" type=\"choices\" choices=\"aids\"/>\n"
         "    <field id=\"next\" label=\"Next scheduled review\"",
         {"docx text": Added("^Help at reviews$", "^☐An interpreter$", "^☐Large print$", exactly=3),
          "docx controls": Added("\"checked\": ..0.*\"tag\": \"review/aids/print\"",
                                 "\"title\": \"Help at reviews: An interpreter\"", exactly=2),
          "docx parts": Added(r"customXml/item1.xml: review\.aids\.interpreter false",
                              r"customXml/item1.xml: review\.aids\.print false", exactly=2),
          "pdf text": Added("^Help at reviews An interpreter Large print$", exactly=7),
          "pdf fields": Added("\"name\": \"review.aids.interpreter\"",
                              "\"label\": \"H. Review Arrangements: Help at reviews: Large print\"", exactly=2),
          "html text": Added("^Help at reviews$", "^An interpreter$", "^Large print$", exactly=4),
          "html controls": Added("\"name\": \"review.aids.interpreter\", \"type\": \"checkbox\"",
                                 "Help at reviews.*Large print", exactly=2),
          "html script": Added("path: \"review/aids\"", "\"interpreter\", label: \"An interpreter\"",
                               "^const rule_review_aids_type"),
          "c field": Added(r"^review/aids \| Help at reviews \| choices \|.*interpreter=An interpreter;print=Large",
                           exactly=1),
          "c rule": Added(r"^review/aids.type", exactly=1),
          "model": Added("path=review/aids", "^choice id=print Large print$", "id=review/aids.type")},
         more=[("<choices id=\"mha-sections\" open=\"yes\">",
                "<choices id=\"aids\"><choice id=\"interpreter\">An interpreter</choice>"
                "<choice id=\"print\">Large print</choice></choices>\n  <choices id=\"mha-sections\" open=\"yes\">")]),
    Edit("a rule that is stricter", "must=\"every le months(12)\"", "must=\"every le months(5)\"",
         {"c finding": Added(r"^complete.xml: review/every \| review/every.must \| error",
                             r"^near.xml: review/every \| review/every.must \| error", exactly=2),
          "html script": Words(2, ("review/every le months(12)", "review/every le months(5)"),
                               ("[\"review/every\"].value, \"le\", interval(12n", "[\"review/every\"].value, \"le\", interval(5n")),
          "model": Words(1, ("review/every le months(12)", "review/every le months(5)"))},
         same_bytes=["*.docx", "c/fv.h", "c/*_read.c", "c/*.h"]),
    Edit("a message", "<message>The date of birth is in the future. Check the year.</message>",
         "<message>This date of birth has yet to come. Check the year.</message>",
         {kind: Words(1, ("The date of birth is in the future.", "This date of birth has yet to come."))
          for kind in ("html script", "c rule", "c finding", "model")}, same_bytes=["*.docx", "c/fv.h", "c/*.h"]),
]


def check_the_checks():
    """Each kind of check lets the right facts pass and none of the wrong ones."""
    old = ["a", "label", "b"]
    cases = [
        (Same(), old, ["a", "label", "c"]),
        (Words(1, ("label", "name")), ["a", "name", "b"], ["a", "name", "c"]),
        (Words(1, ("label", "name")), ["a", "name", "b"], old),
        (Words(2, ("label", "name")), None, ["a", "name", "b"]),
        (Added("^new$", exactly=1), ["a", "label", "new", "b"], ["a", "label", "new"]),
        (Added("^new$"), ["new"] + old, ["newer"] + old),
        (Added(exactly=1), ["x"] + old, ["x", "y"] + old),
    ]
    for check, right, wrong in cases:
        for facts, ok in ((right, True), (wrong, False)):
            if facts is None:
                continue
            said = []
            check.check("check", old, facts, said.append)
            if bool(said) == ok:
                sys.exit("the check %s says %s of %s" % (type(check).__name__, said, facts))


def build(form, out):
    run([FORMC, "build", form, "-o", out])


def main():
    check_the_checks()
    with tempfile.TemporaryDirectory() as tmp:
        form, out = os.path.join(tmp, "before"), os.path.join(tmp, "out-before")
        shutil.copytree(FORM, form)
        build(form, out)
        before = facts_of(out, tmp)
        for kind, facts in before.items():
            if not facts and kind != "docx captions":
                sys.exit("nothing was read: " + kind)
        print("read: " + ", ".join("%d %s" % (len(f), k) for k, f in before.items()))
        for i, edit in enumerate(EDITS):
            print(edit.name)
            form, changed = os.path.join(tmp, "form-%d" % i), os.path.join(tmp, "out-%d" % i)
            shutil.copytree(FORM, form)
            edit.apply(form)
            build(form, changed)
            after = facts_of(changed, tmp)
            for kind in before:
                edit.then.get(kind, Same()).check(kind, before[kind], after[kind])
            for pattern in edit.same_bytes:
                was, now = words_of_files(out, pattern), words_of_files(changed, pattern)
                for name in sorted(set(was) | set(now)):
                    if was.get(name) != now.get(name):
                        fail("%s is not the same file" % name)
            if digest_of(out) == digest_of(changed):
                fail("the digest did not change")
    if failures:
        sys.exit("%d failures" % len(failures))
    print("%d edits, each found where it belongs and nowhere else" % len(EDITS))


main()
