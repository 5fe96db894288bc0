"""What the pages about the language say is true.

docs/language.md: every example compiles, alone and against forms/form.rng. Every element of the
compiler's table has a heading, and below it every attribute it may have; every attribute stands on
its element in an example, every element in each that may hold it; the same for every type, function and operator, as the compiler lists
them, and every word that forms/form.rng allows as a value. docs/diagnostics.md: lists the codes of the
compiler, each with its title, and has a page for each: its wrong example gives exactly that code,
its right one nothing. Every message of the cases in tests/diagnostics says what to do. forms/form.rng: knows the same elements and attributes as the
table, takes the forms, and refuses what is not in the language.

Given: formcheck. With "bless", writes the list in docs/diagnostics.md; the pages below it are written by hand."""

import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from lxml import etree

TOP = os.environ["FORMC_SOURCE"]
EXAMPLE = re.compile(r"<!-- example: (\w+) -->\n```xml\n(.*?)```", re.DOTALL)
PAGE = re.compile(r"^## (\w+): ([^\n]*)\n\n(.+?)\n(?:\nWrong: <!-- ([\w-]+) -->\n\n```(?:xml|json)\n(.*?)```\n"
                  r"\nRight: <!-- ([\w-]+) -->\n\n```(?:xml|json)\n(.*?)```\n)?", re.MULTILINE | re.DOTALL)
# What would be too long to read, or cannot be shown as text; hostile.py makes each.
NOT_SHOWN = {"E506", "E010", "E011", "E013", "E014", "E015", "E016", "E017", "E141", "P120"}
# What is found by running the examples rather than by reading the form.
TESTED = {"E320", "W323"}
# What is found by publishing it after a version with these questions.
PUBLISHED = {"E401", "E402"}
BEFORE = ('<section id="s" title="S"><field id="day" label="Day" type="date"/>'
          '<field id="note" label="Note" type="line"/></section>')
RUNNING = {"em", "strong", "ref", "p", "list"}  # they may stand in all that holds words; one place shows them
# The form of the plans on the pages of P codes.
LOAN = """<form xmlns="urn:formc:form:1" id="loan" version="1.0.0" status="draft" xml:lang="en-GB"
      data-ns="urn:formc:data:loan">
<title>Borrowing a tool</title>
<stages><stage id="asked">Asked for</stage><stage id="lent">Lent</stage></stages>
<parties><party id="member" kind="person">Member</party></parties>
<section id="who" title="Who borrows" completed-by="member">
  <field id="name" label="Name" type="person-name"/>
  <field id="from" label="From which day" type="date"/>
</section>
<section id="what" title="What">
  <repeat id="tool" label="Tools"><field id="item" label="Tool" type="line"/></repeat>
</section>
<section id="signatures" title="Signature">
  <signature id="member" label="Member" party="member" covers="who what">
    <field id="name" label="Name" type="person-name"/>
    <field id="mark" label="Signature" type="mark"/>
    <field id="signed-on" label="Date" type="date"/>
  </signature>
</section>
</form>
"""
RNG = "{http://relaxng.org/ns/structure/1.0}"
LANGUAGE = '<language xmlns="urn:formc:language:1" form="visit" xml:lang="cy" partial="yes">\n'
HEAD = ('<form xmlns="urn:formc:form:1" id="example" version="1.0.0" status="draft" xml:lang="en-GB"\n'
        '      data-ns="urn:formc:data:example">\n<title>Example</title>\n')


def text_of(*path):
    with open(os.path.join(TOP, *path), encoding="utf-8") as file:
        return file.read()


FORMATS = """At most 50 errors are shown; warnings do not count. `--format` says how:

| `--format` | |
|---|---|
| `text` | on standard error, for people. The first line of each begins `file:line:column: error[E201]:`, which editors understand |
| `json` | on standard output: `errors`, `warnings`, `not-shown` (errors beyond the 50) and `diagnostics`, each with `code`, `severity` (`error`, `warning`, `advice`), `message`, `help` where there is one, `file`, `line`, `column`, `end-line`, `end-column`, and `notes` about other places. Columns count characters from 1; an end is the column behind the last character |
| `sarif` | on standard output: SARIF 2.1.0, for code review and editors. Columns count UTF-16 units. The help is the second paragraph of a message |

Neither `json` nor `sarif` holds a line of the file.

"""


def table():
    """{element: (attributes, kids)} of compiler/grammar.c"""
    source = text_of("compiler", "grammar.c")
    macros = {name: value.replace("\\\n", " ") for name, value in
              re.findall(r"#define ([A-Z]+)((?:[^\n]*\\\n)*[^\n]*)\n", source)}

    def words(text):
        for _ in range(3):
            text = re.sub(r'\b(RUNS|RICH|BODY|ANSWER)\b', lambda m: macros[m.group(1)], text)
        return re.sub(r"[!*]", "", " ".join(re.findall(r'"([^"]*)"', text))).split()

    rows = source[source.index("static const row table[FC_EL_COUNT] = {"):]
    rows = rows[:rows.index("\n};")]
    found = {}
    for name, rest in re.findall(r'\{"([a-z-]+)",(.*?)TEXT_[A-Z]+\}', rows, re.DOTALL):
        attrs, kids = re.match(r'\s*((?:"[^"]*"|[A-Z]+|\s)+),\s*((?:"[^"]*"|[A-Z]+|\s)+),\s*$', rest).groups()
        had = found.get(name, (set(), set()))  # <set>, <prompts> and <p> are in two rows
        found[name] = (had[0] | set(words(attrs)), had[1] | set(words(kids)))
    return found


def grammar():
    """The same of forms/form.rng"""
    found = {}
    for element in etree.parse(os.path.join(TOP, "forms", "form.rng")).iter(RNG + "element"):
        name = element.get("name")
        had = found.get(name, (set(), set()))
        called = {"answer": "set", "tick": "p"}  # two elements of one name
        kids = {called.get(r.get("name"), r.get("name")) for r in element.iter(RNG + "ref")}
        found[name] = (had[0] | {a.get("name") for a in element.iter(RNG + "attribute")},
                       had[1] | kids - {"anywhere", "id"})
    return found


def codes():
    rows = re.findall(r'X\((\w+), "([EW]\d+)",\s*"((?:[^"\\]|\\.)*)"\)', text_of("compiler", "codes.h"))
    plans = re.findall(r'\{"(P\d+)", "([^"]*)"\}', text_of("runtime", "plan", "codes.c"))
    returned = re.findall(r'\{"(R\d+)",(?:\s*FC_\w+,)?\s*"([^"]*)"', text_of("runtime", "returned", "codes.c"))
    return sorted((code, title) for _, code, title in rows) + plans + returned


def diagnostics_page():
    page = ("# Diagnostics\n\nWhat `formc check` and `formc build` can say about a definition, and what every command that reads "
            "a plan, and `read` about a file that came back, can say about it as a file. A code stays what it is. E0 is about reading a definition, E1 about its "
            "structure, E2 about expressions, E3 about rules, E4 about versions, E5 about language "
            "files, E6 about themes; W is a warning; P is about plans; R is about files that came back (R0: why one is not "
            "read, R1: one place, R2: the whole file, R3: one among many). What "
            "is missing or wrong in the answers of a plan has no code: the form's rules say it, in the form's words. "
            "Each E and W has at least one small definition in `tests/diagnostics` that shows it, or one that "
            "`hostile.py` there makes. `formc explain E201` prints the page of a code, `formc explain` the list.\n\n" + FORMATS + "| code | what it is about |\n|---|---|\n")
    return page + "".join("| %s | %s |\n" % (code, title.replace("<", "&lt;")) for code, title in codes())


def listed_in(path, table, row):
    """The words that `row` finds in a C table."""
    source = text_of(*path)
    begin = source.index(table)
    return re.findall(row, source[begin:source.index("\n};", begin)])


def types():
    return listed_in(("runtime", "form", "form.c"), "fc_types[FC_TYPE_COUNT] = {", r'= \{"([a-z-]+)"')


def functions():
    return listed_in(("compiler", "expr_parse.c"), "function functions[] = {", r'\{"([a-z-]+)", "')


def operators():
    return listed_in(("runtime", "form", "expr.c"), "operators[] = {", r'\{\d, +"([a-z]+)"')


def sections(page):
    """{element or other word of a heading: the text below it}; of two with one word, both texts."""
    found = {}
    for piece in re.split(r"^(?=###? )", page, flags=re.MULTILINE)[1:]:
        heading, text = piece.split("\n", 1)
        for word in re.split(r"[,;]? ", heading.lstrip("# ")):
            found[word] = found.get(word, "") + text
    return found


def undescribed(page, ours, trees):
    """What docs/language.md does not tell about the compiler's tables, or does not show."""
    below = sections(page)
    for name, text in below.items():
        for other in re.findall(r"attributes of a \[\w+\]\(#(\w+)\)", text):  # "the attributes of a [field](#field)"
            below[name] += below.get(other, "")
    bad = ["has no heading for <%s>" % name for name in sorted(set(ours) - set(below))]
    bad += ["does not describe %s below the heading of <%s>" % (a, name) for name, (attrs, _) in sorted(ours.items())
            for a in sorted(attrs) if "`%s`" % a not in below.get(name, "")]
    shown = {(etree.QName(e).localname, a.replace("{http://www.w3.org/XML/1998/namespace}", "xml:"))
             for tree in trees for e in tree.iter(etree.Element) for a in e.attrib}
    inside = {(etree.QName(e).localname, etree.QName(k).localname) for tree in trees
              for e in tree.iter(etree.Element) for k in e.iterchildren(etree.Element)}
    bad += ["has no example of <%s> in <%s>" % (k, name) for name, (_, kids) in sorted(ours.items())
            for k in sorted(kids - RUNNING) if (name, k) not in inside]
    bad += ["has no example of %s on <%s>" % (a, name) for name, (attrs, _) in sorted(ours.items())
            for a in sorted(attrs) if (name, a) not in shown]
    expressions = " ; ".join(value for tree in trees for e in tree.iter(etree.Element) for a, value in e.attrib.items()
                             if a in ("must", "when", "ask-when", "required-when", "calc"))
    kinds = {e.get("type") for tree in trees for e in tree.iter(etree.Element)}
    for what, names, where in (("the type", types(), "field"), ("the function", functions(), "Expressions"),
                               ("the operator", operators(), "Expressions")):
        text = "".join(t for word, t in below.items() if word in (where, "rows"))
        if len(names) < 9:
            bad.append("%ss of the compiler could not be read" % what)
        for name in names:
            if not re.search(r"`[^`\n]*(?<![\w-])%s(?![\w-])[^`\n]*`" % name, text):
                bad.append("does not describe %s %s" % (what, name))
            if not (name in kinds if where == "field" else re.search(r"(?<![\w-])%s(?![\w-])" % name, expressions)):
                bad.append("has no example of %s %s" % (what, name))
    for element in etree.parse(os.path.join(TOP, "forms", "form.rng")).iter(RNG + "element"):
        for value in element.iter(RNG + "value"):
            if not re.search(r'`%s`|="%s"' % (value.text, value.text), below.get(element.get("name"), "")):
                bad.append("does not tell of \"%s\" below the heading of <%s>" % (value.text, element.get("name")))
    return ["docs/language.md " + b for b in bad]


def helpless():
    """Messages that do not say what to do, in what tests/diagnostics/*.xml make formc say."""
    said = 0
    for case in sorted(glob.glob(os.path.join(TOP, "tests", "diagnostics", "*.xml"))):
        done = subprocess.run([os.environ["FORMC"], "check", case, "--format", "json"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False)
        for d in json.loads(done.stdout)["diagnostics"]:
            said += 1
            if not d.get("help"):
                yield "%s: %s says what is wrong, not what to do: %s" % (os.path.basename(case), d["code"], d["message"])
    if said < 150:
        yield "tests/diagnostics make formc say only %d things" % said


def wrapped(kind, example):
    if kind == "language":
        return LANGUAGE + example + "</language>"
    if kind == "section":
        return HEAD + '<section id="s" title="S">\n' + example + "</section></form>"
    if kind == "plan":
        return ('<loan xmlns="urn:formc:data:loan" xmlns:p="urn:formc:plan:1" p:form="loan" p:version="1.0.0">\n' +
                example + "</loan>\n")
    return HEAD + example + "</form>" if kind == "form" else example


def pages_of_codes(text, formcheck, scratch):
    """What is wrong with the pages below the list."""
    pages, bad = {}, []
    for piece in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]:
        page = PAGE.fullmatch(piece.rstrip("\n") + "\n")
        if page:
            pages[page[1]] = page
        else:
            bad.append("docs/diagnostics.md: a page that is not like the others: " + piece.split("\n")[0])
    if list(pages) != [code for code, _ in codes()]:
        bad.append("docs/diagnostics.md has no page for, or not in order: %s"
                   % sorted(set(pages) ^ {code for code, _ in codes()}))
    for code, title in codes():
        page = pages.get(code)
        if not page:
            continue
        if page[2] != title.replace("<", "&lt;"):
            bad.append("docs/diagnostics.md: the page of %s is not about \"%s\"" % (code, title))
        if bool(page[4]) == (code in NOT_SHOWN or code[0] == "R"):
            bad.append("docs/diagnostics.md: the examples of %s" % code)
        for kind, example, right in ((page[4], page[5], set()), (page[6], page[7], {code})) if page[4] else ():
            path = os.path.join(scratch, "page.xml")
            tool = [os.environ["FORMC"], "test"] if code in TESTED else [formcheck]
            # The line before the fence is not part of a whole file, which may be empty.
            text = wrapped(kind, example) if kind != "whole" else example[:-1]
            if code[0] == "P":
                loan = os.path.join(scratch, "loan", "form.xml")  # apart from what was published here
                os.makedirs(os.path.dirname(loan), exist_ok=True)
                with open(loan, "w", encoding="utf-8") as out:
                    out.write(LOAN)
                tool = [os.environ["FORMC"], "validate", "--as-of", "2026-03-01", loan]
            if code in PUBLISHED:
                tool = [os.environ["FORMC"], "publish"]
                shutil.rmtree(os.path.join(scratch, "published"), ignore_errors=True)
                with open(path, "w", encoding="utf-8") as out:
                    out.write(wrapped("form", BEFORE).replace('"1.0.0" status="draft"', '"0.9" status="published"'))
                subprocess.run([*tool, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
                text = text.replace('status="draft"', 'status="published"')
            with open(path, "w", encoding="utf-8") as out:
                out.write(text)
            done = subprocess.run([*tool, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            wanted = {code} - right
            if set(re.findall(r"^\S+:\d+:\d+: \w+\[(\w+)\]", done.stdout, re.MULTILINE)) != wanted or \
                    (done.returncode and not wanted and code[0] != "P"):  # rules may find something in a plan
                bad.append("the %s example of %s:\n%s\n%s" % ("right" if right else "wrong", code, example, done.stdout))
    return bad


def main():
    formcheck, bad = sys.argv[1], []
    told = text_of("docs", "diagnostics.md")
    listed, pages = told[:told.index("\n## ")], told[told.index("\n## "):]
    if "bless" in sys.argv:
        listed = diagnostics_page()
        with open(os.path.join(TOP, "docs", "diagnostics.md"), "w", encoding="utf-8") as out:
            out.write(listed + pages)
    rng = etree.RelaxNG(etree.parse(os.path.join(TOP, "forms", "form.rng")))

    ours, editors = table(), grammar()
    if len(ours) < 30 or ours != editors:
        for name in sorted(set(ours) | set(editors)):
            if ours.get(name) != editors.get(name):
                bad.append("<%s>: the compiler has %s, forms/form.rng has %s" % (name, ours.get(name), editors.get(name)))
        bad = bad or ["compiler/grammar.c could not be read"]

    page = text_of("docs", "language.md")
    examples = EXAMPLE.findall(page)
    trees = []
    with tempfile.TemporaryDirectory() as scratch:
        for kind, example in examples:
            example = wrapped(kind, example)
            path = os.path.join(scratch, "example.xml")
            with open(path, "w", encoding="utf-8") as out:
                out.write(example)
            done = subprocess.run([formcheck, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if done.returncode or done.stdout:
                bad.append("an example of docs/language.md is not fine:\n%s\n%s" % (example, done.stdout))
                continue
            tree = etree.parse(path)
            trees.append(tree)
            if not rng.validate(tree):
                bad.append("forms/form.rng refuses an example:\n%s\n%s" % (example, rng.error_log))
    used = {etree.QName(e).localname for tree in trees for e in tree.iter(etree.Element)}
    bad += ["no example of docs/language.md has <%s>" % name for name in sorted(set(ours) - used)]
    bad += undescribed(page, ours, trees)

    with tempfile.TemporaryDirectory() as scratch:
        shutil.copy(os.path.join(TOP, "tests", "diagnostics", "language-form.xml"), scratch)
        bad += pages_of_codes(pages, formcheck, scratch)
    if listed != diagnostics_page():
        bad.append("docs/diagnostics.md is not what compiler/codes.h says (tests/front/pages.py FORMCHECK bless)")
    cases = "".join(text_of("tests", "diagnostics", os.path.basename(p))
                    for p in glob.glob(os.path.join(TOP, "tests", "diagnostics", "*.xml")))
    cases += text_of("tests", "diagnostics", "hostile.py")
    cases += text_of("tests", "command", "languages.py")
    cases += text_of("tests", "command", "examples.py") + text_of("tests", "command", "publish.py")
    bad += ["no case in tests/diagnostics has %s" % code for code, _ in codes() if code[0] not in "PR" and code not in cases]
    reported = set(re.findall(r'"(P\d{3})"', "".join(text_of("runtime", "plan", os.path.basename(p)) for p in
                                                     glob.glob(os.path.join(TOP, "runtime", "plan", "*.c"))
                                                     if not p.endswith("codes.c"))))
    bad += ["runtime/plan/codes.c and what runtime/plan reports differ in " + code
            for code in sorted(reported ^ {code for code, _ in codes() if code[0] == "P"})]

    bad += helpless()
    for form in glob.glob(os.path.join(TOP, "forms", "*", "form.xml")):
        if not rng.validate(etree.parse(form)):
            bad.append("forms/form.rng refuses %s: %s" % (form, rng.error_log))
    for name in ("element-unknown", "attribute-unknown", "element-too-late", "id-shape", "value-not-allowed"):
        if rng.validate(etree.parse(os.path.join(TOP, "tests", "diagnostics", name + ".xml"))):
            bad.append("forms/form.rng takes tests/diagnostics/%s.xml" % name)
    print("\n".join(bad))
    print("%d examples, %d elements, %d codes, %d faults" % (len(examples), len(ours), len(codes()), len(bad)))
    return 1 if bad or len(examples) < 15 else 0


if __name__ == "__main__":
    sys.exit(main())
