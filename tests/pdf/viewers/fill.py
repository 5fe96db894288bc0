"""What viewers and libraries do to our fields. Chromium is typed into; pdf.js, pdf-lib, poppler, MuPDF
and qpdf fill the same. Then others read the file, and formc reads it back. What they found is the table of docs/viewers.md:
a difference fails, but for versions.

    FORMC_BLESS=1 ctest --test-dir BUILD -R pdf-viewers-fill

writes the table with the versions and the date of today; look at what changed.
FORMC_KEEP=FOLDER keeps the files that were filled there."""
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import common
from common import ENTERED, LANGUAGE, TEXTS, run
from fillers import FILLERS, chromium, places
from unpacked import unpacked

sys.path.insert(0, os.path.join(common.SOURCE, "tests/verapdf"))
import verapdf  # noqa: E402

PAGE = os.path.join(common.SOURCE, "docs/viewers.md")
NAMES = {"cy": "Welsh", "pl": "Polish", "el": "Greek", "uk": "Ukrainian"}
HEAD = "| program | version | what is stored | letters shown | fonts of what it draws | PDF/UA-1 | PDF/A-3a | read back |\n|---|---|---|---|---|---|---|---|\n"
TABLE = re.compile(r"(<!-- filled: made by tests/pdf/viewers/fill.py -->\n).*?(<!-- end -->)", re.S)
DPI = 72
PLAN = """<letters xmlns="urn:formc:data:letters" xmlns:p="urn:formc:plan:1" p:form="letters" p:version="1.0.0"
    p:id="urn:uuid:00000000-0000-4000-8000-000000000001" p:synthetic="yes">%s</letters>"""


def own_plan():
    sections = "".join("<%s><line>%s</line><lines>%s\n%s</lines><place>%s</place></%s>" % (lang, t, t, t, t, lang)
                       for lang, t in TEXTS.items())
    return PLAN % (sections + "<all><day>2026-02-03</day><language>uk</language><speaks>cy uk</speaks></all>")


def renamed(blank, other):
    """The form with another name for the font of its fields (FC_FIELD_FONT_NAME)."""
    data = unpacked(blank)
    with open(other, "wb") as g:
        assert data.count(b"Wingdings") > len(ENTERED)
        g.write(data.replace(b"Wingdings", b"Fieldfont"))
    return other


# -- what others find in the file ---------------------------------------------------------------

def stored(path):
    found, seen = [], common.by_qpdf(path)
    for name, (kind, words, *_) in ENTERED.items():
        got = seen[name]["value"]
        if got == (LANGUAGE[0] if kind == "list" else words):
            continue
        if kind == "list" and got == words:
            found.append("the words of a choice for the choice")
        elif got.replace("\r\n", "\n").replace("\r", "\n") == words:
            found.append("line ends as CR LF" if "\r\n" in got else "line ends as CR")
        else:
            found.append("**%s is wrong**" % name)
    return "as entered" + (", but " + " and ".join(dict.fromkeys(found)) if found else "")


class Ink:
    """How dark the fields are, as poppler draws them."""

    def __init__(self, places):
        self.places = places

    def of(self, path):
        with tempfile.TemporaryDirectory() as folder:
            run("pdftoppm", "-r", str(DPI), "-gray", path, os.path.join(folder, "p"))
            found = {}
            pages = [read_gray(os.path.join(folder, n)) for n in sorted(os.listdir(folder))]
        for name, (page, (left, bottom, right, top)) in self.places.items():
            width, height, pixels = pages[page]
            rows = range(height - int(top), height - int(bottom))
            right -= (right - left) / 4  # without the arrow of a list
            found[name] = sum(255 - p for y in rows for p in pixels[y * width + int(left):y * width + int(right)])
        return found


def read_gray(path):
    with open(path, "rb") as f:
        data = f.read()
    _, width, height, _ = data[:40].split(None, 4)[:4]
    width, height = int(width), int(height)
    return width, height, data[len(data) - width * height:]


def letters(path, ink, blank, own):
    """In which languages the letters are on the page: as text of the page, and as ink."""
    words, dark = common.squash(run("pdftotext", path, "-")), ink.of(path)
    shown = []
    for lang, text in TEXTS.items():
        there = words.count(common.squash(text)) == 4
        for kind in ("line", "lines", "place"):
            name = "%s.%s" % (lang, kind)
            share = (dark[name] - blank[name]) / (own[name] - blank[name])
            there = there and 0.4 < share < 2.5  # other sizes, other fonts; not nothing, not a box
        if there:
            shown.append(lang)
    if len(shown) == len(TEXTS):
        return "all"
    return "**none**" if not shown else "**not %s**" % " and ".join(NAMES[t] for t in TEXTS if t not in shown)


def fonts(path, before):
    added = [line for line in run("pdffonts", path).splitlines()[2:] if re.sub(r" +\d+ +\d+$", "", line) not in before]
    if not added:
        return "the form's"
    told = []
    for line in added:
        name = re.sub(r"-\d+$", "", re.split(r"  +", line)[0].split("+")[-1])
        embedded = line.split()[-5] == "yes"
        told.append("one that is not embedded" if not embedded else name if name == "NotoSans-Regular" else "one of the machine")
    return "the form's, and more: " + ", ".join(dict.fromkeys(told))


def answers(plan):
    """What stands in a plan between its first tag and its history."""
    with open(plan, encoding="utf-8") as f:
        found = re.search(r"<letters[^>]*[^/>]>(.*?)(<p:history>.*)?</letters>", f.read(), re.S)
    return found[1].strip() if found else ""


def read_back(path, plan, expected):
    """What formc reads: everything as it was entered, or where it says that something is wrong."""
    done = subprocess.run([common.FORMC, "read", common.LETTERS, path, "--by", "person", "--at", "2026-01-31T10:00:00Z",
                           "-o", plan, "--force", "--format", "json"], capture_output=True, timeout=60)
    report = json.loads(done.stdout)
    told = {f["code"] for f in report["findings"]} - {"R223"}  # the program added to the file
    same = answers(plan) == expected
    if told or done.returncode:
        return "told: %s%s" % (", ".join(sorted(told)), "" if same else "; the rest as entered")
    return "as entered" if same else "**another answer, and nothing told**"


def main():
    with tempfile.TemporaryDirectory(prefix="formc-viewers-") as folder:
        path = lambda name: os.path.join(folder, name)  # noqa: E731
        run(common.FORMC, "build", common.LETTERS, "-o", path("blank"), "--only", "pdf")
        blank = path("blank/letters.pdf")
        with open(path("plan.xml"), "w", encoding="utf-8") as f:
            f.write(own_plan())
        run(common.FORMC, "fill", common.LETTERS, path("plan.xml"), "-o", path("own.pdf"))
        run(common.FORMC, "fill", common.LETTERS, path("plan.xml"), "-o", path("entered.xml"))
        expected = answers(path("entered.xml"))
        assert read_back(blank, path("back.xml"), expected).startswith("**")
        ink = Ink(places(blank))
        white, own = ink.of(blank), ink.of(path("own.pdf"))
        assert letters(path("own.pdf"), ink, white, own) == "all" and stored(path("own.pdf")) == "as entered"
        assert letters(blank, ink, white, own) == "**none**" and "wrong" in stored(blank)
        # The name of the font is needed, and letters that are lost are seen.
        chromium(renamed(blank, path("renamed.pdf")), path("lost.pdf"), folder, ENTERED)
        assert "Welsh" in letters(path("lost.pdf"), ink, white, own), "Chromium no longer needs the font's name"
        before = {re.sub(r" +\d+ +\d+$", "", line) for line in run("pdffonts", blank).splitlines()[2:]}
        rows, files = [], []
        for i, (name, fill) in enumerate(FILLERS):
            out = path("%d-%s.pdf" % (i, fill.__name__))
            version = fill(blank, out, folder, ENTERED)
            if not os.path.exists(out):
                rows.append([name, version, "refuses letters beyond Windows-1252"] + 5 * ["–"])
                files.append(None)
                continue
            run("qpdf", "--check", out, codes=(0, 3))
            rows.append([name, version, stored(out), letters(out, ink, white, own), fonts(out, before)])
            files.append(out)
        asked = [(profile, out) for out in files if out for profile in ("ua1", "3a")]
        verdicts = iter(verapdf.judge([("ua1", blank), ("3a", blank)] + asked))
        assert not next(verdicts)[2] and not next(verdicts)[2]
        for row, out in zip(rows, files):
            if out:
                row += ["kept" if not next(verdicts)[2] else "**broken**" for _ in range(2)]
                row.append(read_back(out, path("back.xml"), expected))
        if os.environ.get("FORMC_KEEP"):
            shutil.copytree(folder, os.environ["FORMC_KEEP"], dirs_exist_ok=True)
    with open(PAGE, encoding="utf-8") as f:
        page = f.read()
    if os.environ.get("FORMC_BLESS") == "1":
        table = "".join("| %s |\n" % " | ".join(row) for row in rows)
        today = "{0.day} {0:%B %Y}".format(datetime.date.today())
        page = TABLE.sub(lambda m: m.group(1) + "\nTried on %s.\n\n" % today + HEAD + table + "\n" + m.group(2), page)
        with open(PAGE, "w", encoding="utf-8") as f:
            f.write(page)
    kept = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.search(page).group(0).splitlines()
            if line.startswith("| ")][1:]
    without = lambda table: [[cell for i, cell in enumerate(row) if i != 1] for row in table]  # noqa: E731
    for was, now in zip(without(kept), without(rows)):
        if was != now:
            print("docs/viewers.md says %s\nnow it is          %s" % (" | ".join(was), " | ".join(now)))
    if without(kept) != without(rows):
        sys.exit("The table of docs/viewers.md is not what viewers do; FORMC_BLESS=1 writes it anew.")
    print("%d viewers and libraries do what docs/viewers.md says" % len(rows))


if __name__ == "__main__":
    main()
