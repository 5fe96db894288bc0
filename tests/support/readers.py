"""Reads the outputs with other people's readers: python's zip and lxml for Word forms, pdf.js and
PDFium for PDFs. What they give is plain lists and dictionaries that tests compare."""
import json
import os
import re
import subprocess
import zipfile

import lxml.html
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
DIGEST = re.compile(r"sha256:[0-9a-f]{64}|\b[0-9a-f]{64}\b")


def no_digest(s):
    return DIGEST.sub("<digest>", s)


def val(e):
    return None if e is None else e.get(W + "val")


def docx(path):
    """{text, controls, captions, parts}: the lines of the body in order, its controls in order,
    titles of tables, and every other part as a list of words."""
    with zipfile.ZipFile(path) as z:
        parts = {n: z.read(n) for n in z.namelist()}
    body = etree.fromstring(parts["word/document.xml"]).find(W + "body")
    found = {"text": [], "controls": [], "captions": [], "parts": {}}
    for e in body.iter(W + "p", W + "sdt", W + "tblCaption", W + "tblDescription"):
        if e.tag == W + "p":
            line = "".join(t.text or "" for t in e.iter(W + "t"))
            found["text"].append(no_digest(line))
        elif e.tag == W + "sdt":
            found["controls"].append(control(e))
        else:
            found["captions"].append(val(e))
    for name, data in sorted(parts.items()):
        if name.endswith((".xml", ".rels")) and name != "word/document.xml":
            found["parts"][name] = words_of(etree.fromstring(data))
    return found


def control(sdt):
    pr = sdt.find(W + "sdtPr")
    kind = [etree.QName(k).localname for k in pr if etree.QName(k).localname in
            ("text", "date", "dropDownList", "comboBox", "richText", "repeatingSection",
             "repeatingSectionItem", "group", "checkbox")]
    binding = pr.find(W15 + "dataBinding")
    if binding is None:
        binding = pr.find(W + "dataBinding")
    return {
        "tag": val(pr.find(W + "tag")),
        "title": val(pr.find(W + "alias")),
        "kind": kind,
        "items": [(i.get(W + "value"), i.get(W + "displayText")) for i in pr.iter(W + "listItem")],
        "binding": None if binding is None else binding.get(W + "xpath"),
        "shows": "\n".join("".join(t.text or "" for t in r.iter(W + "t"))
                           for r in sdt.find(W + "sdtContent").iter(W + "r")),
        "placeholder": pr.find(W + "showingPlcHdr") is not None,
        "checked": [c.get(W14 + "val") for c in pr.iter(W14 + "checked")],
    }


def words_of(root):
    """Every element with its attributes and text, in order; digests left out."""
    out = []
    for e in root.iter():
        if not isinstance(e.tag, str):
            continue
        out.append(no_digest(" ".join(
            [etree.QName(e).localname] +
            ["%s=%s" % (etree.QName(k).localname, v) for k, v in e.attrib.items()] +
            [(e.text or "").strip()])))
    return out


BLOCKS = {"p", "li", "div", "h1", "h2", "h3", "h4", "h5", "label", "legend", "th", "td", "summary", "option",
          "button", "title", "br", "span"}


def html(path):
    """{text, controls, script}: the lines of a page, its controls in order, each with what names and
    describes it, and the lines of its script that are the form's own. Patterns of rows are left
    out; where a rule stands in the definition is #."""
    with open(path, encoding="utf-8") as f:
        source = f.read()
    root = lxml.html.document_fromstring(source)
    script = root.xpath("string(//script[not(@type)])")
    own = script[script.index("const form = {"):script.index("/* A plan in the page")]
    for e in root.xpath("//template | //script | //style"):
        e.drop_tree()
    found = {"text": [], "controls": [], "script": [
        no_digest(re.sub(r"form\.xml:\d+:\d+", "form.xml:#", line)) for line in own.split("\n")]}

    def folded(e):
        return " ".join("".join(e.itertext()).split())

    line = ""
    for event, e in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(e.tag, str):
            continue
        if e.tag in BLOCKS and line.strip():
            found["text"].append(no_digest(" ".join(line.split())))
            line = ""
        line += (e.text if event == "start" else e.tail) or ""
    for e in root.iter("input", "textarea", "select"):
        labels = root.xpath("//label[@for='%s']" % e.get("id"))
        group = e.xpath("ancestor::fieldset[1]/legend")
        described = (e.get("aria-describedby") or "".join(e.xpath("ancestor::fieldset[1]/@aria-describedby"))).split()
        found["controls"].append({
            "name": e.get("name"), "type": e.get("type") or e.tag,
            "value": e.get("value") if e.tag == "input" else (e.text or "")[1:] if (e.text or "").startswith("\n") else e.text or "",
            "checked": e.get("checked") is not None,
            "label": " / ".join(folded(x) for x in labels), "group": " / ".join(folded(x) for x in group),
            "hint": " ".join(folded(root.get_element_by_id(i)) for i in described)})
    return found


def pdf(path):
    """{text, furniture, fields, links, names, outline, roles, ...}: see read_pdf.mjs. text is one string
    with the white space folded, so that a line that breaks elsewhere is no change."""
    here = os.path.dirname(os.path.abspath(__file__))
    r = subprocess.run(["node", os.path.join(here, "read_pdf.mjs"),
                        os.path.join(here, "..", "node", "node_modules"), path],
                       capture_output=True, encoding="utf-8")
    if r.returncode:
        raise SystemExit(r.stderr)
    found = json.loads(r.stdout)
    found["text"] = no_digest(" ".join("".join(found["text"]).split()))
    found["furniture"] = [no_digest(f) for f in found["furniture"]]
    return found


def pdfium(path):
    """{text: [words of each page], fields}: see read_pdfium.mjs."""
    here = os.path.dirname(os.path.abspath(__file__))
    r = subprocess.run(["node", os.path.join(here, "read_pdfium.mjs"),
                        os.path.join(here, "..", "node", "node_modules"), path],
                       capture_output=True, encoding="utf-8")
    if r.returncode:
        raise SystemExit(r.stderr)
    return json.loads(r.stdout)


def c(folder, work, stage, as_of, plans):
    """Compiles the generated C of a folder with field_table.c and runs it over plans: its lines,
    by their first word: field, rule, finding."""
    here = os.path.dirname(os.path.abspath(__file__))
    reader = next(f for f in sorted(os.listdir(folder)) if f.endswith("_read.c"))
    stem = reader[:-len("_read.c")]
    program = os.path.join(work, "field_table")
    xml2 = subprocess.run(["pkg-config", "--cflags", "--libs", "libxml-2.0"], capture_output=True,
                          encoding="utf-8", check=True).stdout.split()
    r = subprocess.run([os.environ["CC"], "-std=c11", "-O0", "-Wall", "-Wextra", "-Werror", "-I", folder,
                        "-DPREFIX=" + stem, "-DGENERATED=\"%s.c\"" % stem, "-o", program,
                        os.path.join(here, "field_table.c"), os.path.join(folder, reader)] + xml2,
                       capture_output=True, encoding="utf-8")
    if r.returncode:
        raise SystemExit(r.stderr)
    r = subprocess.run([program, stage, as_of] + plans, capture_output=True, encoding="utf-8")
    if r.returncode:
        raise SystemExit("field_table: %s" % r.stderr)
    found = {"field": [], "rule": [], "finding": []}
    for line in r.stdout.split("\n"):
        if line:
            kind, rest = line.split(" ", 1)
            found[kind].append(rest)
    return found
