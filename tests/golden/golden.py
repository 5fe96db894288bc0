"""Holds what formc makes against what was looked at and kept.

    golden.py CASE         compares; a difference is printed and fails
    golden.py --bless CASE writes what is made now as what is expected (tests/bless does it)
    golden.py --self-test  checks that a changed page is noticed and a softer edge is not

A case is a folder beside this file with a form.xml, or with a file `form` that names a form of the
tree; a plan.xml or a file `plan` may give it answers; it is also built in the languages of files in
lang/. `expected` holds the model, the C source, the text of the PDF, and a small picture of every
page of the PDF and of the Word document (its parts are in tests/docx/golden). A case of the tree's
own form keeps the pictures only: its words are tested elsewhere."""

import difflib
import glob
import os
import shutil
import subprocess
import sys
import tempfile

import pictures
from lxml import etree

HERE = os.path.dirname(os.path.abspath(__file__))
SHOWN = 40  # lines of a difference that are printed


def one_line(path):
    with open(path, encoding="utf-8") as f:
        return os.path.join(os.environ["FORMC_SOURCE"], f.read().strip())


def given(case, name):
    """The path of the case's form or plan, and whether it is the tree's."""
    own = os.path.join(HERE, case, name + ".xml")
    if os.path.exists(own):
        return own, False
    named = os.path.join(HERE, case, name)
    return (one_line(named), True) if os.path.exists(named) else (None, False)


def keep(shots, name, kind, pages):
    """A page of another language that looks like the form's own is not kept twice."""
    for number, page in enumerate(pages, 1):
        file = "pages/%s-%s-%02d.png"
        own = shots.get(file % ("blank", kind, number)) if name.startswith("blank-") else None
        if not own or pictures.difference(own, page):
            shots[file % (name, kind, number)] = page


def make(case, folder):
    """name -> bytes, and name -> picture, of everything the case makes."""
    form, tree = given(case, "form")
    plan, _ = given(case, "plan")
    built = os.path.join(folder, "built")
    formc = os.environ["FORMC"]
    subprocess.run([formc, "build", form, "-o", built], check=True, stderr=subprocess.DEVNULL)
    file = os.path.join(form, "form.xml") if os.path.isdir(form) else form
    own = etree.parse(file).getroot().get("{http://www.w3.org/XML/1998/namespace}lang")
    documents = {"blank": built}
    for file in sorted(glob.glob(os.path.join(os.path.dirname(file), "lang", "*.xml"))):
        lang = os.path.basename(file)[:-len(".xml")]
        if lang == own:  # only formc's own words, for the form as it is
            continue
        documents["blank-" + lang] = os.path.join(folder, "built-" + lang)
        subprocess.run([formc, "build", form, "-o", documents["blank-" + lang], "--lang", lang, "--only", "docx,pdf"],
                       check=True, stderr=subprocess.DEVNULL)
    if plan:
        documents["filled"] = os.path.join(folder, "filled")
        os.mkdir(documents["filled"])
        for kind in ("docx", "pdf"):
            subprocess.run([formc, "fill", form, plan, "-o", os.path.join(documents["filled"], "plan." + kind)],
                           check=True)
    texts, shots = {}, {}
    for name, where in documents.items():
        for file in sorted(os.listdir(where)):
            path = os.path.join(where, file)
            if file.endswith(".docx"):
                printed = pictures.word_to_pdf(path, os.path.join(folder, name + "-word"))
                keep(shots, name, "word", pictures.pages(printed))
            elif file.endswith(".pdf"):
                texts[name + "/pdf.txt"] = subprocess.run(["pdftotext", "-layout", path, "-"], check=True,
                                                          stdout=subprocess.PIPE).stdout
                keep(shots, name, "pdf", pictures.pages(path))
    for where, _, names in os.walk(built):
        for file in names:
            if file.endswith((".c", ".h", ".xml")) and file != "fv.h":
                path = os.path.join(where, file)
                with open(path, "rb") as f:
                    texts[os.path.relpath(path, built)] = f.read()
    return {} if tree else texts, shots


def bless(case, texts, shots):
    expected = os.path.join(HERE, case, "expected")
    shutil.rmtree(expected, ignore_errors=True)
    for name, data in texts.items():
        path = os.path.join(expected, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data)
    os.makedirs(os.path.join(expected, "pages"), exist_ok=True)
    for file, picture in shots.items():
        pictures.write_png(os.path.join(expected, file), picture)


def compare(case, texts, shots):
    bad = 0
    expected = os.path.join(HERE, case, "expected")
    kept = {os.path.relpath(os.path.join(where, n), expected) for where, _, names in os.walk(expected) for n in names}
    seen = set()
    for name, data in sorted(texts.items()):
        seen.add(name)
        if name not in kept:
            print("%s: new" % name)
            bad += 1
            continue
        with open(os.path.join(expected, name), "rb") as f:
            before = f.read()
        if before != data:
            print("%s differs" % name)
            diff = difflib.unified_diff(before.decode("utf-8", "replace").split("\n"),
                                        data.decode("utf-8", "replace").split("\n"), "expected", "made", n=1, lineterm="")
            print(*list(diff)[:SHOWN], sep="\n")
            bad += 1
    for file, picture in sorted(shots.items()):
        seen.add(file)
        what = "new" if file not in kept else pictures.difference(
            pictures.read_png(os.path.join(expected, file)), picture)
        if what:
            print("%s: %s" % (file, what))
            bad += 1
    for name in sorted(kept - seen):
        print("%s: not made any more" % name)
        bad += 1
    if bad:
        print("look at the change; when it is right, tests/bless %s keeps it" % case)
    return bad


def self_test():
    white = bytes([255])
    page = bytearray(white * (332 * 468))
    for line in range(100, 400, 10):
        for y in range(4):
            page[(line + y) * 332 + 40:(line + y) * 332 + 290] = bytes([120]) * 250
    whole = pictures.Picture(332, 468, bytes(page))
    softer = pictures.Picture(332, 468, bytes(min(255, p + 9) for p in page))
    gone = bytearray(page)
    gone[200 * 332:204 * 332] = white * (332 * 4)
    moved = pictures.Picture(332, 468, bytes(white * (332 * 6) + page[:-332 * 6]))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "p.png")
        pictures.write_png(path, whole)
        again = pictures.read_png(path)
    results = [again.pixels == whole.pixels, pictures.difference(whole, softer) is None,
               pictures.difference(whole, pictures.Picture(332, 468, bytes(gone))) is not None,
               pictures.difference(whole, moved) is not None,
               pictures.difference(whole, pictures.Picture(331, 468, whole.pixels[:331 * 468])) is not None]
    print(*results)
    return 0 if all(results) else 1


def main():
    if sys.argv[1] == "--self-test":
        return self_test()
    case = sys.argv[-1]
    with tempfile.TemporaryDirectory() as folder:
        texts, shots = make(case, folder)
        if sys.argv[1] == "--bless":
            bless(case, texts, shots)
            return 0
        return 1 if compare(case, texts, shots) else 0


if __name__ == "__main__":
    sys.exit(main())
