"""The generated validator of the S117 form against verdicts worked out by hand: the complete plan
has no findings, the faulty one those of faulty.tsv, in that order, and at the stage of writing
only those that always hold. And the examples are in canonical form: a Word form carries the plan
that it was made from, and that is the example byte for byte."""
import os
import re
import subprocess
import sys
import tempfile
import zipfile

import readers

FORM = os.path.join(os.environ["FORMC_SOURCE"], "forms", "s117-aftercare")
EXAMPLES = os.path.join(FORM, "examples")


def findings(folder, work, stage, as_of, name):
    lines = readers.c(folder, work, stage, as_of, [os.path.join(EXAMPLES, name)])["finding"]
    return [tuple(ln.split(": ", 1)[1].split(" | ")[:3]) for ln in lines]


def main():
    with open(os.path.join(EXAMPLES, "faulty.tsv"), encoding="utf-8") as f:
        want = [tuple(ln.split("\t")) for ln in f.read().split("\n") if ln and ln[0] != "#"]
    bad = 0
    with tempfile.TemporaryDirectory() as tmp:
        out = os.path.join(tmp, "out")
        subprocess.run([os.environ["FORMC"], "build", FORM, "-o", out, "--only", "c"], check=True,
                       capture_output=True)
        c = os.path.join(out, "c")
        cases = [("signed", "2026-08-01", "complete.xml", []),
                 ("signed", "2026-08-01", "faulty.xml", want)]
        # before anything is agreed: types, and the checks without a stage
        early = {"review.must", "every.must", "born.must", "section.must", "agreed-on.must",
                 "start.type", "nhs-number.type", "born-before-detention", "detained-before-discharge"}
        cases.append(("draft", "2026-08-01", "faulty.xml",
                      [w for w in want if w[1].rsplit("/", 1)[1] in early]))
        # a year before, what was signed and agreed lies in the future
        cases.append(("signed", "2025-08-01", "complete.xml", [
            ("detention/detained-on", "detention/detained-on.must", "error"),
            ("funding/agreed-on", "funding/agreed-on.must", "error")] + [
            ("signatures/%s/signed-on" % who, "signatures/%s/signed-on.must" % who, "warning")
            for who in ("person", "carer", "advocate", "health", "social")]))
        # without any row, and with blank ones only, there is no warning sign
        with open(os.path.join(EXAMPLES, "complete.xml"), encoding="utf-8") as f:
            complete = f.read()
        for name, row in (("no-sign.xml", ""), ("blank-sign.xml", '<sign p:row="person-1"/>')):
            rows = iter([row])
            with open(os.path.join(tmp, name), "w", encoding="utf-8") as f:
                f.write(re.sub(r"<sign .*?</sign>", lambda m: next(rows, ""), complete, flags=re.DOTALL))
            cases.append(("agreed", "2026-08-01", os.path.join(tmp, name),
                          [("crisis/sign", "crisis/sign.rows", "warning")]))
            cases.append(("draft", "2026-08-01", os.path.join(tmp, name), []))
        for stage, as_of, name, expected in cases:
            found = findings(c, tmp, stage, as_of, name)
            for f in expected:
                if f not in found:
                    print("%s, %s, %s: not found: %s" % (name, stage, as_of, f))
            for f in found:
                if f not in expected:
                    print("%s, %s, %s: not expected: %s" % (name, stage, as_of, f))
            if found != expected:
                bad += 1
                print("%s, %s, %s: differs" % (name, stage, as_of))
        for name in ("complete.xml", "faulty.xml", "half.xml"):
            path, word = os.path.join(EXAMPLES, name), os.path.join(tmp, "filled.docx")
            subprocess.run([os.environ["FORMC"], "fill", FORM, path, "-o", word, "--force"], check=True,
                           capture_output=True)
            with zipfile.ZipFile(word) as z, open(path, "rb") as f:
                if f.read() not in [z.read(n) for n in z.namelist()]:
                    print("%s: not in canonical form" % name)
                    bad += 1
    sys.exit(bad > 0)


main()
