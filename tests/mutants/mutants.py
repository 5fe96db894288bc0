"""Mistakes put into the parser of expressions, the interpreter, what both validators share, the
emitter and the generated reader, one at a time: the table of verdicts and the comparison of the
three opinions have to notice every one.

    mutants.py some     a handful, for ./test
    mutants.py all      all of them, for the night

A mutant whose text is not found, not once, or that does not compile, is a failure as well: then
the list has to follow the sources."""
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(os.environ["FORMC_SOURCE"])
BUILD = pathlib.Path(os.environ["FORMC_BUILD"])
CC = os.environ["CC"]
FORMS = {"verdicts": (BUILD / "tests/verdicts/table/form.xml", "verdicts"),
         "kitchen": (TOP / "tests/generated-c/forms/kitchen-sink.xml", "form_default")}
PLANS = "150"
AS = ["-std=c11", "-O0", "-w", "-D_POSIX_C_SOURCE=200809L"]


def flags(what, package):
    return subprocess.run(["pkg-config", what, package], capture_output=True, encoding="utf-8",
                          check=True).stdout.split()


INCLUDE = flags("--cflags", "libxml-2.0")
LIBS = [str(BUILD / p) for p in ("tests/agreement/libagreement.a", "output/c/libformc_output_c.a",
                                 "compiler/libformc_compiler.a", "runtime/libformc_runtime.a")]
for library in ("libxslt", "libxml-2.0", "nettle", "jansson", "libpng"):
    LIBS += flags("--libs", library)

FV, EVAL, PARSE = "runtime/fv.h", "runtime/plan/eval.c", "compiler/expr_parse.c"
CHECK, CONDITIONS = "compiler/check.c", "compiler/conditions.c"
EXPR, RULES, EMIT = "output/c/expr.c", "output/c/rules.c", "output/c/emit.c"
READER = "output/c/reader.c.in"

# (file, what stands there, what stands there instead, whether it is one of the few)
MUTANTS = [
    # three values
    (FV, "return a == FV_TRUE && b == FV_TRUE ? FV_TRUE : FV_UNKNOWN;",
     "return a == FV_TRUE && b == FV_TRUE ? FV_TRUE : FV_FALSE;", True),
    (FV, "return a == FV_FALSE && b == FV_FALSE ? FV_FALSE : FV_UNKNOWN;",
     "return a == FV_FALSE || b == FV_FALSE ? FV_FALSE : FV_UNKNOWN;", False),
    (FV, "return a == FV_UNKNOWN ? FV_UNKNOWN : a == FV_TRUE ? FV_FALSE : FV_TRUE;",
     "return a == FV_TRUE ? FV_FALSE : FV_TRUE;", False),
    (FV, "return fv_truth_of(order <= 0);", "return fv_truth_of(order < 0);", False),
    (FV, "return fv_truth_of(order >= 0);", "return fv_truth_of(order > 0);", False),
    (FV, "return fv_truth_of(order != 0);", "return fv_truth_of(order > 0);", False),
    (FV, "if (a == FV_UNKNOWN || b == FV_UNKNOWN)", "if (a == FV_UNKNOWN && b == FV_UNKNOWN)", False),
    # numbers
    (FV, "if (v < (INT64_MIN + digit) / 10)", "if (v < INT64_MIN / 10)", False),
    (FV, "return v == INT64_MIN ? fv_no_number() : fv_number_of(-v);",
     "return fv_number_of(v == INT64_MIN ? v : -v);", False),
    (FV, "if (!a.known || !b.known)\n        return FV_UNKNOWN;\n    return fv_holds(a.value",
     "if (!a.known && !b.known)\n        return FV_UNKNOWN;\n    return fv_holds(a.value", False),
    # the calendar, the month rule
    (FV, "return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;", "return y % 4 == 0;", False),
    (FV, "return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;",
     "return y % 4 == 0 && y % 100 != 0;", False),
    (FV, "return fv_date_make(year, month, d.day < last ? d.day : last);",
     "return fv_date_make(year, month, d.day);", False),
    (FV, "return fv_date_make(year, month, d.day < last ? d.day : last);",
     "return d.day <= last ? fv_date_make(year, month, d.day) : fv_date_make(year, month + 1, d.day - last);",
     True),
    (FV, "return fv_date_make(year, month, d.day < last ? d.day : last);",
     "return fv_date_make(year, month, last);", False),
    (FV, "if (months < 12)", "if (months < 13)", False),
    (FV, "n.value > 120000 ||", "n.value > 1200 ||", False),
    (FV, "if (fv_compare_dates(fv_add_months(from, n), FV_GT, to) == FV_TRUE)",
     "if (fv_compare_dates(fv_add_months(from, n), FV_GE, to) == FV_TRUE)", False),
    (FV, "n.value = -n.value;", ";", False),
    (FV, "return fv_holds(a.year < b.year ? -1 : 1, op);",
     "return fv_holds(a.year < b.year ? 1 : -1, op);", False),
    (FV, "int64_t y = d.month > 2 ? d.year : d.year - 1;",
     "int64_t y = d.month > 1 ? d.year : d.year - 1;", False),
    (FV, "if (n < 0 || n > 3652364)", "if (n < 0 || n > 3652058)", False),
    (FV, "return at == s.n && third >= 1000 ?", "return at == s.n && third >= 1 ?", False),
    (FV, "return at == 10 ? fv_date_make(first, second, third) : fv_no_date();",
     "return at == 10 ? fv_date_make(first, second, third < 28 ? third : 28) : fv_no_date();", False),
    (FV, "fv_scan_between(s.c, &at) != between)", "fv_scan_between(s.c, &at) == 0)", False),
    (FV, "all->unclear = all->unclear || answered;", ";", False),
    (FV, "return all.unclear ? fv_no_date() : all.last;", "return all.unclear ? fv_no_date() : all.first;",
     False),
    # parts of dates, lengths of time, money
    (FV, "if ((op == FV_LE && a_most <= b_least) ||", "if ((op == FV_LE && a_most < b_least) ||", False),
    (FV, "if ((op == FV_LT && a_least >= b_most) ||", "if ((op == FV_LT && a_least > b_most) ||", False),
    (FV, ": fv_date_make(year, 12, 31);", ": fv_date_make(year, 12, 30);", False),
    (FV, "fewest[12] = {0, 28, 59,", "fewest[12] = {0, 28, 60,", False),
    (FV, "longest[12] = {0, 31, 62,", "longest[12] = {0, 30, 62,", False),
    (FV, "if (a_days == b_days) {", "if (true) {", False),
    (FV, "pence = 10 * (s.c[at++] - '0');", "pence = s.c[at++] - '0';", False),
    (FV, "if (s.too_long || digits == 0 || (grouped && group != 3))",
     "if (s.too_long || digits == 0)", False),
    # NHS numbers, texts, choices
    (FV, "sum += (10 - i) * (digits[i] - '0');", "sum += (9 - i) * (digits[i] - '0');", True),
    (FV, "check = (11 - sum % 11) % 11;", "check = 11 - sum % 11;", False),
    (FV, "check = (11 - sum % 11) % 11;", "check = (11 - sum % 11) % 11 % 10;", False),
    (FV, "if (max_length > 0 && fv_length(t) > max_length)",
     "if (max_length > 0 && fv_length(t) >= max_length)", False),
    (FV, "if (max_length > 0 && fv_length(t) > max_length)", "if (max_length > 0 && t.n > max_length)",
     False),
    (FV, "n.value += !space && !inside;", "n.value += space && inside;", False),
    (FV, "u == 0x202F || u == 0x205F || u == 0x3000;", "u == 0x202F;", False),
    (FV, "return fv_holds(fv_same_folded(a, b) ? 0 : 1, op);", "return fv_holds(fv_same(a, b) ? 0 : 1, op);",
     False),
    (FV, "a.value == b.value && (a.value != FV_SOMETHING_ELSE || fv_same_folded(a.text, b.text));",
     "a.value == b.value;", False),
    # what a rule says
    (FV, "return fv_verdict_make(t == FV_FALSE ? FV_FAILED : FV_PASSED, FV_NO_REASON);",
     "return fv_verdict_make(t != FV_TRUE ? FV_FAILED : FV_PASSED, FV_NO_REASON);", False),
    (FV, "why == FV_ASKED_DECLINED || why == FV_NOT_APPLICABLE)",
     "why == FV_ASKED_DECLINED || why == FV_NOT_APPLICABLE || why == FV_MASKED)", False),
    (FV, "if (when != FV_TRUE || state != FV_ABSENT)", "if (when == FV_FALSE || state != FV_ABSENT)", False),
    (FV, "return fv_verdict_make(when != FV_TRUE && state != FV_ABSENT",
     "return fv_verdict_make(when == FV_FALSE && state != FV_ABSENT", False),
    # the interpreter alone
    (EVAL, "if (x->op == FC_X_ANY)", "if (x->op == FC_X_ALL)", False),
    (EVAL, "v.truth = fv_truth_of(x->op == FC_X_ALL);", "v.truth = FV_FALSE;", False),
    (EVAL, "size_t row = field->container == at->each    ? at->each_row",
     "size_t row = field->container == at->each    ? at->row", False),
    (EVAL, "v.date = x->op == FC_X_EARLIEST ?", "v.date = x->op != FC_X_EARLIEST ?", False),
    (EVAL, "v.text = c ? fv(c->id) : t;", "v.text = t;", True),
    (EVAL, "if (stage < r->stage)", "if (stage <= r->stage && r->stage > 0)", False),
    (EVAL, "f.severity = FC_ADVICE;", ";", False),
    (EVAL, "return *why == FV_NO_REASON ? FV_PRESENT : FV_UNREADABLE;", "return FV_PRESENT;", False),
    (EVAL, "v.date = fv_add_days(evaluate(at, x->arg[0]).date,",
     "v.date = fv_add_months(evaluate(at, x->arg[0]).date,", False),
    (EVAL, "for (const fc_expr *use = x; use; use = use->arg[1]) {",
     "for (const fc_expr *use = x; use; use = NULL) {", False),
    # answers that follow from others
    (EVAL, "if (!answer->worked_out && (fv_is_text(fv(answer->text)) || answer->absent.n))",
     "if (!answer->worked_out && fv_is_text(fv(answer->text)))", False),
    (EVAL, "bool asked = !f->calc_when || evaluate(at, f->calc_when).truth == FV_TRUE;",
     "bool asked = true;", True),
    (FV, "known = known && asked == FV_TRUE;", "known = known && asked != FV_FALSE;", False),
    (FV, "if (*why != FV_WORKED_OUT && (*state != FV_ABSENT || *why != FV_NO_REASON))",
     "if (*state != FV_ABSENT)", False),
    # rows
    (EVAL, "for (size_t k = i; k < end && !row_is_blank(p, scope, row); k++)",
     "for (size_t k = i; k < end; k++)", False),
    (EVAL, "bool in_row = r->scope->repeat && in_repeat(r->where, r->scope);",
     "bool in_row = false;", False),
    # the parser: a mistake here is made by all the validators
    (PARSE, '{"lt", FC_X_LT},\n               {"le", FC_X_LE}', '{"lt", FC_X_LE},\n               {"le", FC_X_LT}',
     True),
    (PARSE, '{"earliest", "earliest(date in a repeat)", FC_X_EARLIEST,',
     '{"earliest", "earliest(date in a repeat)", FC_X_LATEST,', False),
    (PARSE, '{"weeks", "weeks(4)", FC_X_INTERVAL, FC_WEEKS}',
     '{"weeks", "weeks(4)", FC_X_INTERVAL, FC_DAYS}', False),
    (PARSE, "x->number = t.text.n == 3;", "x->number = t.text.n == 2;", False),
    (PARSE, 'return parse_row(p, "and", FC_X_AND, parse_test);',
     'return parse_row(p, "and", FC_X_OR, parse_test);', False),
    (PARSE, 'fc_str_eq_z(name->text, "pounds") ? 100 : 1;', 'fc_str_eq_z(name->text, "pounds") ? 10 : 1;',
     False),
    (PARSE, "x->arg[0] = a;\n            x->arg[1] = b;\n        }\n        a = x;",
     "x->arg[0] = b;\n            x->arg[1] = b;\n        }\n        a = x;", False),
    (CHECK, "r->must = fc_expr_join(c, FC_X_OR, fc_expr_not(c, asked), r->must);", ";", False),
    (CHECK, "r->when = fc_expr_join(c, FC_X_AND, asked, only);", "r->when = only;", False),
    # the emitter
    (EXPR, '[FC_X_LT] = "FV_LT"', '[FC_X_LT] = "FV_LE"', True),
    (EXPR, '"FV_DAYS", "FV_WEEKS", "FV_MONTHS", "FV_YEARS"', '"FV_DAYS", "FV_DAYS", "FV_MONTHS", "FV_YEARS"',
     False),
    (EXPR, 'x->op == FC_X_ANY ? "or" : "and"', 'x->op == FC_X_ANY ? "and" : "or"', False),
    (EXPR, 'fc_buf_z(b, x->number ? "FV_TRUE" : "FV_FALSE");', 'fc_buf_z(b, "FV_TRUE");', False),
    (EXPR, 'print_call(u, s, "fv_and", x, b);', 'print_call(u, s, "fv_or", x, b);', False),
    (EXPR, '"fv_dates all = fv_no_dates()",\n                           "fv_earliest(all)"',
     '"fv_dates all = fv_no_dates()",\n                           "fv_latest(all)"', False),
    (EXPR, 'i ? " &&\\n           " : ""', 'i ? " ||\\n           " : ""', False),
    (RULES, "repeat->path.n : (size_t)0);", "repeat->path.n + 1 : (size_t)0);", False),
    (RULES, "severities[r->severity],\n                   r->stage);", "severities[r->severity],\n 0u);", False),
    (EMIT, 'fc_buf_fmt(b, ", %u, NULL, 0},\\n", f->max_length);',
     'fc_buf_fmt(b, ", %u, NULL, 0},\\n", f->max_length + 1);', False),
    (EMIT, 'f->choices->open ? "true" : "false");', 'f->choices->open ? "false" : "true");', False),
    # the generated reader
    (READER, "if (p[i] != '\\r')\n            p[k++] = p[i];", "if (true)\n            p[k++] = p[i];", False),
    (READER, "r->absent = fv_absence_read(reason);", "r->absent = FV_NO_REASON;", False),
    (READER, '"row-%', '"rows-%', False),
    (READER, "r->n += t.n;", "r->n = t.n;", True),
    (READER, "*(fv_text *)(void *)row = keep(r, id);", "", False),
]


class Survived(Exception):
    pass


def run(args, **more):
    return subprocess.run([str(a) for a in args], capture_output=True, encoding="utf-8", errors="replace",
                          **more)


def must(args):
    done = run(args)
    if done.returncode != 0:
        raise Survived("does not compile:\n%s%s" % (done.stdout[-800:], done.stderr[-800:]))


def compile_c(top, source, out, more=()):
    """source of TOP, or its copy in top where there is one."""
    path = top / source if (top / source).exists() else TOP / source
    must([CC] + AS + ["-I", top, "-I", TOP] + INCLUDE + list(more) + ["-c", path, "-o", out])
    return out


def generate(emitter, top, folder, form):
    """The objects of a form's generated code, and of what calls it."""
    path, stem = FORMS[form]
    made = folder / form
    made.mkdir(parents=True)
    must([emitter, path, top, made])
    own = ["-I", made, "-DPREFIX=" + stem, '-DHEADER="%s.h"' % stem]
    objects = [compile_c(made, "tests/agreement/generated.c", made / "generated.o", own)]
    for name in (stem, stem + "_read"):
        must([CC] + AS + INCLUDE + ["-I", made, "-c", made / (name + ".c"), "-o", made / (name + ".o")])
        objects.append(made / (name + ".o"))
    return objects


def try_out(folder, mains, objects, mutant):
    """What the two tests say: "" when nothing was noticed."""
    for form, main, args in (
            ("verdicts", mains["table"],
             [FORMS["verdicts"][0], TOP / "tests/verdicts/table.txt", TOP, "two"]),
            ("kitchen", mains["agree"],
             [FORMS["kitchen"][0], 1, PLANS, 1, TOP / "tests/agreement/beyond/kitchen.txt"])):
        program = folder / ("try-" + form)
        must([CC, main] + objects[form] + mutant + LIBS + ["-o", program])
        try:
            done = run([program] + args, cwd=TOP, timeout=120)
        except subprocess.TimeoutExpired:
            return "it does not end"
        if done.returncode != 0:
            said = [line for line in (done.stdout + done.stderr).splitlines()
                    if line and not line.startswith("beyond")]
            return said[0] if said else "exit %d" % done.returncode
    return ""


class Base:
    """What most mutants have in common, built once."""

    def __init__(self, folder):
        self.folder = folder
        self.mains = {"table": compile_c(TOP, "tests/verdicts/table.c", folder / "table.o"),
                      "agree": compile_c(TOP, "tests/agreement/agree.c", folder / "agree.o")}
        self.emit = compile_c(TOP, "tests/mutants/emit.c", folder / "emit.o")
        self.emitter = self.link_emitter(folder, [])
        self.objects = {form: generate(self.emitter, TOP, folder, form) for form in FORMS}

    def link_emitter(self, folder, mutant):
        must([CC, self.emit] + mutant + LIBS + ["-o", folder / "emit"])
        return folder / "emit"


def kill(base, number, mutant):
    """What noticed the mutant; Survived when nothing did."""
    file, old, new, _ = mutant
    text = (TOP / file).read_text("utf-8")
    if text.count(old) != 1:
        raise Survived("its text stands there %d times" % text.count(old))
    folder = base.folder / ("m%d" % number)
    (folder / file).parent.mkdir(parents=True)
    (folder / file).write_text(text.replace(old, new), "utf-8")
    for needed in (FV, READER):
        if not (folder / needed).exists():
            (folder / needed).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(TOP / needed, folder / needed)
    changed, emitter, objects = [], base.emitter, base.objects
    if file == FV:
        changed = [compile_c(folder, EVAL, folder / "mutant.o")]
    elif file.endswith(".c"):
        changed = [compile_c(folder, file, folder / "mutant.o")]
    if file.startswith(("compiler/", "output/")) and file != READER:
        emitter = base.link_emitter(folder, changed)
    if file != EVAL:
        objects = {form: generate(emitter, folder, folder / "made", form) for form in FORMS}
    shared = [] if file.startswith("output/") else changed  # the emitter is not in what is tried
    noticed = try_out(folder, base.mains, objects, shared)
    shutil.rmtree(folder)
    if not noticed:
        raise Survived("nothing noticed it")
    return noticed


def main():
    wanted = [m for m in MUTANTS if sys.argv[1] == "all" or m[3]]
    with tempfile.TemporaryDirectory() as t:
        base = Base(pathlib.Path(t))
        noticed = try_out(base.folder, base.mains, base.objects, [])
        if noticed:
            sys.exit("without any mistake: %s" % noticed)
        bad = 0
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            tries = [(m, pool.submit(kill, base, i, m)) for i, m in enumerate(wanted)]
            for (file, old, new, _), future in tries:
                try:
                    print("%s: %s -> %s\n    %s" % (file, old, new, future.result()[:150]))
                except Survived as why:
                    bad += 1
                    print("SURVIVED %s: %s -> %s\n    %s" % (file, old, new, why))
        print("%d mutants, %d survived" % (len(wanted), bad))
        sys.exit(bad > 0)


main()
