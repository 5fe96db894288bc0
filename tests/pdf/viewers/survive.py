"""The texts that want to hurt (tests/support/nasty.py), in each kind of field that takes text: a form that is
filled with them is saved by each program, and each program enters them into a blank. formc reads what comes
of it: each answer has to be identical, or to be told; or it is what the program stored, when that is not
what it was given. An answer that changed in silence fails. What they do is in docs/viewers.md: a
difference fails.

    FORMC_BLESS=1 ctest --test-dir BUILD -R pdf-viewers-survive

writes the tables; look at what changed. FORMC_KEEP=FOLDER keeps the files there."""
import json
import os
import re
import shutil
import sys
import tempfile

import common
import fillers
from nasty import NASTY, kept

PAGE = os.path.join(common.SOURCE, "docs/viewers.md")
PART = re.compile(r"(<!-- survive: made by tests/pdf/viewers/survive.py -->\n)(.*?)(<!-- end -->)", re.S)
SILENT = "**changed in silence**"
FIELDS = {"line": ("line", "text"), "prose": ("prose", "text"), "place": ("choice", "combo")}  # id: type, what it is in a PDF
PROGRAMS = [("Chromium", fillers.chromium), ("pdf.js", fillers.pdfjs), ("pdf-lib", fillers.pdflib_with_font),
            ("poppler-glib", fillers.poppler), ("MuPDF", fillers.mupdf), ("qpdf", fillers.qpdf)]
SLOW = {fillers.chromium: ("long",), fillers.pdflib_with_font: ("long",)}  # it takes them minutes to draw it
ON_TWO_PAGES = 5  # values; Chromium is typed into what its window shows
PATHS = {(name, field): "%s/%s" % (name, field) for name, _, _ in NASTY for field in FIELDS}


def form(values):
    sections = "".join(
        '<section id="%s" number="%d" title="Value %d">%s</section>' % (name, i, i, "".join(
            '<field id="%s" label="As %s" type="%s"%s/>' % (field, field, kind, ' choices="places"' if kind == "choice" else "")
            for field, (kind, _) in FIELDS.items()))
        for i, (name, _, _) in enumerate(values, 1))
    return """<form xmlns="urn:formc:form:1" id="nasty" version="1.0.0" status="draft" xml:lang="en-GB" data-ns="urn:formc:data:nasty">
<title>What programs keep</title><parties><party id="person" kind="person">The person</party></parties>
<choices id="places" open="yes"><choice id="home">At home</choice><choice id="away">Away</choice></choices>%s</form>""" % sections


def plan():
    answers = {name: dict.fromkeys(FIELDS, kept(text)) for name, _, text in NASTY}
    return json.dumps({"form": "nasty", "version": "1.0.0", "plan": "urn:uuid:00000000-0000-4000-8000-000000000001",
                       "synthetic": "yes", "answers": answers})


def read(path, form_path):
    out = path + ".json"
    report = json.loads(common.run(common.FORMC, "read", form_path, path, "--by", "person", "--at", "2026-01-31T10:00:00Z",
                                   "-o", out, "--force", "--format", "json", codes=(0, 1)))
    with open(out, encoding="utf-8") as f:
        return json.load(f), report


def outcome(came, report, stored, name, field, want):
    """What became of one answer, in a word. stored: what qpdf finds in the field."""
    path = PATHS[name, field]
    told = {f["code"] for f in report["findings"] if f.get("path") == path}
    got = came.get("answers", {}).get(name, {}).get(field, "")
    if "R101" in told:
        sides = [side.get("text", "") for c in came["conflicts"] if c["path"] == path for side in (c["stored"], c["visible"])]
        return "conflict" if want in sides + [got] else "conflict without it"
    if "R102" in told:
        return "not found"
    if got == want:
        return "identical"
    if "R131" in told and got.replace("\ufffd", "") == "".join(c for c in want if ord(c) < 0x10000):
        return "half of each character, told"
    other = kept(stored["%s.%s" % (name, field)]["value"])
    return "stores another text" if other != want and got == other else SILENT


def outcomes(path, form_path, values=NASTY):
    came, report = read(path, form_path)
    stored = common.by_qpdf(path)
    return {(name, field): outcome(came, report, stored, name, field, kept(text))
            for name, _, text in values for field in FIELDS}


def write_form(folder, name, values):
    """The form of these values and its blank: their paths."""
    path = os.path.join(folder, name + ".xml")
    with open(path, "w", encoding="utf-8") as f:
        f.write(form(values))
    common.run(common.FORMC, "build", path, "-o", os.path.join(folder, name), "--only", "pdf")
    return path, os.path.join(folder, name, "nasty.pdf")


def entered(folder, program):
    """The values, entered into a blank by the program."""
    values = [v for v in NASTY if v[0] not in SLOW.get(program, ())]
    typed = program is fillers.chromium
    at_once = ON_TWO_PAGES if typed else len(values)
    cells = {}
    for i in range(0, len(values), at_once):
        some = values[i:i + at_once]
        name = "%s-%d" % (program.__name__, i)
        form_path, blank = write_form(folder, name, some)
        out = os.path.join(folder, name + ".pdf")
        program(blank, out, folder, {"%s.%s" % (value, field): (kind, kept(text) if typed else text)  # no key is CR LF
                                     for value, _, text in some for field, (_, kind) in FIELDS.items()})
        cells.update(outcomes(out, form_path, some))
    return cells


def saved(folder, program, source, form_path):
    """The form with the values in it, saved by the program."""
    out = os.path.join(folder, program.__name__ + "-saved.pdf")
    program(source, out, folder, {})
    return outcomes(out, form_path)


def in_words(cells, name):
    said = [cells[name, field] for field in FIELDS if (name, field) in cells]
    if not said:
        return "–"
    if set(said) == {"identical"}:
        return "identical"
    return "; ".join("%s: %s" % (field, cells[name, field]) for field in FIELDS if cells[name, field] != "identical")


def table(columns):
    """columns: (words, cells)"""
    lines = ["| an answer with | %s |" % " | ".join(words for words, _ in columns), "|---" * (len(columns) + 1) + "|"]
    for name, words, _ in NASTY:
        lines.append("| %s | %s |" % (words, " | ".join(in_words(cells, name) for _, cells in columns)))
    return "\n".join(lines) + "\n"


def check_that_it_bites(path, form_path):
    """An answer that changed without a word has to be called that."""
    came, report = read(path, form_path)
    stored = common.by_qpdf(path)
    assert outcome(came, report, stored, "plain", "line", "An answer") == "identical"
    came["answers"]["plain"]["line"] = "An answers"
    assert outcome(came, report, stored, "plain", "line", "An answer") == SILENT
    came["answers"]["plain"].pop("line")
    assert outcome(came, report, stored, "plain", "line", "An answer") == SILENT


def main():
    with tempfile.TemporaryDirectory(prefix="formc-survive-") as folder:
        form_path, _ = write_form(folder, "nasty", NASTY)
        plan_path, filled = os.path.join(folder, "plan.json"), os.path.join(folder, "filled.pdf")
        with open(plan_path, "w", encoding="utf-8") as f:
            f.write(plan())
        common.run(common.FORMC, "fill", form_path, plan_path, "-o", filled)
        check_that_it_bites(filled, form_path)
        passed = [("nothing", outcomes(filled, form_path))]
        passed += [(words, saved(folder, program, filled, form_path)) for words, program in PROGRAMS]
        typed = [(words, entered(folder, program)) for words, program in PROGRAMS]
        if os.environ.get("FORMC_KEEP"):
            shutil.copytree(folder, os.environ["FORMC_KEEP"], dirs_exist_ok=True)
    made = "\nSaved without a change:\n\n%s\nEntered into a blank:\n\n%s\n" % (table(passed), table(typed))
    with open(PAGE, encoding="utf-8") as f:
        page = f.read()
    if os.environ.get("FORMC_BLESS") == "1":
        page = PART.sub(lambda m: m.group(1) + made + m.group(3), page)
        with open(PAGE, "w", encoding="utf-8") as f:
            f.write(page)
    silent = [(words, key) for words, cells in passed + typed for key, said in cells.items() if said == SILENT]
    print("\n".join("%s: %s, %s: changed in silence" % (words, *key) for words, key in silent))
    different = PART.search(page).group(2) != made
    if different:
        print("The tables of docs/viewers.md are not what viewers do; FORMC_BLESS=1 writes them anew. Now:\n" + made)
    print("%d answers came back" % sum(len(cells) for _, cells in passed + typed))
    return 1 if silent or different else 0


if __name__ == "__main__":
    sys.exit(main())
