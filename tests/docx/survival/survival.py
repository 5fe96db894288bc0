"""The survival matrix: answers that want to hurt go through editors and libraries, and come back with
`formc read`. Each has to be identical, or to be told (as a conflict, not found, or beside it); an answer
that changed in silence fails. What they do is the tables of docs/editors.md: a difference fails, but
for versions.

    FORMC_BLESS=1 ctest --test-dir BUILD -R docx-survival

writes the tables with the versions and the date of today; look at what changed.
FORMC_KEEP=FOLDER keeps the files there. With `all`, every binding goes every way with every value."""
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import docx
from lxml import etree

from nasty import NASTY, PLAIN, kept
from office import Office
from values import BOXES, OTHERS, TEXTS, texts

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
HERE = os.path.dirname(os.path.abspath(__file__))
FORM = os.path.join(HERE, "form.xml")
MODULES = os.path.join(SOURCE, "tests/node/node_modules")
PAGE = os.path.join(SOURCE, "docs/editors.md")
AT = "2026-02-01T10:00:00Z"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
BINDINGS = ("w15", "w", "none")
SOME = ("plain", "lines", "markup", "spaces")  # values that the other bindings are tried with
WAYS = [("direct", "nothing"), ("templater", "docxtemplater"), ("saved", "LibreOffice saves"), ("twice", "… twice")]
FILLS = [("script", "LibreOffice, blank"), ("changed", "LibreOffice, other answer"), ("cleared", "LibreOffice, cleared"),
         ("shown", "python-docx, control"), ("both", "python-docx, control and store"),
         ("beside", "python-docx, beside the control")]
READERS = [("mammoth", "mammoth"), ("pandoc", "pandoc")]
SILENT = "**changed in silence**"
STORED = {path: stored for path, (_, stored, _) in OTHERS.items()}


def run(*command, codes=(0,)):
    done = subprocess.run(command, capture_output=True, timeout=300)
    if done.returncode not in codes:
        raise SystemExit("%s: %s" % (" ".join(command), (done.stdout + done.stderr).decode("utf-8", "replace")[-2000:]))
    return done.stdout.decode("utf-8")


# -- plans: path -> answer; the one row of the repeat has no number in a path ------------------------------

def plan_json(answers):
    """A plan as JSON. Answers that are empty are not in it."""
    tree = {}
    for path, text in answers.items():
        if not text:
            continue
        at = tree
        *above, last = path.split("/")
        for step in above:
            if step.endswith("[]"):
                at = at.setdefault(step[:-2], [{"_row": "row-1"}])[0]
            else:
                at = at.setdefault(step, {})
        at[last] = text
    return json.dumps({"form": "survival", "version": "1.0.0", "plan": "urn:uuid:00000000-0000-4000-8000-000000000001",
                       "stage": "draft", "synthetic": "yes", "answers": tree})


def answer(plan, path):
    at = plan.get("answers", {})
    for step in path.split("/"):
        at = at.get(step[:-2] if step.endswith("[]") else step)
        if isinstance(at, list):
            at = at[0] if at else None
        if at is None:
            return ""
    return at


def rows(plan, path):
    """The answers of all rows."""
    repeat, last = path.split("[]/")
    at = plan.get("answers", {})
    for step in repeat.split("/"):
        at = at.get(step, {})
    return [row.get(last, "") for row in at]


def without_row(path):
    return re.sub(r"\[[^]]*\]", "[]", path)


# -- what became of the answers -----------------------------------------------------------------------------

def without(letters, text):
    return "".join(c for c in text if c not in letters)


def outcome(plan, report, path, want):
    """What is said of one answer, `want`: in a word. What is told excuses what it names, no more."""
    if plan is None:
        return "refused"
    file = {f["code"] for f in report["findings"]}
    told = {f["code"] for f in report["findings"] if without_row(f.get("path", "")) == path}
    got = answer(plan, path)
    if "R101" in told:
        sides = [side.get("text", "") for c in plan["conflicts"] if without_row(c["path"]) == path
                 for side in (c["stored"], c["visible"])]
        return "conflict" if want in sides + [got] else "conflict without it"
    if "R102" in told:
        return "not found"
    if got == want:
        return "identical"
    if "\n" in want and without("\n", got) == without("\n", want):
        if "R118" in told:
            return "breaks lost, told"
        if "R215" in file:
            return "breaks lost, told of the file"
    if "R106" in told and without(" \t\n", got) == without(" \t\n", want):
        return "as issued, told"
    if "R208" in file and "[]" in path and want in rows(plan, path):
        return "in a new row, told"
    return SILENT


def read(document, into=None):
    out = document + ".json"
    told = run(FORMC, "read", FORM, document, "--by", "person", "--at", AT, "-o", out, "--force", "--format", "json",
               *(["--into", into] if into else []), codes=(0, 1, 3))
    report = json.loads(told)
    if report["refused"]:
        return None, report
    with open(out, encoding="utf-8") as f:
        return json.load(f), report


def outcomes(document, wanted, into=None):
    """path -> outcome, read by itself and into the plan: both have to be the same."""
    found = {}
    for plan, report in [read(document)] + ([read(document, into)] if into else []):
        for path, want in wanted.items():
            said = outcome(plan, report, path, want)
            if found.setdefault(path, said) != said:
                found[path] = SILENT if SILENT in (said, found[path]) else "%s, into the plan %s" % (found[path], said)
    return found


# -- editors: (document, out, {path: (bookmark, what people see)}) -----------------------------------------

def marked(answers):
    """{bookmark: what is typed there}"""
    return {TEXTS[path]: text for path, text in answers.items()}


def others():
    """{bookmark: what people see}; of several choices, what is ticked."""
    found = {}
    for mark, _, words in OTHERS.values():
        found.update({box: box in mark for box in BOXES} if isinstance(mark, tuple) else {mark: words})
    return found


def controls(body):
    """bookmark -> the control in it."""
    found = {}
    for start in body.iter(W + "bookmarkStart"):
        after = start.getnext()
        if after is not None and after.tag == W + "sdt":
            found[start.get(W + "name")] = after
    return found


def runs(text):
    """A run as python-docx makes one: line breaks are w:br, tabs w:tab."""
    paragraph = docx.Document().add_paragraph()
    return paragraph.add_run(text)._r


def fill_control(sdt, what):
    props, content = sdt.find(W + "sdtPr"), sdt.find(W + "sdtContent")
    mark = props.find(W + "showingPlcHdr")
    if mark is not None:
        props.remove(mark)
    checked = props.find(W14 + "checkbox/" + W14 + "checked")
    if checked is not None:
        checked.set(W14 + "val", "1" if what else "0")
        what = "\u2612" if what else "\u2610"
    for child in list(content):
        content.remove(child)
    content.append(runs(what))


def by_python_docx(source, out, what, store=None, beside=False):
    """Fills controls, and the elements of the store when their texts are given; or types behind the
    controls, between the ends of their bookmarks."""
    document = docx.Document(source)
    for mark, sdt in controls(document.element.body).items():
        if mark not in what:
            continue
        if not beside:
            fill_control(sdt, what[mark])
        elif isinstance(what[mark], str):
            sdt.addnext(runs(what[mark]))
    if store is not None:
        part = next(p for p in document.part.package.iter_parts() if b"urn:formc:store:1" in p.blob and b"<answers" in p.blob)
        root = etree.fromstring(part.blob)
        for element in root:
            name = etree.QName(element).localname
            if name in store:
                element.text = store[name]
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    document.save(out)


def stored(answers):
    """The store's elements: name -> what a program writes into it."""
    found = {}
    for path, text in answers.items():
        name = path.replace("/", ".").replace("[]", ".1")
        if path == "kinds/helps":
            found.update({name + "." + c: "true" if c in text.split() else "false" for c in ("advocate", "interpreter", "print")})
        else:
            found[name] = text
    return found


# -- readers ------------------------------------------------------------------------------------------------

def words_of(tree):
    """The text of pandoc's document, in order."""
    if isinstance(tree, list):
        return "".join(words_of(t) for t in tree)
    if not isinstance(tree, dict):
        return ""
    kind, content = tree.get("t"), tree.get("c")
    if kind == "Str":
        return content
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind == "LineBreak":
        return "\n"
    text = words_of(content) if kind else ""
    return text + "\n" if kind in ("Para", "Plain", "Header", "Table") else text


def seen(text, want):
    """How a reader shows an answer."""
    if want in text:
        return "identical"
    if " ".join(want.split()) in " ".join(text.split()):
        return "but white space"
    if "".join(want.split()) in "".join(text.split()):
        return "without some white space"
    return "**not all of it**"


# -- the matrix ---------------------------------------------------------------------------------------------

class Matrix:
    def __init__(self, folder, everything, more=SOME):
        """everything: each way with each value; more: the values that go every way with the other bindings."""
        self.folder = folder
        self.more = more
        self.everything = everything
        self.lost = {}  # (binding, way, value) -> bookmarks that an editor had no more, so that nothing was entered
        self.cells = {}  # (binding, way, value) -> {path: outcome}

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def values(self, binding):
        others = self.more if self.everything else SOME
        return [v for v in NASTY if binding == "w15" or v[0] in others]

    def tries(self, binding, way, name):
        """What takes LibreOffice long is left to the nights."""
        return self.everything or (name in SOME and (way != "cleared" or binding == "w15")) or (
            binding == "w15" and name != "long" and way in ("saved", "twice", "script")) or (name, way) == ("long", "script")

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as f:
            f.write(text)
        return self.path(name)

    def make(self):
        plain = self.write("old.json", plan_json({**dict.fromkeys(TEXTS, PLAIN), **STORED}))
        for binding in BINDINGS:
            run(FORMC, "fill", FORM, plain, "-o", self.path("old-%s.docx" % binding), "--binding", binding)
            run(FORMC, "build", FORM, "-o", self.path("blank-" + binding), "--only", "docx", "--binding", binding)
            os.makedirs(self.path(binding, "passed"))
            os.makedirs(self.path(binding, "read"))
            for name, _, text in self.values(binding):
                plan = self.write(name + ".json", plan_json({**texts(name, text), **STORED}))
                run(FORMC, "fill", FORM, plan, "-o", self.path(binding, name + ".docx"), "--binding", binding)

    def blank(self, binding):
        return self.path("blank-" + binding, "survival.docx")

    def edit(self):
        with Office(self.folder) as office:
            for binding in BINDINGS:
                for name, _, text in self.values(binding):
                    at = lambda way: self.path(binding, "%s-%s" % (way, name))  # noqa: E731
                    own, old = self.path(binding, name + ".docx"), self.path("old-%s.docx" % binding)
                    typed = marked(texts(name, text))
                    for way, source, what in (("saved", own, None), ("twice", at("saved"), None),
                                              ("script", self.blank(binding), {**typed, **others()}),
                                              ("changed", old, typed), ("cleared", own, dict.fromkeys(typed, ""))):
                        if self.tries(binding, way, name):
                            self.lost[binding, way, name] = office.save(source, at(way), what)
            self.version = office.version()
        for binding in BINDINGS:
            run("node", os.path.join(HERE, "passing.js"), MODULES, self.path(binding))
            for name, _, text in self.values(binding):
                at = lambda way: self.path(binding, "%s-%s" % (way, name))  # noqa: E731
                typed = marked({p: kept(t) for p, t in texts(name, text).items()})  # it makes two breaks of a CR LF
                given = {path: kept(t) for path, t in texts(name, text).items()}
                by_python_docx(self.blank(binding), at("shown"), {**typed, **others()})
                by_python_docx(self.blank(binding), at("both"), {**typed, **others()}, store=stored({**given, **STORED}))
                by_python_docx(self.blank(binding), at("beside"), typed, beside=True)

    def judge(self):
        old = self.path("old.json")
        for binding in BINDINGS:
            for name, _, text in self.values(binding):
                at = lambda way: self.path(binding, "%s-%s" % (way, name))  # noqa: E731
                given = {**{path: kept(t) for path, t in texts(name, text).items()}, **STORED}
                nothing = {**given, **dict.fromkeys(TEXTS, "")}
                typed = nothing if name == "controls" else given  # what an empty control shows is no answer
                own, plan = self.path(binding, name + ".docx"), self.path(name + ".json")
                passed = self.path(binding, "passed", name + ".docx")
                for way, document, wanted, into in (
                        ("direct", own, given, plan), ("templater", passed, given, plan), ("saved", at("saved"), given, plan),
                        ("twice", at("twice"), given, plan), ("script", at("script"), typed, None),
                        ("changed", at("changed"), typed, old), ("cleared", at("cleared"), nothing, plan),
                        ("shown", at("shown"), typed, None), ("both", at("both"), typed, None),
                        ("beside", at("beside"), {p: typed[p] for p in TEXTS}, None)):
                    if os.path.exists(document) and (way, name) != ("beside", "controls"):
                        self.put((binding, way, name), outcomes(document, wanted, into))
                    elif os.path.exists(document + ".refused"):
                        self.put((binding, way, name), dict.fromkeys(wanted, "refuses it"))
                with open(self.path(binding, "read", name + ".docx.txt"), encoding="utf-8") as f:
                    self.put((binding, "mammoth", name), dict.fromkeys(TEXTS, seen(f.read(), given["texts/prose"])))
                tree = json.loads(run("pandoc", "-f", "docx", "-t", "json", own))
                self.put((binding, "pandoc", name), dict.fromkeys(TEXTS, seen(words_of(tree["blocks"]), given["texts/prose"])))

    def put(self, key, cells):
        lost = self.lost.get(key, ())
        self.cells[key] = {path: "nothing can be entered" if TEXTS.get(path) in lost else said for path, said in cells.items()}

    def silent(self):
        return [(key, path) for key, cells in self.cells.items() for path, said in cells.items() if said == SILENT]

    # -- as tables ----

    def said(self, binding, way, name, paths):
        cells = self.cells.get((binding, way, name), {})
        found = [cells[p] for p in paths if p in cells]
        kinds = [k for k in dict.fromkeys(found) if k != "identical"]
        if not found:
            return "–"
        if not kinds:
            return "identical"
        return "; ".join(k if found.count(k) == len(found) else "%s: %d of %d" % (k, found.count(k), len(found)) for k in kinds)

    def table(self, ways, first, rows):
        """rows: (words, binding, value, paths)"""
        lines = ["| %s | %s |" % (first, " | ".join(words for _, words in ways)), "|---" * (len(ways) + 1) + "|"]
        for words, binding, name, paths in rows:
            lines.append("| %s | %s |" % (words, " | ".join(self.said(binding, way, name, paths) for way, _ in ways)))
        return "\n".join(lines) + "\n"


# -- the page -----------------------------------------------------------------------------------------------

KINDS = [("yes or no", "texts/agree"), ("a date", "kinds/day"), ("part of a date", "kinds/since"), ("money", "kinds/cost"),
         ("a whole number", "kinds/count"), ("a choice from a list", "kinds/colour"), ("check boxes", "kinds/helps"),
         ("a date in a row", "steps/step[]/due"), ("the date of a signature", "signatures/person/signed-on")]


def tables(m):
    every = list(TEXTS) + list(OTHERS)
    texts_of = [(words, "w15", name, TEXTS) for name, words, _ in NASTY]
    return {"passed": m.table(WAYS + READERS, "an answer with", texts_of),
            "filled": m.table(FILLS, "an answer with", texts_of),
            "kinds": m.table(WAYS + FILLS[:-1], "kind of answer", [(words, "w15", "plain", [path]) for words, path in KINDS]),
            "bindings": m.table(WAYS + FILLS[:-1], "binding, an answer with", [
                ("`%s`, %s" % (binding, words), binding, name, every)
                for binding in BINDINGS[1:] for name, words, _ in NASTY if name in SOME])}


def cells(table):
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()]


def marked_part(name):
    return re.compile(r"(<!-- %s: made by tests/docx/survival/survival.py -->\n)(.*?)(<!-- end -->)" % name, re.S)


def bless(page, made, versions):
    for name, table in made.items():
        page = marked_part(name).sub(lambda m: m.group(1) + "\n" + table + "\n" + m.group(3), page)
    today = "{0.day} {0:%B %Y}".format(datetime.date.today())
    return marked_part("versions").sub(lambda m: m.group(1) + "\nTried on %s with %s.\n\n" % (today, versions) + m.group(3), page)


def differences(page, made):
    """What was not tried now is not compared: the nights try all."""
    found = []
    for name, table in made.items():
        was, now = cells(marked_part(name).search(page).group(2)), cells(table)
        if len(was) != len(now) or was[0] != now[0]:
            found.append("%s: other rows or columns" % name)
            continue
        for old, new in zip(was, now):
            found += ["%s, %s, %s: the page says %s, now it is %s" % (name, old[0], was[0][n], old[n], cell)
                      for n, cell in enumerate(new) if cell not in ("–", old[n])]
    return found


def tool_versions(office):
    node = lambda name: json.load(open(os.path.join(MODULES, name, "package.json"), encoding="utf-8"))["version"]  # noqa: E731
    return "LibreOffice %s, python-docx %s, docxtemplater %s, mammoth %s and pandoc %s" % (
        office, docx.__version__, node("docxtemplater"), node("mammoth"), run("pandoc", "--version").split()[1])


# -- does it bite? ------------------------------------------------------------------------------------------

def check_that_it_bites(m):
    """An answer that changed without a word has to be called that, whoever changed it."""
    given = {**texts("plain", PLAIN), **STORED}
    document, plan = m.path("w15", "plain.docx"), m.path("plain.json")
    got, report = read(document)
    assert outcome(got, report, "texts/line", PLAIN) == "identical"
    got["answers"]["texts"]["line"] = PLAIN + "s"
    assert outcome(got, report, "texts/line", PLAIN) == SILENT, "a changed plan is not seen"
    got["answers"]["texts"].pop("line")
    assert outcome(got, report, "texts/line", PLAIN) == SILENT, "a lost answer is not seen"
    other = {path: "Another answer" for path in TEXTS}  # in the store and in the controls, as if it had been given
    by_python_docx(document, m.path("patched"), marked(other), store=stored(other))
    said = outcomes(m.path("patched"), given, plan)
    assert {said[path] for path in TEXTS} == {SILENT} and {said[path] for path in OTHERS} == {"identical"}, said


def main(everything):
    blessing = os.environ.get("FORMC_BLESS") == "1"
    with tempfile.TemporaryDirectory(prefix="formc-survival-") as folder:
        m = Matrix(folder, everything or blessing, SOME if blessing else [name for name, _, _ in NASTY if name != "long"])
        m.make()
        check_that_it_bites(m)
        m.edit()
        m.judge()
        if os.environ.get("FORMC_KEEP"):
            shutil.copytree(folder, os.environ["FORMC_KEEP"], dirs_exist_ok=True)
    for (binding, way, name), path in m.silent():
        print("%s, %s, %s, %s: changed in silence" % (binding, way, name, path))
    made = tables(m)
    with open(PAGE, encoding="utf-8") as f:
        page = f.read()
    if blessing:
        page = bless(page, made, tool_versions(m.version))
        with open(PAGE, "w", encoding="utf-8") as f:
            f.write(page)
    found = differences(page, made)
    print("\n".join(found))
    if found:
        print("docs/editors.md is not what editors do; FORMC_BLESS=1 writes its tables anew")
    print("%d answers came back, %d of them changed in silence" % (sum(map(len, m.cells.values())), len(m.silent())))
    return 1 if found or m.silent() else 0


if __name__ == "__main__":
    sys.exit(main("all" in sys.argv[1:]))
