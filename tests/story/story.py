"""A plan's life, as docs/story.md tells it: what the page says is run, LibreOffice and Chromium do what
it says that people type, and after each step the plan has to hold every answer as it was typed. Then
the pictures of the page are held against what is there now.

    tests/bless story

makes the pictures anew; look at them. FORMC_KEEP=FOLDER keeps all files there."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

FORMC, TOP = os.environ["FORMC"], os.environ["FORMC_SOURCE"]
for _folder in ("docs", "docx/survival", "pdf/viewers", "support"):
    sys.path.append(os.path.join(TOP, "tests", *_folder.split("/")))
import common  # noqa: E402
import examples  # noqa: E402
import pictures  # noqa: E402
import snapshots  # noqa: E402
from chromium import Chromium  # noqa: E402
from office import Office  # noqa: E402

PAGE = os.path.join(TOP, "docs", "story.md")
FORM = os.path.join(TOP, "forms", "s117-aftercare")
DRAWN = 5  # seconds that the viewer has to draw a page
CONFLICT = "detention/discharged-on"
LINE = re.compile(r"^([a-z0-9/\[\]-]+) \((.+)\): (.*)$")


def typed_lines(block):
    """[(path, label, answer)] of a block; what stands further in goes on with the answer."""
    found = []
    for line in block.rstrip("\n").split("\n"):
        if line.startswith("    "):
            path, label, answer = found.pop()
            found.append((path, label, answer + "\n" + line[4:]))
            continue
        match = LINE.match(line)
        assert match, "not \"path (label): answer\": " + line
        found.append(match.groups())
    return found


def controls(document):
    """path -> (bookmark, label) of a Word document."""
    with zipfile.ZipFile(document) as package:
        body = package.read("word/document.xml").decode()
    found = {}
    for mark, props in re.findall(r'<w:bookmarkStart w:id="\d+" w:name="([^"]*)"/><w:sdt><w:sdtPr>(.*?)</w:sdtPr>', body):
        tag, label = (re.search('<w:%s w:val="([^"]*)"' % name, props).group(1) for name in ("tag", "alias"))
        found[tag] = mark, label.replace("&amp;", "&")
    return found


class Story:
    def __init__(self, folder):
        self.folder = folder
        self.told = {}  # path -> every answer that was typed there, first to last
        self.settled = False
        self.records = False  # were they looked at?
        self.states = 0  # of the plan, that were looked at

    def path(self, name):
        return os.path.join(self.folder, name)

    # -- the people -----------------------------------------------------------------------------

    def typed(self, what, block):
        program, *files = what.split()
        lines = typed_lines(block)
        {"LibreOffice": self.libreoffice, "Chromium": self.chromium, "Page": self.page}[program](*map(self.path, files), lines)
        for path, _, answer in lines:
            self.told.setdefault(path, [])
            if answer not in self.told[path]:
                self.told[path].append(answer)

    def libreoffice(self, source, target, lines):
        places = controls(source)
        for path, label, _ in lines:
            check_label(path, label, places[path][1])
        with tempfile.TemporaryDirectory(prefix="formc-office-") as profile, Office(profile) as office:
            lost = office.save(source, target, {places[path][0]: answer for path, _, answer in lines})
        assert not lost, lost

    def chromium(self, source, target, lines):
        library = common.poppler()
        document = library.Document.new_from_file("file://" + source, None)
        places = {field.get_name(): (page, field, area) for page, field, area in common.poppler_fields(document)}
        labels, at = common.by_qpdf(source), None
        with Chromium() as browser:
            browser.open(source)
            for path, label, answer in lines:
                name = field_name(path)
                check_label(path, label, labels[name]["label"])
                page, field, (left, _, _, top) = places[name]
                if page != at:
                    if at is not None:
                        browser.click(at, 10, 400)  # beside all fields: a field on another page keeps the keys
                    browser.show(page)
                    at = page
                browser.click(page, left + 10, top - 8)
                if field.get_field_type() == library.FormFieldType.CHOICE:
                    time.sleep(0.3)
                    words = [field.choice_get_item(n) for n in range(field.choice_get_n_items())]
                    browser.choose(words.index(answer) + 1)
                else:
                    browser.type(answer)
            browser.save(target)
            second = places[field_name(lines[1][0])][0]
            browser.show(second)
            for _ in range(DRAWN):  # it draws when it has time
                time.sleep(1)
                browser.picture(target[:-4] + ".png", second, 780)
                if is_as_kept("story-viewer", screenshot(self, target[:-4] + ".png")):
                    break

    def page(self, source, target, sent, lines):
        """sent: the page itself, saved by the browser."""
        with open(self.path("page.json"), "w", encoding="utf-8") as f:
            json.dump(lines, f)
        common.run("node", os.path.join(TOP, "tests", "story", "page.mjs"), source, self.path("page.json"), target, sent,
                   self.path("page.png"))

    # -- what is in the plan ----------------------------------------------------------------------

    def done(self, kind, block):
        for command, printed in examples.commands(block) if kind == "run" else ():
            self.settled |= " --keep stored " in command
            made = re.search(r"formc (?:read|set) .* -o (plan\S*\.xml)", command)
            if made and printed[-1:] == ["(exit 3)"]:
                assert not os.path.exists(self.path(made.group(1))), "something was made of a file that was refused"
            elif made:
                self.look_at(made.group(1))
            if command.endswith(" -o record.docx"):
                check_record(self)
                self.records = True

    def look_at(self, plan):
        subprocess.run([FORMC, "fill", FORM, self.path(plan), "-o", self.path("look.json"), "--force"], check=True)
        with open(self.path("look.json"), encoding="utf-8") as f:
            look = json.load(f)
        wrong = []
        for path, answers in self.told.items():
            wanted = [stored(path, answer) for answer in answers]
            sides = [side["text"] for c in look.get("conflicts", ()) if c["path"] == path for side in (c["stored"], c["visible"])]
            open_ = len(wanted) > 1 and not self.settled  # then both are there, and the first one counts
            if answer_at(look, path) != wanted[0] or sides != (wanted if open_ else []):
                wrong.append(path)
        have = count(look["answers"])
        assert not wrong, "%s: not as it was typed: %s" % (plan, ", ".join(wrong))
        assert have == len(self.told), "%s: %d answers, but %d were typed" % (plan, have, len(self.told))
        self.states += 1


def check_label(path, said, there):
    """What the page calls a question is what the document calls it: there with its section and row, and
    in Word cut off behind 64 letters."""
    there = re.sub(r"( \(dd/mm/yyyy\))?(, row \d+)?$", "", there)
    assert there == said or there.endswith(": " + said) or (there[-1] == "…" and said.startswith(there[:-1])), "%s is called %s" % (path, there)


def field_name(path):
    return re.sub(r"\[(\d+)\]", r".\1", path).replace("/", ".")


def stored(path, answer):
    """An answer as a plan keeps it."""
    day = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", answer)
    if day:
        return "%s-%s-%s" % (day[3], day[2], day[1])
    return {"Section 3": "s3", "Yes": "yes"}.get(answer, answer)


def answer_at(plan, path):
    at = plan["answers"]
    for step in path.split("/"):
        name, _, row = step.partition("[")
        at = at.get(name)
        if at is None:
            return None
        if row:
            at = at[int(row[:-1]) - 1]
    return at


def count(at):
    if isinstance(at, str):
        return 1
    return sum(count(v) for k, v in at.items() if not k.startswith("_")) if isinstance(at, dict) else sum(map(count, at))


# -- what comes of it ---------------------------------------------------------------------------------

def squash(text):
    return "".join(text.split())


def check_record(story):
    """Every answer is in the record, as a PDF and for Word, and what was settled is gone from it; before
    that both are there."""
    pdf = squash(common.run("pdftotext", story.path("record.pdf"), "-"))
    word = squash(examples.words_of(story.path("record.docx")).replace("&amp;", "&").replace("&lt;", "<"))
    for path, answers in story.told.items():
        for name, text in (("record.pdf", pdf), ("record.docx", word)):
            assert squash(answers[0]) in text, "%s lacks %s" % (name, path)
            assert path != CONFLICT or answers[1] not in text, "%s shows the answer that was not kept" % name
    both = common.run("pdftotext", story.path("both.pdf"), "-")
    assert all(answer in both for answer in story.told[CONFLICT]), "the record does not show both answers"


def check_no_answers(story, printed):
    """Nothing that formc printed, and not the page of what is missing, has an answer in it."""
    missing = squash(common.run("pdftotext", story.path("missing.pdf"), "-"))
    for path, answers in story.told.items():
        for answer in answers:
            if len(answer) > 7 and not answer[:2].isdigit():  # a day may be that of the check
                assert answer not in printed and squash(answer) not in missing, "the answer to %s is shown" % path


def screenshot(story, png):
    common.run("mutool", "draw", "-r", "96", "-o", story.path("screen.ppm"), png)
    return snapshots.edged(*snapshots.read_ppm(story.path("screen.ppm")))


def kept_at(name):
    return os.path.join(TOP, "docs", "pictures", name + ".png")


def is_as_kept(name, picture):
    return os.path.exists(kept_at(name)) and not snapshots.difference(snapshots.read(kept_at(name)), picture)


def draw(story):
    """name of the picture -> picture"""
    word = pictures.word_to_pdf(story.path("back/health.docx"), story.path("word"))
    return {
        "story-word": snapshots.part(word, ["1.", "Medication"], 12, 330, 72),
        "story-viewer": screenshot(story, story.path("back/social.png")),
        "story-conflict": snapshots.part(story.path("both.pdf"), ["Detention", "Information"], 12, 190, 72),
        "story-missing": snapshots.part(story.path("missing.pdf"), ["What", "is", "still", "missing,"], 30, 330, 72),
        "story-record": snapshots.part(story.path("record.pdf"), ["A.", "Person’s"], 44, 455, 72),
        "story-page": screenshot(story, story.path("page.png"))}


def main():
    keep = os.environ.get("FORMC_KEEP")
    bad = []
    with open(PAGE, encoding="utf-8") as f:
        text = f.read()
    with tempfile.TemporaryDirectory(prefix="formc-story-") as folder:
        story = Story(folder)
        try:
            examples.do_page(text, TOP, FORMC, typed=story.typed, done=story.done, folder=folder)
            assert story.records, "the page makes no record"
            check_no_answers(story, "\n".join(block for kind, _, _, block in examples.BLOCK.findall(text) if kind == "run"))
            drawn = draw(story)
        finally:
            if keep:
                shutil.copytree(folder, keep, dirs_exist_ok=True)
    shown = re.findall(r"\]\(pictures/(story-[a-z]+)\.png\)", text)
    assert shown == list(drawn), "the page shows %s" % shown
    for name, picture in drawn.items():
        kept = kept_at(name)
        if os.environ.get("FORMC_BLESS") == "1":
            snapshots.write(kept, picture)
        what = snapshots.difference(snapshots.read(kept), picture) if os.path.exists(kept) else "it is not there"
        if what:
            bad.append("docs/pictures/%s.png: %s; tests/bless story makes it anew" % (name, what))
    print("\n".join(bad))
    print("%d answers typed, %d states of the plan" % (len(story.told), story.states))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
