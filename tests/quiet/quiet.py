"""Nothing that formc says holds an answer.

Every answer of an example plan is replaced by a word that stands nowhere else, so that most are
not what their question asks for and there is something to say about each. All that is done with
plans is then done with this one, with copies of it that are damaged in many ways, and with
documents made from it: what the command prints, on either stream, and what the files are called is
searched for these words.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
PLAN_NS = "{urn:formc:plan:1}"
WORD = re.compile(r"qz\d+wombat", re.I)
DAY, TIME = "2026-08-01", "2026-08-01T10:00:00Z"
failures = []
runs = 0


def formc(*args):
    """Runs it, and looks at what it says."""
    global runs
    runs += 1
    done = subprocess.run([FORMC, *args], capture_output=True, text=True, errors="replace", timeout=120)
    what = " ".join(os.path.basename(a) for a in args)
    if done.returncode not in range(5):
        failures.append("%s: ended with %d" % (what, done.returncode))
    if WORD.search(done.stdout + done.stderr):
        failures.append("%s: says an answer" % what)
    return done


def words_for_answers(path, to):
    """Writes the plan with a word of its own for each answer; how many there are."""
    tree, n = ElementTree.parse(path), 0
    for e in tree.iter():
        if len(e) == 0 and (e.text or "").strip() and not e.tag.startswith(PLAN_NS):
            n += 1
            e.text = "Qz%dwombat" % n
    tree.write(to, encoding="UTF-8", xml_declaration=True)
    return n


def damaged(text):
    """name -> the plan, damaged"""
    first = re.search(r"<([\w:.-]+)>(Qz\d+wombat)</\1>", text)
    one = first.group()
    yield "short", text[:text.index(one) + len(one) - 6]
    yield "twice", text.replace(one, one + one, 1)
    yield "unknown", text.replace(one, one.replace(first.group(1), "wombats"), 1)
    yield "attribute", text.replace(one, one.replace(">", " kept='Qz0wombat'>", 1), 1)
    yield "outside", text.replace(one, "Qz0wombat" + one, 1)
    yield "inside", text.replace(one, one.replace("Qz", "<b>Qz", 1).replace("wombat<", "wombat</b><"), 1)
    yield "entity", text.replace(one, one.replace("Qz", "&Qz0wombat;Qz"), 1)
    yield "bytes", text.replace("wombat", "wombat\x01", 1)
    yield "absent", text.replace(one, one.replace(">", " xmlns:q='urn:formc:plan:1' q:absent='unknown'>", 1), 1)


def uses_of_plan(form, plan, out):
    for ending in (".docx", ".pdf", ".html", ".xml", ".json"):
        formc("fill", form, plan, "-o", out + ending)
    for ending in (".docx", ".pdf"):
        formc("fill", form, plan, "-o", out + "-record" + ending, "--as", "record", "--with-data")
    for how in ("text", "json"):
        formc("validate", form, plan, "--as-of", DAY, "--format", how)
        formc("audit", form, plan, "--as-of", DAY, "--format", how)


def damaged_documents(path):
    """Copies of a Word document or PDF: cut short, and with the word of one answer changed."""
    with open(path, "rb") as f:
        data = f.read()
    yield "cut" + os.path.basename(path), data[:len(data) // 2]
    if path.endswith(".docx"):
        changed = path + ".changed"
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                if name == "word/document.xml":
                    part = re.sub(rb"(?i)(qz\d+wombat)", rb"\1 qz0wombat", part)
                new.writestr(name, part)
        with open(changed, "rb") as f:
            yield "changed" + os.path.basename(path), f.read()


def check(form, work):
    example = os.path.join(form, "examples", "complete.xml")
    plan = os.path.join(work, "plan.xml")
    n = words_for_answers(example, plan)
    with open(os.path.join(form, "form.xml"), encoding="utf-8") as f:
        parties = re.findall(r'<party id="([\w-]+)"', f.read())
    if n < 10 or not parties:
        sys.exit("%s has next to no answers" % example)
    out = os.path.join(work, "out")
    uses_of_plan(form, plan, out)
    shown = subprocess.run([FORMC, "audit", form, plan, "--as-of", DAY, "--show-answers"], capture_output=True,
                           text=True).stdout
    for ending in (".docx", ".xml", ".json", ".html", ".pdf"):
        for into in ([], ["--into", plan], ["--into", example]):
            for how in ("text", "json"):
                formc("read", form, out + ending, *into, "--by", parties[0], "--at", TIME, "--format", how, "-o",
                      os.path.join(work, "back.xml"), "--force")
    back = os.path.join(work, "back.xml")
    formc("read", form, out + ".xml", "--into", example, "--by", parties[0], "--at", TIME, "-o", back, "--force")
    for path in re.findall(r"^error: (\S+)", formc("validate", form, back, "--as-of", DAY).stdout, re.M)[:5]:
        for what in (["--absent", "asked-declined"], ["--keep", "visible"]):
            formc("set", form, back, path, *what, "--by", parties[0], "--at", TIME, "-o", back, "--force")
    formc("set", form, plan, "--stage", "signed", "--by", parties[0], "--at", TIME, "-o", plan, "--force")

    with open(plan, encoding="utf-8") as f:
        text = f.read()
    for name, bad in damaged(text):
        path = os.path.join(work, name + ".xml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(bad)
        formc("validate", form, path, "--as-of", DAY)
        formc("fill", form, path, "-o", os.path.join(work, name + ".docx"))
        formc("read", form, path, "--by", parties[0], "--at", TIME, "-o", back, "--force")
    with open(out + ".json", encoding="utf-8") as f:
        text = f.read()
    for name, bad in (("cut", text[:len(text) // 2]), ("quote", text.replace('wombat"', "wombat", 1)),
                      ("number", re.sub(r'"Qz\d+wombat"', "1e999", text, count=1)),
                      ("list", re.sub(r'("Qz\d+wombat")', r"[\1]", text, count=1))):
        path = os.path.join(work, name + ".json")
        with open(path, "w", encoding="utf-8") as f:
            f.write(bad)
        formc("validate", form, path, "--as-of", DAY)
    for ending in (".docx", "-record.docx", ".pdf"):
        for name, data in damaged_documents(out + ending):
            path = os.path.join(work, name)
            with open(path, "wb") as f:
                f.write(data)
            for into in ([], ["--into", plan]):
                formc("read", form, path, *into, "--by", parties[0], "--at", TIME, "-o", back, "--force")
    for where, _, names in os.walk(work):
        failures.extend("a file is called " + name for name in names if WORD.search(name))
    return bool(WORD.search(shown))


def main():
    forms = sorted(os.path.dirname(p) for p in glob.glob(os.path.join(SOURCE, "forms", "*", "form.xml")))
    shown = []
    for form in forms:
        with tempfile.TemporaryDirectory() as work:
            shown.append(check(form, work))
    if not any(shown): # the words can be found, where somebody asks for them
        failures.append("no page on good practice shows an answer that it was told to show")
    for line in sorted(set(failures)):
        print(line)
    print("%d runs over %d forms" % (runs, len(forms)))
    sys.exit(1 if failures else 0)


main()
