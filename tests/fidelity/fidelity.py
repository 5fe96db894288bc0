"""The blank S117 form says what the template says, in Word and in PDF and in every theme: every line, in
order, and a place for every answer where it belongs; and the checker of it notices when that is not so."""
import copy
import os
import re
import subprocess
import sys
import tempfile
import zipfile

from lxml import etree

SOURCE = os.environ["FORMC_SOURCE"]
sys.path.insert(0, os.path.join(SOURCE, "tests", "tools"))
import template_fidelity as tf  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
FORM = os.path.join(SOURCE, "forms", "s117-aftercare")
WORDS = os.path.join(FORM, "source.txt")
PLACES = os.path.join(HERE, "places.tsv")
EXTRA = os.path.join(HERE, "extra.txt")
W = tf.W


# The table of who completes what, on the first page: exactly these lines, once. They are taken out
# before the rest is held against the template, which says these titles where the parts begin.
with open(os.path.join(HERE, "who.txt"), encoding="utf-8") as _who:
    WHO = [tf.fold(line) for line in _who.read().splitlines()]


def verdict(shown, source=WORDS):
    at = [i for i in range(len(shown)) if shown[i:i + len(WHO)] == WHO]
    if len(at) == 1:
        shown = shown[:at[0]] + shown[at[0] + len(WHO):]
    wrong, counts = tf.check(source, PLACES, EXTRA, shown)
    return wrong + ["the table of who completes what is not there as it was"] * (len(at) != 1), counts


def line_of(root, words):
    """The paragraph that shows these words, where the form has it: the first table names parts only."""
    names = set(next(root.iter(W + "tbl")).iter(W + "p"))
    for p in root.iter(W + "p"):
        if p not in names and tf.fold("".join(t.text or "" for t in p.iter(W + "t"))) == words:
            return p
    sys.exit("the form has no line \"%s\"" % words)


def sdt_of(root, path):
    for sdt in root.iter(W + "sdt"):
        tag = sdt.find(W + "sdtPr/" + W + "tag")
        if tag is not None and tf.dotted(tag.get(W + "val")) == path:
            return sdt
    sys.exit("the form has no control %s" % path)


def say(p, words):
    texts = list(p.iter(W + "t"))
    texts[0].text = words
    for t in texts[1:]:
        t.text = ""


def swap(a, b):
    here, there = etree.Element("here"), etree.Element("there")
    a.addprevious(here)
    b.addprevious(there)
    here.addprevious(b)
    there.addprevious(a)
    for mark in (here, there):
        mark.getparent().remove(mark)


def drop(e):
    e.getparent().remove(e)


def hide(p):
    for r in p.iter(W + "r"):
        pr = r.find(W + "rPr")
        if pr is None:
            pr = etree.Element(W + "rPr")
            r.insert(0, pr)
        etree.SubElement(pr, W + "vanish")


# What is done to the document, and a part of what the checker has to say about it.
FAULTS = [
    ("a word changed", lambda d: say(line_of(d, "NHS number"), "NHS numbers"), "line 63 is missing"),
    ("a letter's case changed", lambda d: say(line_of(d, "Full name"), "Full Name"),
     "line 57 is missing"),
    ("a hyphen changed", lambda d: say(line_of(d, "Advocate involved (IMHA/non‑statutory)"),
                                       "Advocate involved (IMHA/non-statutory)"), "line 75 is missing"),
    ("a line dropped", lambda d: drop(line_of(d, "Clozapine clinic/depot clinic attendance")),
     "line 108 is missing"),
    ("a line hidden", lambda d: hide(line_of(d, "Regular CPA/MDT reviews")), "line 139 is missing"),
    ("two lines swapped", lambda d: swap(line_of(d, "Regular mental state reviews"),
                                         line_of(d, "Assessment of relapse indicators")),
     "is not in its place"),
    ("a line moved to the end", lambda d: d[0].insert(-1, line_of(d, "Eating disorder services")),
     "line 320 is not in its place"),
    ("a line more", lambda d: line_of(d, "Address").addprevious(
        copy.deepcopy(line_of(d, "Date of birth"))), "the template does not say: Date of birth"),
    ("a section's letter changed", lambda d: say(line_of(d, "G. Consent and Capacity"),
                                                 "F. Consent and Capacity"), "line 713 is missing"),
    ("a part given to somebody else", lambda d: say(next(next(d.iter(W + "tbl")).iter(W + "tr")).getnext().find(".//" + W + "p"),
                                                    "Local authority"), "who completes what"),
    ("a place dropped", lambda d: drop(sdt_of(d, "review.lead")), "there is no place for review.lead"),
    ("a place in a table dropped", lambda d: drop(sdt_of(d, "crisis.sign.7.access")),
     "there is no place for crisis.sign.7.access"),
    ("two places swapped", lambda d: swap(sdt_of(d, "detention.detained-on"),
                                          sdt_of(d, "detention.discharged-on")),
     "the place of detention.detained-on is after line 90"),
    ("a place moved", lambda d: line_of(d, "E. Funding & Section 117 Eligibility Confirmation "
                                           "(Joint Completion)").append(sdt_of(d, "person.address")),
     "the place of person.address"),
    ("a place twice", lambda d: sdt_of(d, "person.name").addnext(
        copy.deepcopy(sdt_of(d, "person.name"))), "there are two places for person.name"),
    ("a place for something else", lambda d: sdt_of(d, "person.name").find(
        W + "sdtPr/" + W + "tag").set(W + "val", "person/nickname"),
     "a place that the template does not have: person.nickname"),
]

# The same where rows are blocks, because large type leaves their table no room.
def later(root, words, n):
    """The nth paragraph, from 1, that shows these words."""
    return [p for p in root.iter(W + "p") if tf.fold("".join(t.text or "" for t in p.iter(W + "t"))) == words][n - 1]


BLOCK_FAULTS = [
    ("a label changed in a later row", lambda d: say(later(d, "Action to Take", 3), "Action taken"),
     "the template does not say: Action taken"),
    ("a label missing in a later row", lambda d: drop(later(d, "Action to Take", 4)), "the template does not say"),
    ("the number of a row", lambda d: say(line_of(d, "Row 3"), "Row 4"), "the template does not say: Row 4"),
    ("a place dropped", lambda d: drop(sdt_of(d, "crisis.sign.4.who")), "there is no place for crisis.sign.4.who"),
    ("two places swapped in the first row", lambda d: swap(sdt_of(d, "crisis.sign.1.action"), sdt_of(d, "crisis.sign.1.who")),
     "the template does not say"),
    ("two places swapped in a later row", lambda d: swap(sdt_of(d, "crisis.sign.3.action"), sdt_of(d, "crisis.sign.3.who")),
     "the template does not say"),
    ("two rows swapped", lambda d: swap(sdt_of(d, "crisis.sign.3.action"), sdt_of(d, "crisis.sign.4.action")),
     "the template does not say"),
]

# What is done to the wording of the template, for documents that cannot be changed here.
SOURCE_FAULTS = [
    ("a word changed", lambda s: s.replace("NHS number", "NHS numbers"), "line 63 is missing"),
    ("a line more", lambda s: s.replace("· Name:\n· Signature:\n", "· Name: and title\n· Signature:\n", 1),
     "line 750 is missing"),
    ("a line less", lambda s: s.replace("\tReview Date\n", "\n", 1), "the template does not say"),
    ("two lines swapped", lambda s: re.sub(r"(· Eating disorder services\n)(· Perinatal[^\n]*\n)",
                                           r"\2\1", s), "is not in its place"),
]


def expect(what, wrong, words):
    if not any(words in w for w in wrong):
        print("%s: not noticed; said: %s" % (what, wrong[:3]))
        return 1
    return 0


def wrong_sources():
    """Where the definition names a line of the template that does not have its words."""
    form = "{urn:formc:form:1}"
    lines = tf.Template(WORDS, PLACES).lines
    wrong, looked_at = [], 0

    def look(e, line, words):
        nonlocal looked_at
        looked_at += 1
        words = tf.fold((e.get("number") + ". " if e.get("number") else "") + words)
        if lines.get(line) != words:
            wrong.append("form.xml:%d: line %d does not say: %s" % (e.sourceline, line, words))

    for e in etree.parse(os.path.join(FORM, "form.xml")).iter():
        named = re.match(r"tmpl:L(\d+)", e.get("from", "")) if isinstance(e.tag, str) else None
        if not named:
            continue
        line, name = int(named.group(1)), e.tag.replace(form, "")
        if name == "prompts":
            for i, p in enumerate(e):
                look(p, line + i, "".join(p.itertext()))
        elif name in ("heading", "note") and e.find(form + "list") is None:
            look(e, line, "".join(e.itertext()))
        elif e.get("label") or e.get("title"):
            look(e, line, e.get("label") or e.get("title"))
    if looked_at < 150:
        wrong.append("only %d sources were found in form.xml" % looked_at)
    return wrong


def changed(good, faults, tmp):
    """How many of the faults, each put into the document by itself, are not noticed."""
    bad = 0
    with zipfile.ZipFile(good) as z:
        parts = [(n, z.read(n)) for n in z.namelist()]
    for what, change, say_so in faults:
        root = etree.fromstring(dict(parts)["word/document.xml"])
        change(root)
        path = os.path.join(tmp, "changed.docx")
        with zipfile.ZipFile(path, "w") as z:
            for n, data in parts:
                z.writestr(n, etree.tostring(root) if n == "word/document.xml" else data)
        bad += expect("docx: " + what, verdict(tf.read(path))[0], say_so)
    return bad


def main():
    bad = 0
    for x in wrong_sources():
        print(x)
        bad += 1
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run([os.environ["FORMC"], "build", FORM, "-o", tmp, "--only", "docx,pdf"],
                       check=True, capture_output=True)
        for kind in ("docx", "pdf"):
            document = os.path.join(tmp, "s117-aftercare." + kind)
            shown = tf.read(document)      # once: pdfinfo takes seconds
            wrong, counts = verdict(shown)
            for x in wrong:
                print("%s: %s" % (kind, x))
            print("%s: %d of %d lines, %d of %d places" % ((kind,) + counts))
            bad += bool(wrong) + (counts != (287, 287, 179, 179))
            with open(WORDS, encoding="utf-8") as f:
                words = f.read()
            for what, change, say_so in SOURCE_FAULTS:
                path = os.path.join(tmp, "source.txt")
                with open(path, "w", encoding="utf-8") as f:
                    f.write(change(words))
                try:
                    bad += expect("%s, template: %s" % (kind, what), verdict(shown, path)[0], say_so)
                except SystemExit as e:
                    print("%s: %s" % (what, e))
                    bad += 1
        bad += changed(os.path.join(tmp, "s117-aftercare.docx"), FAULTS, tmp)
        themes = sorted(set(os.listdir(os.path.join(SOURCE, "styles", "themes"))) - {"plain"})
        for theme in themes:
            out = os.path.join(tmp, theme)
            subprocess.run([os.environ["FORMC"], "build", FORM, "-o", out, "--only", "docx,pdf", "--theme", theme],
                           check=True, capture_output=True)
            for kind in ("docx", "pdf"):
                wrong, counts = verdict(tf.read(os.path.join(out, "s117-aftercare." + kind)))
                for x in wrong:
                    print("%s, %s: %s" % (theme, kind, x))
                print("%s, %s: %d of %d lines, %d of %d places" % ((theme, kind) + counts))
                bad += bool(wrong) + (counts != (287, 287, 179, 179))
        bad += len(themes) < 3
        bad += changed(os.path.join(tmp, "large-print", "s117-aftercare.docx"), BLOCK_FAULTS, tmp)
        print("%d faults were put in, %d were not noticed or were there before" %
              (len(FAULTS) + len(BLOCK_FAULTS) + 2 * len(SOURCE_FAULTS), bad))
    sys.exit(bad > 0)


main()
