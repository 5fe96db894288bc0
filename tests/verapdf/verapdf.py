"""veraPDF finds nothing in any PDF that formc makes: PDF/UA-1 and PDF/A-3a at once, blank and
filled, for every form there is. Before that counts, veraPDF has to find each of a list of defects
that are put into a good file, by the rule that is about it: a profile without rules would pass
everything."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
HERE = os.path.dirname(os.path.abspath(__file__))
JARS = os.path.join(HERE, "jars")
RULES = {"ua1": 106, "3a": 155}  # of veraPDF 1.28; fewer would be a judge that knows less
KINDS = os.path.join(SOURCE, "tests/golden/kinds")
CJK = os.path.join(SOURCE, "tests/pdf/cjk")
FONT = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"  # Debian: fonts-droid-fallback
LINKS = os.path.join(SOURCE, "tests/pdf/links/form.xml")
PDF_SMALL = os.path.join(SOURCE, "tests/pdf/small.xml")


def run(*command, ok=(0, 3)):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    if done.returncode not in ok:  # 3: qpdf warns
        sys.exit("%s: %s" % (" ".join(command), done.stdout.decode("utf-8", "replace")))


def judge(questions):
    """[(profile, file)] -> [(rules, checks, verdict, [broken rules])], by one Java program."""
    if not shutil.which("java") or not os.path.isdir(JARS):
        sys.exit("veraPDF is missing: ./test installs Java, Maven and the jars")
    done = subprocess.run(["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", os.path.join(JARS, "*"),
                           os.path.join(HERE, "Judge.java")],
                          input="".join("%s\t%s\n" % q for q in questions), capture_output=True,
                          encoding="utf-8", timeout=900)
    lines = done.stdout.splitlines()
    if done.returncode or len(lines) != len(questions):
        sys.exit("the judge stopped:\n" + done.stderr[-4000:])
    found = []
    for (profile, _), line in zip(questions, lines):
        words = line.split()
        if int(words[0]) != RULES[profile]:
            sys.exit("the profile %s has %s rules, not %d" % (profile, words[0], RULES[profile]))
        found.append((int(words[1]), words[2], words[3:]))
    return found


# -- the documents -----------------------------------------------------------------------------

# Answers that have troubled writers of PDFs: other scripts and directions, marks without a letter,
# emoji, no end.
HARD = ["\u05e9\u05dc\u05d5\u05dd \u0633\u0644\u0627\u0645 \u0995\u09bf \u4e2d\u6587 \U0001f1ec\U0001f1e7",
        "\u0301 e\u0301\u0301 \u202edrowkcab\u202c \u00ad\u200b x \ufb03 \ufffd", "two\nlines\n\n" + "w" * 400,
        "C\u0175n \u0177 Za\u017c\u00f3\u0142\u0107 \u0395\u03bb \u0423\u043a\u0440 \u20ac", "long words " * 1800]


def hard_answers(plan):
    """The plan with its free texts replaced by the hard ones, in turn."""
    text = open(plan, encoding="utf-8").read()
    n = [0]

    def other(m):
        n[0] += 1
        hard = HARD[n[0] % len(HARD)]
        return m.group(1) + (hard if " " in m.group(2).strip() else m.group(2)) + m.group(3)
    return re.sub(r"(<[a-z][a-z0-9-]*>)([^<]+)(</)", other, text)


def documents(work):
    """The path of every PDF there is to be made, by what it is."""
    made = {}
    forms = sorted(glob.glob(os.path.join(SOURCE, "forms/*/form.xml")))
    forms += [os.path.join(KINDS, "form.xml"), LINKS, PDF_SMALL]
    for form in forms:
        name = os.path.basename(os.path.dirname(form)) + "-" + os.path.basename(form)[:-4]
        out = os.path.join(work, name)
        run(FORMC, "build", form, "-o", out, "--only", "pdf")
        made[name] = glob.glob(os.path.join(out, "*.pdf"))[0]
        plans = glob.glob(os.path.join(os.path.dirname(form), "examples/*.xml"))
        plans += glob.glob(os.path.join(os.path.dirname(form), "plan.xml"))
        for i, plan in enumerate(sorted(plans)):
            filled = os.path.join(work, "%s-%d.pdf" % (name, i))
            run(FORMC, "fill", form, plan, "-o", filled)
            made["%s with %s" % (name, os.path.basename(plan))] = filled
            record = os.path.join(work, "%s-%d-record.pdf" % (name, i))
            run(FORMC, "fill", form, plan, "-o", record, "--as", "record", *(["--with-data"] if i % 2 else []))
            made["the record of %s with %s" % (name, os.path.basename(plan))] = record
            if os.path.basename(plan) == "faulty.xml":
                missing = os.path.join(work, "%s-%d-missing.pdf" % (name, i))
                run(FORMC, "validate", form, plan, "--as-of", "2026-11-25", "-o", missing, ok=(0, 1))
                made["what is missing in %s with %s" % (name, os.path.basename(plan))] = missing
            if os.path.basename(plan) in ("complete.xml", "plan.xml"):
                hard = os.path.join(work, "%s-%d-hard.xml" % (name, i))
                with open(hard, "w", encoding="utf-8") as f:
                    f.write(hard_answers(plan))
                filled = os.path.join(work, "%s-%d-hard.pdf" % (name, i))
                run(FORMC, "fill", form, hard, "-o", filled)
                made["%s with hard answers" % name] = filled
                record = os.path.join(work, "%s-%d-hard-record.pdf" % (name, i))
                run(FORMC, "fill", form, hard, "-o", record, "--as", "record")
                made["the record of %s with hard answers" % name] = record
    for kind in ("form", "record"):
        path = os.path.join(work, "cjk-%s.pdf" % kind)
        run(FORMC, "fill", os.path.join(CJK, "form.xml"), os.path.join(CJK, "plan.xml"), "-o", path, "--as", kind,
            "--font", FONT)
        made["the %s in Chinese and Japanese with --font" % kind] = path
    return made


# -- the defects -------------------------------------------------------------------------------

# What is changed in the file written out by qpdf (--qdf), how often (0: everywhere), and the rule
# of the profile that has to be among those broken. Writing it out breaks one rule by itself (the
# lengths of streams), so a copy without a defect says which ones do not count.
DEFECTS = [
    ("the document has no language", rb"\n  /Lang \(en-GB\)", b"", 1, "ua1", "7.2-"),
    ("the file is not marked as tagged", rb"/Marked true", b"/Marked false", 1, "ua1", "6.2-1"),
    ("the window shows the file's name", rb"/DisplayDocTitle true", b"/DisplayDocTitle false", 1, "ua1", "7.1-10"),
    ("no structure tree", rb"\n  /StructTreeRoot \d+ 0 R", b"", 1, "ua1", "7.1-11"),
    ("no metadata", rb"\n  /Metadata \d+ 0 R", b"", 1, "ua1", "7.1-8"),
    ("no title in the metadata", rb"<dc:title>.*?</dc:title>", b"", 1, "ua1", "7.1-9"),
    ("the metadata do not claim PDF/UA", rb"<pdfuaid:part>1</pdfuaid:part>", b"", 1, "ua1", "5-1"),
    ("the order of tabs is not that of the structure", rb"/Tabs /S", b"/Tabs /R", 1, "ua1", "7.18.3-1"),
    ("a field without its label", rb"\n  /TU \((?:\\.|[^\\)])*\)", b"", 1, "ua1", "7.18.1-3"),
    ("a field outside the structure", rb"\n  /StructParent \d+", b"", 1, "ua1", "7.18.4-1"),
    ("a tag that does not lead to its field", rb"/Type /OBJR", b"/Type /MCR /MCID 0", 1, "ua1", "7.18.4-"),
    ("a heading of a table without a scope", rb"\n  /A <<\n    /O /Table\n    /Scope /\w+\n  >>", b"", 0, "ua1", "7.5-1"),
    ("a level of headings is skipped", rb"/S /H1\n", b"/S /H3\n", 1, "ua1", "7.4.2-1"),
    ("words outside the structure", rb"/(?:P|H1) <</MCID \d+>> BDC", b"/Other BMC", 1, "ua1", "7.1-3"),
    ("an attachment without its name", rb"\n  /UF \(plan.xml\)", b"", 1, "ua1", "7.11-1"),
    ("wrong widths of letters", rb"(/W \[\s+\d+\s+\[\s+)\d+", rb"\g<1>9", 0, "ua1", "7.21.5-1"),
    ("letters without their characters", rb"\n  /ToUnicode \d+ 0 R", b"", 0, "ua1", "7.21.7-1"),
    ("no way from codes to glyphs", rb"\n      ?/CIDToGIDMap (?:/Identity|\d+ 0 R)|\n  /CIDToGIDMap (?:/Identity|\d+ 0 R)", b"", 0, "ua1", "7.21.3.2-1"),
    ("a font that is not in the file", rb"\n  /FontFile2 \d+ 0 R", b"", 1, "ua1", "7.21.4.1-1"),
    ("the metadata do not claim PDF/A", rb"<pdfaid:part>3</pdfaid:part>", b"", 1, "3a", "6.6.4-"),
    ("another part of PDF/A", rb"<pdfaid:part>3</pdfaid:part>", b"<pdfaid:part>1</pdfaid:part>", 1, "3a", "6.6.4-"),
    ("the claim of PDF/UA is not described", rb"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>", b"", 1, "3a", "6.6.2.3"),
    ("a field without an appearance", rb"\n  /AP <<\n    /N \d+ 0 R\n  >>", b"", 1, "3a", "6.3.3-1"),
    ("colours without a profile", rb"\n  /OutputIntents \[\n    \d+ 0 R\n  \]", b"", 1, "3a", "6.2.4.3-"),
    ("viewers are told to draw the answers", rb"(/AcroForm (\d+) 0 R)", None, 1, "3a", "6.4.1-3"),
    ("JavaScript", rb"\n  /Lang \(en-GB\)", b"\n  /Lang (en-GB)\n  /OpenAction << /S /JavaScript /JS (1) >>", 1, "3a", "6.5.1-1"),
    ("an action on a field", rb"(\n  /TU \()", rb"\n  /AA << /K << /S /JavaScript /JS (1) >> >>\1", 1, "3a", "6.4.1-"),
    ("data that do not say what they are to the file", rb"\n  /AFRelationship /Data", b"", 1, "3a", "6.8-3"),
    ("data that nothing in the file refers to", rb"\n  /AF \[\n    \d+ 0 R\n  \]", b"", 1, "3a", "6.8-4"),
    ("a hidden field", rb"\n  /F 4\n", b"\n  /F 2\n", 1, "3a", "6.3.2-"),
]

# The same in the file of a form with links. No rule asks whether the element leads to its link:
# tests/pdf/links.py does.
LINK_DEFECTS = [
    ("a link without its words", rb"\n  /Contents [^\n]*(?=\n  /Dest)", b"", 1, "ua1", "7.18.5-2"),
    ("a link outside the structure", rb"\n  /StructParent \d+(?=\n  /Subtype /Link)", b"", 1, "ua1", "7.18.5-1"),
    ("a link that is tagged as something else", rb"/S /Link\n", b"/S /Span\n", 1, "ua1", "7.18.5-1"),
    ("a link that is not printed", rb"\n  /F 4(?=\n  /P )", b"\n  /F 0", 1, "3a", "6.3.2-"),
]


def qdf(path, out):
    run("qpdf", "--qdf", "--object-streams=disable", "--no-original-object-ids", path, out)
    return open(out, "rb").read()


def broken_copies(good, defects, work, name):
    """[(what, profile, rule, path)]: a copy of the file for each defect."""
    text = qdf(good, os.path.join(work, name + ".qdf.pdf"))
    copies = []
    path = os.path.join(work, name + "-unchanged.pdf")
    with open(path, "wb") as f:
        subprocess.run(["fix-qdf", os.path.join(work, name + ".qdf.pdf")], stdout=f, check=True)
    copies += [("nothing", profile, "", path) for profile in RULES]
    for i, (what, find, put, count, profile, rule) in enumerate(defects):
        if put is None:  # into the object that is referred to
            n = re.search(find, text).group(2)
            find, put = rb"(\n%s 0 obj\n<<)" % n, rb"\1\n  /NeedAppearances true"
        changed, n = re.subn(find, put, text, count=count, flags=re.S)
        if n == 0:
            sys.exit("the defect \"%s\" fits nowhere in %s" % (what, good))
        path = os.path.join(work, "%s-broken-%d" % (name, i))
        with open(path + ".qdf", "wb") as f:
            f.write(changed)
        with open(path + ".pdf", "wb") as f:
            subprocess.run(["fix-qdf", path + ".qdf"], stdout=f, check=True)
        copies.append((what, profile, rule, path + ".pdf"))
    return copies


def encrypted_copy(good, work):
    path = os.path.join(work, "encrypted.pdf")
    run("qpdf", "--encrypt", "", "owner", "256", "--accessibility=n", "--", good, path)
    return ("an encrypted file", "3a", "6.1.3-", path)


def main():
    failures = []
    with tempfile.TemporaryDirectory(prefix="formc-verapdf-") as work:
        made = documents(work)
        good = next(p for n, p in made.items() if n.startswith("kinds-form with plan"))
        copies = broken_copies(good, DEFECTS, work, "good") + [encrypted_copy(good, work)]
        copies += broken_copies(made["links-form"], LINK_DEFECTS, work, "links")
        questions = [(profile, path) for _, profile, _, path in copies]
        questions += [(profile, path) for path in made.values() for profile in RULES]
        verdicts = judge(questions)
        by_itself = {}
        for (what, profile, rule, _), (_, verdict, broken) in zip(copies, verdicts):
            if what == "nothing":
                by_itself[profile] = set(broken)
                if profile == "ua1" and broken or not by_itself[profile] <= {"6.1.7.1-1"}:
                    failures.append("the copy without a defect breaks rules: %s %s" % (profile, broken))
                continue
            broken = [b for b in broken if b not in by_itself[profile]]
            if verdict != "fail" or not any(b.startswith(rule) for b in broken):
                failures.append("not caught: %s (%s %s): %s %s" % (what, profile, rule, verdict, " ".join(broken)))
            if "-v" in sys.argv:
                print(what, profile, rule, verdict, broken)
        rest = iter(verdicts[len(copies):])
        for name in made:
            for profile in RULES:
                checks, verdict, broken = next(rest)
                if verdict != "pass" or checks < 1000:
                    failures.append("%s, %s: %s after %d checks %s" % (name, profile, verdict, checks, " ".join(broken)))
        print("veraPDF: %d defects, each caught; %d documents, each both PDF/UA-1 and PDF/A-3a"
              % (len(DEFECTS) + 1 + len(LINK_DEFECTS), len(made)) if not failures else "\n".join(failures))
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
