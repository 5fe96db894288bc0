"""The pages in a real browser (browser.mjs), by the Nu validator, and by formc's own readers: what
the page saves is a plan without a fault that means the same, and every line and place of the S117
template is in its page."""
import glob
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile

SOURCE, FORMC, BUILD = (os.environ[n] for n in ("FORMC_SOURCE", "FORMC", "FORMC_BUILD"))
HERE = os.path.dirname(os.path.abspath(__file__))
NODE = os.path.join(SOURCE, "tests", "node", "node_modules")
S117 = os.path.join(SOURCE, "forms", "s117-aftercare")
STREET = os.path.join(SOURCE, "forms", "street-party")
KITCHEN = os.path.join(SOURCE, "tests", "generated-c", "forms", "kitchen-sink.xml")
faults = []


def fault(what):
    faults.append(what)
    print("FAILED: " + what)


def run(*args, ok=(0,)):
    done = subprocess.run(args, capture_output=True, text=True)
    if done.returncode not in ok:
        sys.exit("%s: %d\n%s%s" % (" ".join(args), done.returncode, done.stdout, done.stderr))
    return done.stdout


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def answers(plan):
    """{path of the question: its text, or a list with one a row}, and {repeat: number of rows}."""
    found, rows = {}, {}

    def walk(value, path, row):
        for key, v in value.items():
            at = path + [key]
            if key.startswith("_"):
                continue
            if isinstance(v, dict):
                walk(v, at, row)
            elif isinstance(v, list):
                rows["/".join(at)] = len(v)
                for i, r in enumerate(v):
                    walk(r, at, i)
            elif row is None:
                found["/".join(at)] = v
            else:
                found.setdefault("/".join(at), [])
                found["/".join(at)] += [""] * (row - len(found["/".join(at)])) + [v]
    walk(plan["answers"], [], None)
    return found, rows


class Seen(html.parser.HTMLParser):
    """The text of a page and the names of its places, in order; what is not seen is left out."""

    def __init__(self):
        super().__init__()
        self.text, self.places, self.hidden = "", [], 0

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag in ("script", "style", "template", "noscript"):
            self.hidden += 1
        name = a.get("name", "")
        if tag in ("input", "textarea", "select") and not self.hidden and not name.startswith("formc-"):
            self.places.append(re.sub(r"\.(day|month|year)$", "", name) if "data-date" in a else name)

    def handle_endtag(self, tag):
        if tag in ("script", "style", "template", "noscript"):
            self.hidden -= 1

    def handle_data(self, data):
        if not self.hidden:
            self.text += data


def squash(text):
    return re.sub(r"[\s·•]+", "", text)


def fidelity(path):
    """Every line of the template, in its order, and a place for each of its answers."""
    seen = Seen()
    with open(path, encoding="utf-8") as f:
        seen.feed(f.read())
    text, at, lines = squash(seen.text), 0, 0
    with open(os.path.join(S117, "source.txt"), encoding="utf-8") as f:
        for n, line in enumerate(f, 1):
            words = squash(re.sub(r"\[bookmark:[^\]]*\]", "", line))
            if not words:
                continue
            lines += 1
            found = text.find(words, at)
            if found < 0:
                fault("line %d of the template is not in the page, or not in its place: %s" % (n, line.strip()))
            else:
                at = found + len(words)
    with open(os.path.join(SOURCE, "tests", "fidelity", "places.tsv"), encoding="utf-8") as f:
        places = [re.sub(r"\[(\d+)\]", r".\1", row.split("\t")[1].strip()).replace("/", ".")
                  for row in f if row.strip() and row[0] != "#"]
    names = list(dict.fromkeys(seen.places))
    if sorted(names) != sorted(places):
        fault("places: missing %s, more %s" % (set(places) - set(names), set(names) - set(places)))
    print("fidelity: %d lines, %d places" % (lines, len(places)))
    if lines < 280 or len(places) < 170:
        fault("the template has fewer lines or places than it had")


def nu(folder):
    done = subprocess.run(["java", "-jar", os.path.join(NODE, "vnu-jar", "build", "dist", "vnu.jar"), "--stdout", "--format",
                           "json", *sorted(glob.glob(os.path.join(folder, "*.html")))], capture_output=True, text=True)
    messages = json.loads(done.stdout)["messages"] if done.stdout.startswith("{") else None
    if messages is None:
        sys.exit("the Nu validator: " + done.stdout[:500] + done.stderr[:500])
    for m in messages:
        # It does not work out digests. Chromium does, and says when a policy does not fit.
        if re.match(r"Inline (style|script) violates Content Security Policy", m["message"]):
            continue
        fault("the Nu validator, %s:%s: %s: %s" % (m.get("url", "")[-30:], m.get("lastLine"), m["message"], m.get("extract", "")[:200]))
    return len(glob.glob(os.path.join(folder, "*.html")))


def numbers(tmp):
    """rtl-filled.html shows an answer that does not fit its control, and the other side of a conflict,
    both from right to left and with numbers."""
    form, plan = os.path.join(HERE, "rtl.xml"), os.path.join(tmp, "rtl-plan.xml")
    run(FORMC, "new", form, "-o", plan)
    with open(plan, encoding="utf-8") as f:
        text = f.read()
    visit = ("<visit><day>اتصل بالرقم +44 1632 960201 أو ٩٩٩ ٠٠٠ ٠٠١٨ أولا</day><about>سؤال</about></visit>"
             '<p:conflicts><p:conflict path="visit/about"><p:stored>سؤال</p:stored>'
             "<p:visible>رقمي 01632 960201 ورقم NHS هو 999 000 0018</p:visible></p:conflict></p:conflicts>")
    write(plan, re.sub(r"/>\s*$", ">%s</rtl>" % visit, text))
    run(FORMC, "fill", form, plan, "-o", os.path.join(tmp, "rtl-filled.html"))


def main():
    with tempfile.TemporaryDirectory() as tmp:
        for form in (S117, STREET, KITCHEN, os.path.join(HERE, "rtl.xml")):
            run(FORMC, "build", form, "-o", tmp, "--only", "html")
        numbers(tmp)
        fidelity(os.path.join(tmp, "s117-aftercare.html"))
        complete = os.path.join(S117, "examples", "complete.xml")
        run(FORMC, "fill", S117, os.path.join(S117, "examples", "faulty.xml"), "-o", os.path.join(tmp, "s117-filled.html"))
        for form, name in ((S117, "missing"), (os.path.join(SOURCE, "forms", "interpreter-request-ar"), "missing-ar")):
            run(FORMC, "validate", form, os.path.join(form, "examples", "faulty.xml"), "--as-of", "2026-11-25", "-o",
                os.path.join(tmp, name + ".html"), ok=(0, 1))
        run(FORMC, "fill", S117, complete, "-o", os.path.join(tmp, "complete.json"))
        with open(os.path.join(tmp, "complete.json"), encoding="utf-8") as f:
            want, rows = answers(json.load(f))
        write(os.path.join(tmp, "keyboard.json"), json.dumps({"answers": want, "rows": rows}))
        with open(complete, encoding="utf-8") as f:
            text = f.read()
        write(os.path.join(tmp, "other-version.xml"), text.replace('p:version="1.0.0"', 'p:version="9.9"'))
        write(os.path.join(tmp, "other-form.xml"), text.replace("s117-aftercare", "s118"))
        write(os.path.join(tmp, "damaged.xml"), text[:len(text) // 2])
        write(os.path.join(tmp, "twice.json"), '{"form": "s117-aftercare", "form": "s117-aftercare", "answers": {}}')
        write(os.path.join(tmp, "extra.xml"), text.replace("  <person>\n", "  <person>\n    <shoe-size>44 &amp; a half</shoe-size>\n"))
        for form, name in ((S117, "s117-aftercare"), (STREET, "street-party"), (KITCHEN, "default")):
            source = form if form.endswith(".xml") else os.path.join(form, "form.xml")
            page = glob.glob(os.path.join(tmp, name + ".html"))
            if page:
                write(os.path.join(tmp, "plans-%s.jsonl" % name),
                      run(os.path.join(BUILD, "tests", "html-plans"), source, "7001", "100"))
        done = subprocess.run(["node", os.path.join(HERE, "browser.mjs"), tmp], capture_output=True, text=True)
        print(done.stdout + done.stderr)
        if done.returncode:
            fault("the browser")
        saved = os.path.join(tmp, "saved.xml")
        if os.path.exists(saved):
            said = run(FORMC, "validate", S117, saved, "--stage", "signed", "--as-of", "2026-08-01", ok=(0, 1))
            if said:
                fault("formc validate finds something in what was saved: " + said)
            for name in ("saved.xml", "saved.json"):
                run(FORMC, "fill", S117, os.path.join(tmp, name), "-o", os.path.join(tmp, "again-" + name[6:] + ".json"))
                with open(os.path.join(tmp, "again-" + name[6:] + ".json"), encoding="utf-8") as f:
                    have = answers(json.load(f))[0]
                for path in sorted(set(want) | set(have)):
                    if want.get(path) != have.get(path):
                        fault("%s: the answer to %s is not what was typed" % (name, path))
            run(FORMC, "fill", S117, saved, "-o", os.path.join(tmp, "canonical.xml"))
            for name in ("sent.html.txt", "sent.mhtml"):  # the page itself: never an old answer, or none
                said = subprocess.run([FORMC, "read", S117, os.path.join(tmp, name), "--by", "icb", "-o",
                                       os.path.join(tmp, "never.xml")], capture_output=True, text=True)
                if said.returncode != 3 or "error[R015]" not in said.stderr:
                    fault("%s is not told to be the page itself: %s" % (name, said.stderr))
            with open(saved, "rb") as f, open(os.path.join(tmp, "canonical.xml"), "rb") as g:
                if f.read() != g.read():
                    fault("what the page saves is not canonical")
        else:
            fault("nothing was saved")
        print("the Nu validator: %d pages" % nu(tmp))
    sys.exit(bool(faults))


main()
