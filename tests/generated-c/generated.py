#!/usr/bin/env python3
"""Generated C, as a supplier would use it: built by the command, compiled by both compilers as C
and as C++ with strict warnings, run on plans.

    generated.py example INTERPRET   the example program on the plans of forms/s117-aftercare
    generated.py hostile             a definition whose words try to be C
    generated.py names               ids that are words of C, and ids that look like made-up names
    generated.py hostile-names       ids that are every word, type and macro that could be in the way
    generated.py abi                 a header of another time is refused
    generated.py size INTERPRET      how large the files become; many rules stand in several
    generated.py coverage            gcov on generated code is coverage of the rules
    generated.py pure                the checking part needs nothing but memory functions
    generated.py page                what docs/embedding.md shows is what works
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape, quoteattr

SOURCE = pathlib.Path(os.environ["FORMC_SOURCE"])
HERE = SOURCE / "tests/generated-c"
S117 = SOURCE / "forms/s117-aftercare"
AS_OF = "2026-11-23"

STRICT = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -Wtrigraphs".split()
COMPILERS = [
    ["gcc", "-std=c11", "-Wbidi-chars=any"],
    ["gcc", "-x", "c++", "-std=c++17", "-Wbidi-chars=any"],
    ["clang", "-std=c11"],
    ["clang", "-x", "c++", "-std=c++17"],
]


def run(args, **more):
    return subprocess.run([str(a) for a in args], capture_output=True, **more)


def must_run(args, **more):
    done = run(args, **more)
    if done.returncode != 0:
        sys.exit("%s: exit %d\n%s%s" % (" ".join(map(str, args)), done.returncode,
                                        done.stdout.decode(errors="replace"),
                                        done.stderr.decode(errors="replace")))
    return done.stdout


def xml2(what):
    flags = must_run(["pkg-config", what, "libxml-2.0"]).decode().split()
    return [re.sub("^-I", "-isystem", f) for f in flags]


def build(form, folder):
    must_run([os.environ["FORMC"], "build", form, "-o", folder, "--only", "c"])
    return pathlib.Path(folder) / "c"


def compile_all(c, main, out):
    """The generated files and a program, by every compiler; the programs made."""
    programs = []
    for i, compiler in enumerate(COMPILERS):
        program = pathlib.Path(out) / ("program-%d" % i)
        objects = []
        for source in sorted(c.glob("*.c")) + [pathlib.Path(main)]:
            made = pathlib.Path(out) / ("%s-%d.o" % (source.stem, i))
            must_run(compiler + STRICT + ["-I", c] + xml2("--cflags") +
                     ["-c", source, "-o", made])
            objects.append(made)
        must_run([compiler[0]] + objects + xml2("--libs") + ["-o", program])
        programs.append(program)
    return programs


def test_example(interpret):
    with tempfile.TemporaryDirectory() as t:
        c = build(S117, t)
        names = sorted(p.name for p in c.iterdir())
        assert names == ["fv.h", "s117_aftercare.c", "s117_aftercare.h",
                         "s117_aftercare_read.c"], names
        programs = compile_all(c, HERE / "example.c", t)
        for name in ("complete", "faulty"):
            plan = S117 / "examples" / (name + ".xml")
            stage = re.search(r'p:stage="([a-z-]+)"', plan.read_text("utf-8")).group(1)
            wanted = (HERE / "expected" / (name + ".txt")).read_text().splitlines()
            other = run([interpret, S117 / "form.xml", plan, stage, AS_OF])
            for program in programs:
                done = run([program, plan, AS_OF])
                lines = done.stdout.decode().splitlines()
                found = [line.split(": ")[0] for line in lines]
                assert found == wanted, "%s: %s" % (name, sorted(set(found) ^ set(wanted)))
                assert done.returncode == (1 if wanted else 0)
                assert all(line.split(": ", 1)[1] for line in lines)
                assert done.stdout == other.stdout, "the interpreter differs"
        # The same for good practice, which is not among those findings.
        main = (HERE / "example.c").read_text()
        assert main.count("s117_aftercare_validate(") == 1
        auditor = pathlib.Path(t) / "auditor.c"
        auditor.write_text(main.replace("s117_aftercare_validate(", "s117_aftercare_audit("))
        for program in compile_all(c, auditor, t):
            for name, stage in (("complete", "signed"), ("faulty", "signed"), ("half", "draft")):
                plan = S117 / "examples" / (name + ".xml")
                told = run([program, plan, AS_OF]).stdout
                assert told == run([interpret, S117 / "form.xml", plan, stage, AS_OF, "audit"]).stdout, name
                kinds = {line.split()[0] for line in told.decode().splitlines()}
                assert kinds == ({"question"} if name == "complete" else {"advice", "question"}), kinds
                assert b" judged/from-disorder: " in told
        programs = compile_all(c, HERE / "example.c", t)
        # No answer of the plan is in what is printed.
        answers = re.findall(r">([^<>\n]{8,})<", (S117 / "examples/faulty.xml").read_text("utf-8"))
        assert answers and not [a for a in answers if a in done.stdout.decode()]
        missing = run([programs[0], "no-such-file", AS_OF])
        assert missing.returncode == 3 and b"cannot be read" in missing.stderr


HOSTILE = [
    "*/ int main(void) { return 1; } /*",
    "\" \\ ' \\n \\\" \\",
    "trailing backslash \\",
    "??/ ??' ??( ??) ??= ??! ??< ??> ??-",
    "%s %n %d %%",
    "right to left \u202e and isolates \u2066 \u2069",
    "#include </etc/passwd>",
    "#line 1 \"x\"",
    "first\n#error second\n",
    "_Pragma(\"GCC error\") __FILE__ // comment \\",
    "\u00e9\u4e2d\U0001f600\u0301",
    "0123456789abcdef 7 \u00ff7 \u00fff",
    "]]> <!-- --> &amp; <script>",
    "x" * 60,
]
LONG = "a long message \u00e9 \\ \" " * 400  # more than a literal may hold


def hostile_form():
    fields, rules = [], []
    for i, words in enumerate(HOSTILE + ["last"]):
        message = words if i < len(HOSTILE) else LONG
        fields.append(
            '<field id="f%d" label=%s type="line" must="answered(f%d)"><hint>%s</hint>'
            "<message>%s</message></field>"
            % (i, quoteattr(words), i, escape(words), escape(message)))
    choices = "".join('<choice id="c%d">%s</choice>' % (i, escape(w))
                      for i, w in enumerate(HOSTILE))
    return ('<form xmlns="urn:formc:form:1" id="hostile" version="1.0.0" status="draft" '
            'xml:lang="en-GB" data-ns="urn:formc:data:hostile?a=1&amp;b=2"><title>%s</title>'
            '<stages><stage id="draft">%s</stage></stages>'
            '<parties><party id="p" kind="person">%s</party></parties>'
            '<choices id="list">%s</choices>'
            '<type id="odd" base="line" pattern="[^\\\\*/&quot;\\?%%]+"/>'
            '<section id="s" title=%s completed-by="p"><note kind="help">%s</note>%s'
            '<field id="c" label="Choice" type="choice" choices="list"/>'
            '<field id="o" label="Odd" type="odd"/></section></form>'
            % (escape(HOSTILE[0]), escape(HOSTILE[1]), escape(HOSTILE[3]), choices,
               quoteattr(HOSTILE[4]), escape(HOSTILE[6]), "".join(fields)))


def folded(words):
    return " ".join(words.split())


def test_hostile():
    with tempfile.TemporaryDirectory() as t:
        form = pathlib.Path(t) / "form.xml"
        form.write_text(hostile_form(), "utf-8")
        c = build(form, t)
        for source in c.iterdir():
            if source.name != "fv.h":
                text = source.read_bytes()
                assert all(b < 0x80 for b in text), source.name
                for comment in re.findall(rb"/\*.*?\*/", text, re.S):
                    assert b"main" not in comment and b"passwd" not in comment
        must_run([os.environ["FORMC"], "new", form, "-o", pathlib.Path(t) / "plan.xml"])
        plan = (pathlib.Path(t) / "plan.xml").read_bytes()
        must_run([os.environ["FORMC"], "fill", form, pathlib.Path(t) / "plan.xml", "--to", "xml", "-o", "-"])
        for program in compile_all(c, HERE / "print_words.c", t):
            parts = must_run([program], input=plan).decode().split("\0")[:-1]
            assert [folded(p) for p in parts] == [
                folded(p) for p in HOSTILE + ["last", "Choice", "Odd"] + HOSTILE +
                HOSTILE + [LONG]], parts


SMALL = ('<form xmlns="urn:formc:form:1" id="%s" version="1.0.0" status="draft" '
         'xml:lang="en-GB" data-ns="urn:formc:data:%s"><title>t</title>%s</form>')
ALMOST_EQUAL = """
<section id="s" title="One">
  <field id="d" label="D" type="prose"/>
  <repeat id="rows" label="Some" min="0" max="2" blank-rows="1" layout="table">
    <field id="x" label="X" type="line"/>
  </repeat>
  <repeat id="rows-rows" label="More" min="0" max="2" blank-rows="1" layout="table">
    <field id="x" label="X" type="line" must="x ne d"><message>Enter another.</message></field>
  </repeat>
</section>
<section id="s-rows" title="Two"><field id="rows" label="R" type="prose"/></section>
"""
NOTHING = '<section id="s" title="S"><note kind="help">No question at all.</note></section>'


def test_names():
    with tempfile.TemporaryDirectory() as t:
        main = pathlib.Path(t) / "main.c"
        main.write_text("int main(void)\n{\n    return 0;\n}\n")
        form = pathlib.Path(t) / "form.xml"
        texts = [(HERE / "forms/kitchen-sink.xml").read_text("utf-8"),
                 SMALL % ("a-9", "a-9", ALMOST_EQUAL), SMALL % ("string", "string", NOTHING)]
        for i, text in enumerate(texts):
            form.write_text(text, "utf-8")
            made = pathlib.Path(t) / str(i)
            compile_all(build(form, made), main, t)
            for source in (made / "c").iterdir():
                # Identifiers with two underscores belong to C++.
                words = re.findall(r"\b[a-z]\w*__\w*", source.read_text())
                assert not words, (source.name, words)
        for compiler in COMPILERS:
            must_run(compiler + STRICT + ["-fsyntax-only", "-include", SOURCE / "runtime/fv.h",
                                          main])


# Names that generated code and its header make up, and types of C and C++.
MADE_UP = """read read-file validate release stage stage-of fields list list-x list-read check-read pins
memory version digest h x-rows r-rows hostile plan row rows group each report at all rules n i eof null
abort main printf memcpy size-t ptrdiff-t wchar-t max-align-t int8-t int32-t int64-t uint8-t uint16-t
uint32-t uintptr-t char8-t char16-t co-await co-return co-yield const-cast static-cast dynamic-cast
reinterpret-cast static-assert thread-local typeof-unqual and-eq not-eq or-eq xor-eq bitand""".split()
HEADERS = "stdio.h stdlib.h string.h errno.h assert.h stdbool.h stddef.h stdint.h complex.h".split()
EXPRESSIONS = "and or not eq ne lt le gt ge yes no true false".split()  # cannot be ids


def hostile_ids():
    listed = re.search(r"reserved\[\] = {(.*?)};", (SOURCE / "output/c/names.c").read_text(), re.S)
    words = set(MADE_UP) | set(re.findall(r'"(.*?)"', listed.group(1)))
    words |= set(re.findall(r"\bfv_[a-z_0-9]+\b", (SOURCE / "runtime/fv.h").read_text()))
    includes = "".join("#include <%s>\n" % h for h in HEADERS).encode()
    for compiler in ("gcc", "clang"):
        for language in ("c", "c++"):
            macros = must_run([compiler, "-x", language, "-dM", "-E", "-"], input=includes).decode()
            words |= set(re.findall(r"#define ([a-z][a-z0-9_]*)", macros))
    ids = {w.replace("_", "-") for w in words} - set(EXPRESSIONS)
    return sorted(i for i in ids if re.fullmatch("[a-z][a-z0-9]*(-[a-z0-9]+)*", i) and len(i) <= 40)


def hostile_names_form(ids):
    fields = "".join('<field id="%s" label="x" type="line"/>' % i for i in ids)
    sections = "".join(
        '<section id="%s" title="t"><field id="%s" label="x" type="choice" choices="%s" must="%s eq %s">'
        '<message>Change it.</message></field><repeat id="rr" label="x" max="2">'
        '<field id="%s" label="x" type="date"/></repeat></section>' % (i, i, i, i, i, i) for i in ids)
    return ('<form xmlns="urn:formc:form:1" id="hostile" version="1.0.0" status="draft" xml:lang="en-GB" '
            'data-ns="urn:x"><title>t</title><stages>%s</stages>%s'
            '<section id="s-1" title="t">%s</section><section id="s-2" title="t">'
            '<repeat id="r" label="x" max="2">%s</repeat></section>%s</form>' % (
                "".join('<stage id="%s">x</stage>' % i for i in ids),
                "".join('<choices id="%s">%s</choices>' % (
                    i, "".join('<choice id="%s">%s</choice>' % (k, k) for k in (ids if i == "list" else ["x"])))
                        for i in ids), fields, fields, sections))


def test_hostile_names():
    ids = hostile_ids()
    assert {"errno", "unix", "linux", "stdin", "complex", "fv-text", "and-eq", "size-t"} <= set(ids), ids
    with tempfile.TemporaryDirectory() as t:
        main = pathlib.Path(t) / "main.c"
        main.write_text("int main(void)\n{\n    return 0;\n}\n")
        form = pathlib.Path(t) / "form.xml"
        form.write_text(hostile_names_form(ids), "utf-8")
        compile_all(build(form, t), main, t)


def test_abi():
    with tempfile.TemporaryDirectory() as t:
        c = build(S117, t)
        header = (c / "fv.h").read_text("utf-8")
        own = re.search(r"#define FV_ABI (\d+)\n", header).group(1)
        (c / "fv.h").write_text(header.replace("#define FV_ABI " + own, "#define FV_ABI %d" % (int(own) + 1)))
        for compiler in COMPILERS:
            for name in ("s117_aftercare.c", "s117_aftercare_read.c"):
                done = run(compiler + ["-I", c] + xml2("--cflags") + ["-fsyntax-only", c / name])
                assert done.returncode != 0 and b"fv.h does not fit" in done.stderr, done.stderr


FILE_MAX = 1 << 20  # docs/embedding.md says so
SIZE_MAIN = r"""
#include "large.h"
#include <stdio.h>
static void print(void *user, const fv_finding *f)
{
    static const char *const severities[] = {"error", "warning", "advice"};
    (void)user;
    printf("%s %s %s: %s\n", severities[f->severity], f->path, f->rule, f->message);
}
int main(int argc, char **argv)
{
    struct large *plan = NULL;
    fv_report report = fv_report_make(NULL, 0, print, NULL);
    if (argc != 2 || large_read_file(&plan, argv[1], NULL) != FV_READ_OK)
        return 3;
    large_validate(plan, 0, fv_date_make(2026, 11, 23), &report);
    large_release(plan);
    return 0;
}
"""


def large_form(sections):
    """50 questions a section, of several types, all required; some with checks, some in rows."""
    types = ["line", "prose", "date", "integer", "yes-no", "interval", "nhs-number", "money"]
    checks = {"date": (' must="q%d le as-of()"', "The date lies in the future. Enter one that is past."),
              "integer": (' must="q%d ge 1"', "The number is too small. Enter 1 or more.")}
    out = []
    for s in range(sections):
        out.append('<section id="s%d" title="Section %d">' % (s, s))
        for i in range(48):
            check, message = checks.get(types[i % 8], ("", ""))
            out.append('<field id="q%d" label="Question %d of section %d, as people put it" type="%s" '
                       'required="yes"%s>%s</field>' % (
                           i, i, s, types[i % 8], check % i if check else "",
                           "<message>%s</message>" % message if message else ""))
        out.append('<repeat id="r" label="Rows"><field id="a" label="A" type="date" must="a le b">'
                   '<message>Change it.</message></field>'
                   '<field id="b" label="B" type="date"/></repeat></section>')
    return SMALL % ("large", "large", "".join(out))


def test_size(interpret):
    with tempfile.TemporaryDirectory() as t:
        sizes = {p.name: p.stat().st_size for p in build(S117, pathlib.Path(t) / "s117").iterdir()}
        assert max(sizes.values()) < 256 << 10, sizes
        t = pathlib.Path(t)
        (t / "form.xml").write_text(large_form(100), "utf-8")
        c = build(t / "form.xml", t)
        sizes = {p.name: p.stat().st_size for p in c.iterdir()}
        print(sizes)
        assert len(sizes) > 8 and max(sizes.values()) <= FILE_MAX, sizes
        (t / "main.c").write_text(SIZE_MAIN)
        must_run(["gcc", "-std=c11", "-O0", "-Wmissing-prototypes", "-I", c] + STRICT + xml2("--cflags") +
                 [t / "main.c"] + sorted(c.glob("*.c")) + xml2("--libs") + ["-o", t / "large"])
        answers = ('<s3><q2>2026-11-24</q2><q3>0</q3><q4>perhaps</q4>%s</s3><s99><r><a>2026-02-01</a>'
                   '<b>2026-01-31</b></r><q47>1</q47></s99>')
        for i, inside in enumerate(["", answers % "<r/><r><a>soon</a></r>"]):
            plan = t / ("plan-%d.xml" % i)
            plan.write_text('<large xmlns="urn:formc:data:large">%s</large>' % inside)
            own, other = run([t / "large", plan]), run([interpret, t / "form.xml", plan, "x", AS_OF])
            assert own.stdout.count(b"\n") >= 4790, own.stdout.count(b"\n")
            assert own.stdout == other.stdout and own.returncode == 0, "the interpreter differs"


def test_coverage():
    with tempfile.TemporaryDirectory() as t:
        c = build(S117, t)
        (c / "form.xml").write_bytes((S117 / "form.xml").read_bytes())
        blank = pathlib.Path(t) / "blank.xml"
        blank.write_text('<s117-aftercare xmlns="urn:formc:data:s117-aftercare"/>')
        # good practice is coverage too
        main = (HERE / "example.c").read_text()
        release = "    s117_aftercare_release(plan);"
        assert main.count(release) == 1
        (c / "main.c").write_text(main.replace(release, """    s117_aftercare_audit(plan, (unsigned)stage,
                         fv_date_read(fv_text_of(argv[2])), &report);\n""" + release))
        must_run(["gcc", "--coverage", "-O0", "-I", ".", "s117_aftercare.c",
                  "s117_aftercare_read.c", "main.c"] + xml2("--cflags") +
                 xml2("--libs") + ["-o", "covered"], cwd=c)

        def covered(plan):
            for old in c.glob("*.gcda"):
                old.unlink()
            run(["./covered", plan, AS_OF], cwd=c)
            must_run(["gcov", "covered-s117_aftercare.c"], cwd=c)
            lines = {}
            for line in (c / "form.xml.gcov").read_text("utf-8").splitlines():
                count, number, text = line.split(":", 2)
                if count.strip() != "-" and int(number) > 0:
                    lines[int(number)] = (count.strip() != "#####", text)
            return lines

        first, second = covered(blank), covered(S117 / "examples/faulty.xml")
        rule = [n for n, (_, text) in second.items() if 'must="review ge start"' in text]
        assert len(rule) == 1, rule
        assert not first[rule[0]][0], "a blank plan has no rows, so no rule of a row ran"
        assert second[rule[0]][0]
        assert len(second) > 40 and all(ran for ran, _ in second.values())


def test_pure():
    allowed = {"memcpy", "memset", "memcmp", "memmove", "__stack_chk_fail",
               "_GLOBAL_OFFSET_TABLE_"}
    with tempfile.TemporaryDirectory() as t:
        c = build(S117, t)
        for level in ("-O0", "-O2"):
            made = pathlib.Path(t) / "check.o"
            must_run(["gcc", "-std=c11", level, "-c", c / "s117_aftercare.c", "-o", made])
            symbols = must_run(["nm", made]).decode().splitlines()
            needed = {s.split()[-1] for s in symbols if " U " in s}
            assert needed <= allowed, needed - allowed
            # Data that can be written to; tables of pointers are relocated, then read-only.
            written = [s for s in symbols if re.search(r" [bBCD] ", s)]
            assert not written, written
            public = {s.split()[-1] for s in symbols if " T " in s}
            assert public == {"s117_aftercare_validate", "s117_aftercare_audit",
                              "s117_aftercare_human_rules", "s117_aftercare_fields",
                              "s117_aftercare_stage_of"}, public


def test_page():
    page = (SOURCE / "docs/embedding.md").read_text("utf-8")
    blocks = re.findall(r"```(\w+)\n(.*?)```", page, re.S)
    programs = [text for kind, text in blocks if kind == "c" and "int main" in text]
    assert (HERE / "example.c").read_text() in programs, "the page shows another example"
    with tempfile.TemporaryDirectory() as t:
        for i, text in enumerate(programs):
            pathlib.Path(t, "example.c" if "read_file" in text else "by-hand.c").write_text(text)
        commands = "".join(text for kind, text in blocks if kind == "sh")
        (pathlib.Path(t) / "forms").symlink_to(SOURCE / "forms")
        bin_ = pathlib.Path(t) / "bin"
        bin_.mkdir()
        (bin_ / "formc").symlink_to(os.environ["FORMC"])
        env = dict(os.environ, PATH="%s:%s" % (bin_, os.environ["PATH"]))
        for compiler in ("gcc", "clang"):
            cc = bin_ / "gcc"  # the name that the page uses
            cc.unlink(missing_ok=True)
            cc.symlink_to(shutil.which(compiler))
            made = pathlib.Path(t) / "out"
            if made.exists():
                shutil.rmtree(made)
            done = run(["sh", "-eu", "-c", commands], cwd=t, env=env)
            assert done.returncode == 1, done.stderr.decode()  # findings were found
            shown = [text for kind, text in blocks if kind == "text"]
            wanted = done.stdout.decode()
            for text in shown:
                for line in text.splitlines():
                    assert line in wanted.splitlines(), line


if __name__ == "__main__":
    globals()["test_" + sys.argv[1].replace("-", "_")](*sys.argv[2:])
