"""The promise: a change to the definition arrives in every output, everywhere it belongs, and
nothing else changes.

One edit at a time is made in a copy of the form. The form is built before and after, and the
outputs are read by other people's programs: Word forms with python's zip and lxml, PDFs with
pdf.js, C with the compiler (field_table.c is compiled against it and run). What they read is
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
    if sorted(f["name"] for f in pdf["fields"]) != pdf["names"]:
        fail("getFieldObjects of pdf.js does not list the widgets of the pages")
    found.update(facts_of_c(os.path.join(folder, "c"), work))
    return found


def one(folder, pattern):
    found = glob.glob(os.path.join(folder, pattern))
    if len(found) != 1:
        sys.exit("%s: %d files like %s" % (folder, len(found), pattern))
    return found[0]


def facts_of_c(folder, work):
    program = os.path.join(work, "field_table")
    sources = [f for f in sorted(glob.glob(os.path.join(folder, "*.c")))
               if "example" not in os.path.basename(f) and "read" not in os.path.basename(f)]
    run([os.environ["CC"], "-std=c11", "-Wall", "-Wextra", "-Werror", "-O0", "-I", folder,
         "-o", program, os.path.join(HERE, "field_table.c")] + sources)
    lines = readers.no_digest(run([program])).split("\n")
    return {"c " + kind: [ln for ln in lines if ln.startswith(kind + " ")]
            for kind in ("form", "field", "rule", "finding")}


# ---- how facts follow from facts

class Same:
    """Nothing changes."""

    def check(self, name, before, after):
        if before != after:
            fail("%s changed: %s" % (name, difference(before, after)))


class Words:
    """In exactly `count` facts the old words are replaced by the new ones; nothing else changes."""

    def __init__(self, count, *pairs):
        self.count, self.pairs = count, pairs

    def check(self, name, before, after):
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

    def check(self, name, before, after):
        new = []
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        for op, a, b, c, d in matcher.get_opcodes():
            if op in ("replace", "delete"):
                fail("%s: something went: %s" % (name, before[a:b][:3]))
            if op in ("replace", "insert"):
                new += after[c:d]
        shown = " ".join(new) if name == "pdf text" else "\n".join(new)
        for e in self.expect:
            if not re.search(e, shown):
                fail("%s: there is nothing like %s in what is new: %s" % (name, e, new[:4]))
        if self.exactly is not None and len(new) != self.exactly:
            fail("%s: %d new, not %d: %s" % (name, len(new), self.exactly, new[:4]))


def difference(want, have):
    return [ln for ln in difflib.unified_diff(want, have, "wanted", "found", n=0, lineterm="")][2:8]


# ---- the edits

class Edit:
    """old is replaced by new in form.xml, where old stands exactly once. then: {kind: how the facts
    follow}; kinds that are not named stay the same. same_bytes: patterns of files that may
    differ in the form's digest only."""

    def __init__(self, name, old, new, then, same_bytes=()):
        self.name, self.old, self.new, self.then, self.same_bytes = name, old, new, then, same_bytes

    def apply(self, form):
        path = os.path.join(form, "form.xml")
        with open(path, encoding="utf-8") as f:
            text = f.read()
        if text.count(self.old) != 1:
            sys.exit("%s: form.xml has \"%s\" %d times" % (self.name, self.old, text.count(self.old)))
        with open(path, "w", encoding="utf-8") as f:
            f.write(text.replace(self.old, self.new))


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


def build(form, out):
    run([FORMC, "build", form, "-o", out])


def main():
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
