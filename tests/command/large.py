"""Large print on produced bytes: no text below 17 points, every word whole, on the page and beside
the others. What is looked for is found with a theme that is too narrow."""

import html
import os
import re
import subprocess
import tempfile
import unittest
import zipfile

FORMC = os.environ["FORMC"]
TOP = os.environ["FORMC_SOURCE"]
FORMS = {
    "street-party": ("forms/street-party", "forms/street-party/examples/complete.xml"),
    "s117-aftercare": ("forms/s117-aftercare", "forms/s117-aftercare/examples/complete.xml"),
    "kinds": ("tests/golden/kinds/form.xml", "tests/golden/kinds/plan.xml"),
}
LEAST = 17  # points
EDGE = 12   # points that a printer needs
WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
PAGE = re.compile(r'<page width="(.*?)" height="(.*?)">(.*?)</page>', re.S)


def theme_file(name):
    return os.path.join(TOP, "styles", "themes", name, "theme.xml")


def margins(theme):
    with open(theme, encoding="utf-8") as f:
        page = re.search(r"<page [^>]*>", f.read()).group()
    return {k: float(re.search(f' {k}="(.*?)"', page).group(1)) for k in ("top", "right", "bottom", "left")}


def run(*args):
    done = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{args}: {done.stderr}")
    return done.stdout


def pages(pdf):
    """The words of each page, with their boxes."""
    out = []
    for width, height, words in PAGE.findall(run("pdftotext", "-bbox", pdf, "-")):
        boxes = [(*(float(v) for v in w[:4]), html.unescape(w[4])) for w in WORD.findall(words)]
        out.append((float(width), float(height), boxes))
    return out


def body(pdf, theme):
    """What stands between the margins, as words that a line may end behind; without the numbers of
    rows ("Row 13"), which a table has not and blocks have."""
    edge = margins(theme)
    found = set()
    for _, height, words in pages(pdf):
        for before, (_, top, _, bottom, text) in zip([""] + [w[4] for w in words], words):
            if before == "Row" and text.isdigit():
                continue
            if edge["top"] <= (top + bottom) / 2 <= height - edge["bottom"]:
                found.update(w for w in re.split(r"[/–—-]", text) if w)
    return found


def faults(pdf, theme, whole):
    """What is wrong with the pages. whole: the words as they are where nothing is narrow."""
    edge, wrong = margins(theme), []
    for number, (width, height, words) in enumerate(pages(pdf), 1):
        for left, top, right, bottom, text in words:
            if left < edge["left"] - 1 or right > width - edge["right"] + 1 or top < 0 or bottom > height - EDGE + 8:
                wrong.append(f"page {number}: outside: {text}")
        for i, (left, top, right, bottom, text) in enumerate(words):
            for other in words[i + 1:]:
                # a box is as high as the font, so that boxes of two lines touch
                across = min(right, other[2]) - max(left, other[0])
                down = min(bottom, other[3]) - max(top, other[1])
                if across > 1 and down > 0.4 * min(bottom - top, other[3] - other[1]):
                    wrong.append(f"page {number}: {text} over {other[4]}")
    return wrong + [f"broken: {w}" for w in sorted(body(pdf, theme) - whole)]


class Large(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.folder = cls.holder.name

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def make(self, name, kind, theme, ends):
        form, plan = (os.path.join(TOP, p) for p in FORMS[name])
        style = os.path.basename(os.path.dirname(theme))
        out = os.path.join(self.folder, f"{name}-{kind}-{style}.{ends}")
        if not os.path.exists(out):
            if kind == "blank":
                to = os.path.join(self.folder, f"{style}-{name}-{ends}")
                run(FORMC, "build", form, "-o", to, "--only", ends, "--theme", theme)
                made = [os.path.join(w, n) for w, _, names in os.walk(to) for n in names if n.endswith("." + ends)]
                self.assertEqual(len(made), 1)
                os.rename(made[0], out)
            else:
                run(FORMC, "fill", form, plan, "-o", out, "--as", kind, "--theme", theme)
        return out

    def test_every_page_is_whole(self):
        large, plain = theme_file("large-print"), theme_file("plain")
        for name in FORMS:
            for kind in ("blank", "form", "record"):
                whole = body(self.make(name, kind, plain, "pdf"), plain)
                self.assertGreater(len(whole), 20)
                with self.subTest(form=name, kind=kind):
                    self.assertEqual(faults(self.make(name, kind, large, "pdf"), large, whole), [])

    def test_no_text_is_small(self):
        for name in FORMS:
            for kind in ("blank", "form", "record"):
                shown = run("pdftohtml", "-xml", "-i", "-zoom", "1", "-stdout",
                            self.make(name, kind, theme_file("large-print"), "pdf"))
                sizes = [int(s) for s in re.findall(r'<fontspec [^>]*size="(\d+)"', shown)]
                self.assertGreater(len(sizes), 3)
                self.assertGreaterEqual(min(sizes), LEAST, (name, kind))
                with zipfile.ZipFile(self.make(name, kind, theme_file("large-print"), "docx")) as z:
                    for part in z.namelist():
                        if part.startswith("word/") and part.endswith(".xml"):
                            for half in re.findall(r'<w:szC?s? w:val="(\d+)"', z.read(part).decode()):
                                self.assertGreaterEqual(int(half), 2 * LEAST, (name, kind, part))

    def test_a_page_that_is_too_narrow_is_found(self):
        plain = theme_file("plain")
        whole = body(self.make("street-party", "blank", plain, "pdf"), plain)
        with open(theme_file("large-print"), encoding="utf-8") as f:
            text = f.read()
        narrow = os.path.join(self.folder, "narrow", "theme.xml")
        os.makedirs(os.path.dirname(narrow))
        with open(narrow, "w", encoding="utf-8") as f:
            f.write(text.replace('width="595.28"', 'width="330"'))
        found = faults(self.make("street-party", "blank", narrow, "pdf"), narrow, whole)
        self.assertTrue([w for w in found if w.startswith("broken: ")], found)
        # and against margins that are wider than those it was made with
        found = faults(self.make("street-party", "blank", theme_file("large-print"), "pdf"), plain, whole)
        self.assertTrue([w for w in found if "outside" in w], found)


if __name__ == "__main__":
    unittest.main()
