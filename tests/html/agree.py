"""The page's script against the other validators: it finds the same as they do in plans made from
numbers and writes them as formc does, and it gives the verdicts worked out by hand.

    agree.py PLANS    so many plans of each form"""
import glob
import os
import subprocess
import sys
import tempfile

SOURCE, FORMC, BUILD = (os.environ[n] for n in ("FORMC_SOURCE", "FORMC", "FORMC_BUILD"))
HERE = os.path.dirname(os.path.abspath(__file__))
FORMS = sorted(glob.glob(os.path.join(SOURCE, "forms", "*", "form.xml"))) + [
    os.path.join(SOURCE, "tests", *p) for p in (
        ("generated-c", "forms", "kitchen-sink.xml"), ("golden", "kinds", "form.xml"),
        ("golden", "languages", "form.xml"), ("plans", "form.xml"))]


def page(form, out):
    subprocess.run([FORMC, "build", form, "-o", out, "--only", "html"], check=True, capture_output=True)
    return glob.glob(os.path.join(out, "*.html"))[0]


def verdicts(form, html, first, count):
    made = os.path.join(BUILD, "tests", "html-plans")
    with subprocess.Popen([made, form, str(first), str(count)], stdout=subprocess.PIPE) as plans:
        done = subprocess.run(["node", os.path.join(HERE, "verdicts.mjs"), html], stdin=plans.stdout,
                              capture_output=True, text=True)
    return done.returncode or plans.returncode, done.stdout + done.stderr


def main():
    count = int(sys.argv[1])
    bad = 0
    with tempfile.TemporaryDirectory() as tmp:
        for i, form in enumerate(FORMS):
            html = page(form, os.path.join(tmp, str(i)))
            failed, said = verdicts(form, html, 1, count)
            print("%s: %s" % (os.path.relpath(form, SOURCE), said.strip()[-4000:]))
            bad += failed != 0
        # A page whose script is wrong in one place is noticed.
        right, wrong = "le: order <= 0", "le: order < 0"
        with open(html, encoding="utf-8") as f:
            text = f.read()
        if text.count(right) != 1:
            sys.exit("the script has no longer: " + right)
        broken = os.path.join(tmp, "broken.html")
        with open(broken, "w", encoding="utf-8") as f:
            f.write(text.replace(right, wrong))
        if verdicts(FORMS[-1], broken, 1, 200)[0] == 0:
            print("a wrong comparison is not noticed")
            bad += 1
        table = os.path.join(tmp, "table.xml")
        own = os.path.join(SOURCE, "tests", "verdicts")
        subprocess.run([sys.executable, os.path.join(own, "form.py"), os.path.join(own, "form.xml"),
                        os.path.join(own, "table.txt"), table], check=True)
        done = subprocess.run(["node", os.path.join(HERE, "table.mjs"), page(table, os.path.join(tmp, "table")),
                               os.path.join(own, "table.txt")], capture_output=True, text=True)
        print("the table of verdicts: " + (done.stdout + done.stderr).strip()[-4000:])
        bad += done.returncode != 0
    sys.exit(bad > 0)


main()
