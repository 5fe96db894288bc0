"""Two builds of each form are the same bytes: in other folders, from other working folders,
in other languages and time zones, on other days. So are documents of a plan, the plan that is read
back from one, and what is said about it.

The other days, in 2038 and in 2046, are made by a small library that replaces the clocks.
SOURCE_DATE_EPOCH is the one setting that may change a date in an output: it is set to the same
moment in both, and the test also sees that leaving it out in both gives the same bytes.
"""
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
FORMS = sorted(os.path.dirname(f) for f in glob.glob(os.path.join(SOURCE, "forms", "*", "form.xml")))

DAYS = {"2038": "2150000000", "2046": "2400000000"}


def run(args, ends=(0,), **kw):
    r = subprocess.run(args, capture_output=True, **kw)
    if r.returncode not in ends:
        sys.exit("%s\n%s" % (" ".join(args), r.stderr.decode("utf-8", "replace")))
    return r


def files_below(folder):
    found = {}
    for base, _, names in os.walk(folder):
        for n in names:
            path = os.path.join(base, n)
            with open(path, "rb") as f:
                found[os.path.relpath(path, folder)] = f.read()
    return found


def make(form, out, env, cwd):
    """Builds the form, fills, reads back and checks a plan, and gives all files as bytes."""
    run([FORMC, "build", form, "-o", out], env=env, cwd=cwd)
    for suffix in ("docx", "pdf", "html"):
        run([FORMC, "fill", form, os.path.join(form, "examples", "complete.xml"), "-o",
             os.path.join(out, "filled." + suffix)], env=env, cwd=cwd)
    with open(os.path.join(cwd, form, "form.xml"), encoding="utf-8") as f:
        party = re.search(r'<party id="([\w-]+)"', f.read()).group(1)
    back = os.path.join(out, "back.xml")
    run([FORMC, "read", form, os.path.join(out, "filled.docx"), "--by", party, "--at", "2026-08-01T10:00:00Z",
         "-o", back], env=env, cwd=cwd)
    found = {}
    for plan in (back, os.path.join(form, "examples", "faulty.xml")):
        for verb in ("validate", "audit"):
            said = run([FORMC, verb, form, plan, "--as-of", "2026-08-01", "--format", "json"], ends=(0, 1), env=env,
                       cwd=cwd).stdout
            found["%s of %s" % (verb, os.path.basename(plan))] = said
    return dict(files_below(out), **found)


def compare(what, one, two):
    if sorted(one) != sorted(two):
        sys.exit("%s: not the same files: %s" % (what, sorted(set(one) ^ set(two))))
    for name in sorted(one):
        if one[name] != two[name]:
            at = next((i for i, (a, b) in enumerate(zip(one[name], two[name])) if a != b),
                      min(len(one[name]), len(two[name])))
            sys.exit("%s: %s differs from byte %d on" % (what, name, at))
    print("%s: %d files, the same bytes" % (what, len(one)))


def check(form, tmp, shim, locales):
    os.mkdir(tmp)
    near, far = os.path.join(tmp, "near"), os.path.join(tmp, "a folder", "far away", "f")
    for folder in (near, far):
        shutil.copytree(form, folder)

    plain = {"PATH": os.environ["PATH"]}
    turkish = dict(plain, LANG="tr_TR.UTF-8", LC_ALL="tr_TR.UTF-8", LOCPATH=locales,
                   TZ="Pacific/Kiritimati", HOME="/nonexistent", LD_PRELOAD=shim,
                   THAT_DAY=DAYS["2038"], MALLOC_PERTURB_="91")
    german = dict(plain, LANG="de_DE.UTF-8", LC_ALL="de_DE.UTF-8", LOCPATH=locales,
                  TZ="America/St_Johns", TMPDIR=tmp)
    dated = {"SOURCE_DATE_EPOCH": "1700000000"}

    def out(n):
        return os.path.join(tmp, "out-%d" % n)

    first = make(near, out(1), plain, tmp)
    compare("another folder, Turkish, another day", first,
            make(far, out(2), turkish, os.path.dirname(far)))
    compare("German, a relative path", first, make("near", out(3), german, tmp))
    compare("with SOURCE_DATE_EPOCH", make(near, out(4), dict(plain, **dated), tmp),
            make(far, out(5), dict(turkish, THAT_DAY=DAYS["2046"], **dated), "/"))
    for name, data in sorted(first.items()):
        for place in (tmp, SOURCE):
            if place.encode() in data:
                sys.exit("%s holds the path of a folder" % name)


def main():
    with tempfile.TemporaryDirectory() as tmp:
        shim = os.path.join(tmp, "clock.so")
        run([os.environ["CC"], "-std=gnu11", "-shared", "-fPIC", "-O1", "-o", shim,
             os.path.join(HERE, "clock.c")])
        for year, day in DAYS.items():
            seen = run(["date", "-u", "+%Y"], env=dict(os.environ, LD_PRELOAD=shim, THAT_DAY=day)).stdout
            if seen.decode().strip() != year:
                sys.exit("the other day is not seen by programs")
        locales = os.path.join(tmp, "locales")
        os.mkdir(locales)
        for name in ("tr_TR", "de_DE"):
            # exit status 1 stands for warnings
            subprocess.run(["localedef", "-i", name, "-f", "UTF-8",
                            os.path.join(locales, name + ".UTF-8")], capture_output=True)
            if not os.path.exists(os.path.join(locales, name + ".UTF-8")):
                sys.exit("the locale %s could not be made: is the package locales installed?" % name)

        if len(FORMS) < 2:
            sys.exit("forms/ has fewer than two forms")
        for form in FORMS:
            check(form, os.path.join(tmp, os.path.basename(form)), shim, locales)


main()
