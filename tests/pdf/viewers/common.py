"""What the tests of viewers share: the form of letters, what is typed into it, and reading a file
with qpdf and poppler."""
import json
import os
import subprocess

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
HERE = os.path.dirname(os.path.abspath(__file__))
MODULES = os.path.join(SOURCE, "tests/node/node_modules")
LETTERS = os.path.join(HERE, "letters.xml")

TEXTS = {
    "cy": "\u0174yr yn t\u0177'r ysgol",
    "pl": "Za\u017c\u00f3\u0142\u0107 g\u0119\u015bl\u0105 ja\u017a\u0144",
    "el": "\u0396\u03c9 \u03ba\u03bf\u03bd\u03c4\u03ac \u03c3\u03c4\u03b7\u03bd \u03b1\u03b4\u03b5\u03bb\u03c6\u03ae",
    "uk": "\u0407\u0436\u0430\u043a \u0456 \u0491\u0430\u0432\u0430",
}
LANGUAGE = ("uk", "\u0423\u043a\u0440\u0430\u0457\u043d\u0441\u044c\u043a\u0430")  # stored, shown

# name -> (kind, what is entered), for a list (kind, what is shown, what is stored)
ENTERED = {"all.day": ("text", "03/02/2026"), "all.speaks.cy": ("check", "cy"), "all.speaks.uk": ("check", "uk")}
for _lang, _text in TEXTS.items():
    ENTERED[_lang + ".line"] = ("text", _text)
    ENTERED[_lang + ".lines"] = ("text", _text + "\n" + _text)
    ENTERED[_lang + ".place"] = ("combo", _text)
ENTERED["all.language"] = ("list", LANGUAGE[1], LANGUAGE[0])  # last: an open list lies over what is below it


def run(*command, codes=(0,), **more):
    done = subprocess.run(command, capture_output=True, timeout=300, **more)
    if done.returncode not in codes:
        raise SystemExit("%s: %s" % (" ".join(command), (done.stdout + done.stderr).decode("utf-8", "replace")))
    return done.stdout.decode("utf-8", "replace")


def node(script, *args):
    return run("node", os.path.join(HERE, script), MODULES, *args)


def squash(s):
    return "".join(s.split())


def bare(s):
    """A string or name as qpdf's JSON has it."""
    return s[2:] if s[:2] in ("u:", "b:") else s.lstrip("/")


def by_qpdf(path):
    """name -> {type, value, options, label, object}"""
    fields = json.loads(run("qpdf", "--json", "--json-key=acroform", path, codes=(0, 3)))["acroform"]["fields"]
    found = {}
    for f in fields:
        value = f["value"]
        options = [[bare(x) for x in o] if isinstance(o, list) else bare(o) for o in f["choices"]]
        found[f["fullname"]] = {"type": f["fieldtype"].lstrip("/"), "value": bare(value) if isinstance(value, str) else "",
                                "options": options, "label": f["alternativename"], "object": f["object"]}
    return found


def poppler():
    import gi
    gi.require_version("Poppler", "0.18")
    from gi.repository import Poppler
    return Poppler


def poppler_fields(document):
    """[(page, field, area from the page's lower left corner)]"""
    found = []
    for n in range(document.get_n_pages()):
        page = document.get_page(n)
        found += [(n, m.field, (m.area.x1, m.area.y1, m.area.x2, m.area.y2)) for m in page.get_form_field_mapping()]
    return found
