"""Programs that enter answers into a blank PDF: each takes (blank, out, folder, entered) and gives its
version; there is no file when it refuses. folder is for what it needs beside the file; entered: name ->
(kind, what is entered), for a list (kind, what is shown, what is stored)."""
import json
import os
import subprocess
import time

import common
from chromium import Chromium
from common import run


def opened(path):
    return common.poppler().Document.new_from_file("file://" + path, None)


def places(path):
    """name -> (page, area from the page's lower left corner)"""
    return {f.get_name(): (page, area) for page, f, area in common.poppler_fields(opened(path))}


def items(field):
    """What a list of poppler's shows."""
    return [field.choice_get_item(n) for n in range(field.choice_get_n_items())]


def chromium(blank, out, folder, entered):
    at, document, shown = places(blank), opened(blank), 0
    fields = {f.get_name(): f for _, f, _ in common.poppler_fields(document)}
    with Chromium() as browser:
        browser.open(blank)
        for name, (kind, words, *_) in entered.items():
            page, (left, bottom, right, top) = at[name]
            if page != shown:
                browser.show(page)
                shown = page
            browser.click(page, (left + right) / 2 if kind == "check" else left + 40, (bottom + top) / 2)
            if kind == "list":
                time.sleep(0.3)
                browser.choose(items(fields[name]).index(words) + 1)
            elif kind != "check":
                browser.type(words)
        browser.save(out)
        browser.picture(os.path.join(folder, os.path.basename(out)[:-4] + ".png"))
        return browser.version()


def as_json(folder, name, what):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        json.dump(what, f)
    return path


def pdfjs(blank, out, folder, entered):
    return common.node("fill_pdfjs.mjs", blank, out, as_json(folder, "entered.json", entered)).strip()


def pdflib(blank, out, folder, entered):
    return common.node("fill_pdflib.mjs", blank, out, as_json(folder, "entered.json", entered)).strip()


def pdflib_with_font(blank, out, folder, entered):
    return common.node("fill_pdflib.mjs", blank, out, as_json(folder, "entered.json", entered),
                       os.path.join(common.SOURCE, "styles/fonts/NotoSans-Regular.ttf")).strip()


def poppler(blank, out, folder, entered):
    document = opened(blank)
    for _, field, _ in common.poppler_fields(document):
        kind, words, *_ = entered.get(field.get_name(), (None, None))
        if kind == "check":
            field.button_set_state(True)
        elif kind == "text":
            field.text_set_text(words)
        elif kind == "combo":
            field.choice_set_text(words)
        elif kind == "list":
            field.choice_select_item(items(field).index(words))
    document.save("file://" + out)
    return common.poppler().get_version()


def mupdf(blank, out, folder, entered):
    labels = {f["label"]: entered[name] for name, f in common.by_qpdf(blank).items() if name in entered}
    run("mutool", "run", os.path.join(common.HERE, "fill_mupdf.js"), blank, out, as_json(folder, "labels.json", labels))
    return subprocess.run(["mutool", "-v"], capture_output=True, encoding="utf-8").stderr.split()[-1]


def qpdf(blank, out, folder, entered, *options, draw=False):
    header, objects = json.loads(run("qpdf", "--json", blank))["qpdf"]
    changed = {}
    for name, field in common.by_qpdf(blank).items():
        if name in entered:
            kind, *words = entered[name]
            key = "obj:" + field["object"]
            value = dict(objects[key]["value"])
            value["/V"] = "/" + words[-1] if kind == "check" else "u:" + words[-1]
            if kind == "check":
                value["/AS"] = value["/V"]
            changed[key] = {"value": value}
    if draw:  # qpdf draws only where this is asked for
        (key,) = [k for k, o in objects.items() if isinstance(o.get("value"), dict) and "/Fields" in o["value"]]
        changed[key] = {"value": {**objects[key]["value"], "/NeedAppearances": True}}
    update = as_json(folder, "update.json", {"qpdf": [header, changed]})
    run("qpdf", blank, "--update-from-json=" + update, "--newline-before-endstream", *options, out, codes=(0, 3))
    return run("qpdf", "--version").split()[2]


def qpdf_drawing(blank, out, folder, entered):
    return qpdf(blank, out, folder, entered, "--generate-appearances", draw=True)


FILLERS = [("Chromium, typed by keyboard", chromium), ("pdf.js (Firefox)", pdfjs), ("pdf-lib", pdflib),
           ("pdf-lib, given Noto Sans", pdflib_with_font), ("poppler-glib (Evince)", poppler), ("MuPDF", mupdf),
           ("qpdf, values by JSON", qpdf), ("qpdf, told to draw them", qpdf_drawing)]
