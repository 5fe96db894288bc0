"""Finds in a fillable Word form, or in the record of one, what Word minds but neither the schemas nor the Open XML SDK say.

usage: docx_lint.py FILE.docx ...

Prints one line a fault, "FILE: part: what is wrong", and exits with 1 when there are any. The
checks are the functions in CHECKS; each looks at a Package and calls its fault(). Clauses in
brackets are those of ECMA-376 part 1, or part 2 for packages (OPC).
"""
import collections
import posixpath
import re
import sys
import zipfile

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
XML = "http://www.w3.org/XML/1998/namespace"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

NAME_MAX = 64          # Word's dialog for title and tag of a control
BOOKMARK_MAX = 40      # Word cuts longer names
SMALLEST = 24          # half-points: the text of a document for everybody has 12 points
CONTRAST = 4.5         # WCAG 2.2, 1.4.3
STORE = "urn:formc:store:1"

# Orders of children that the schema demands and readers rely on [17.5.2.38, 17.3.1.26, 17.3.2.28].
SDT_KINDS = {"equation", "comboBox", "date", "docPartObj", "docPartList", "dropDownList", "picture",
             "richText", "text", "citation", "group", "bibliography", "checkbox",
             "repeatingSection", "repeatingSectionItem"}
SDT_ORDER = ["rPr", "alias", "tag", "id", "lock", "placeholder", "temporary", "showingPlcHdr",
             "dataBinding", "label", "tabIndex", "color", "appearance"]
PPR_ORDER = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
             "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku",
             "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi",
             "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing",
             "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
             "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"]
RPR_ORDER = ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
             "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
             "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect",
             "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout",
             "specVanish", "oMath", "rPrChange"]
TCPR_ORDER = ["cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
              "textDirection", "tcFitText", "vAlign", "hideMark"]


def w(name):
    return "{%s}%s" % (W, name)


def local(e):
    return etree.QName(e).localname


def val(e):
    return None if e is None else e.get(w("val"))


def elements(root):
    return (e for e in root.iter() if isinstance(e.tag, str))


def resolve(part, target):
    """The part that a relationship of `part` points to [OPC 6.5.3]."""
    if target.startswith("/"):
        return posixpath.normpath(target[1:])
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


class Package:
    def __init__(self, path):
        self.faults = []
        self.zip = zipfile.ZipFile(path)
        self.names = self.zip.namelist()
        self.xml = {}
        self.raw = {}
        for name in self.names:
            data = self.raw[name] = self.zip.read(name)
            if not name.endswith((".xml", ".rels")):
                continue
            try:
                parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
                self.xml[name] = etree.fromstring(data, parser)
            except etree.XMLSyntaxError as e:
                self.fault(name, "not well-formed: %s" % e.msg)
        self.rels = {}       # (part, id) -> (kind, target or None when external)
        self.main = None
        for name, root in self.xml.items():
            if name.endswith(".rels"):
                folder, base = posixpath.split(name)
                part = posixpath.join(posixpath.dirname(folder), base[:-5])
                for r in root:
                    self.add_relationship(name, part, r)
        self.doc = self.xml.get(self.main)
        self.styles = {}     # id -> kind
        for s in self.part("styles", etree.Element("none")).iter(w("style")):
            self.styles[s.get(w("styleId"))] = s.get(w("type"))

    def fault(self, part, what):
        self.faults.append("%s: %s" % (part, what))

    def add_relationship(self, name, part, r):
        key = (part, r.get("Id"))
        if key in self.rels:
            self.fault(name, "the relationship %s stands here twice" % key[1])
        kind = (r.get("Type") or "").rsplit("/", 1)[-1]
        target = None
        if r.get("TargetMode") == "External":
            self.fault(name, "%s points outside the file" % key[1])
        else:
            target = resolve(part, r.get("Target") or "")
            if target not in self.names:
                self.fault(name, "%s points to %s, which is not there" % (key[1], target))
            if not part and kind == "officeDocument":
                self.main = target
        self.rels[key] = (kind, target)

    def targets(self, part, kind):
        return [t for (p, _), (k, t) in self.rels.items() if p == part and k == kind and t]

    def part(self, kind, default=None):
        """The root of the main part's only part of this kind."""
        for t in self.targets(self.main, kind):
            if t in self.xml:
                return self.xml[t]
        return default

    def stories(self):
        """Parts that hold paragraphs of this document, with their names."""
        yield self.main, self.doc
        for kind in ("header", "footer", "footnotes", "endnotes"):
            for t in self.targets(self.main, kind):
                if t in self.xml:
                    yield t, self.xml[t]

    def glossary(self):
        return self.part("glossaryDocument")

    def stores(self):
        """storeItemID -> root of the custom XML part."""
        found = {}
        for t in self.targets(self.main, "customXml"):
            for props in self.targets(t, "customXmlProps"):
                if props in self.xml and t in self.xml:
                    found[self.xml[props].get("{%s}itemID" % CUSTOM)] = self.xml[t]
        return found


# ---- the package

def check_zip(p):
    lower = collections.Counter(n.lower() for n in p.names)
    for n, count in lower.items():
        if count > 1:
            p.fault("zip", "two entries are called %s" % n)
    if p.names[:1] != ["[Content_Types].xml"]:
        p.fault("zip", "[Content_Types].xml is not the first entry")
    for i in p.zip.infolist():
        if i.filename.endswith("/") or i.filename.startswith("/") or ".." in i.filename.split("/") \
                or "\\" in i.filename:
            p.fault("zip", "%s is no name of a part" % i.filename)
        if i.flag_bits & 1:
            p.fault("zip", "%s is encrypted" % i.filename)
        if i.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            p.fault("zip", "%s is compressed in a way that Word does not read" % i.filename)


def check_xml(p):
    for name, data in p.raw.items():
        if name.endswith((".xml", ".rels")):
            if b"<!DOCTYPE" in data:
                p.fault(name, "has a DOCTYPE")
            if not data:
                p.fault(name, "is empty")
            head = re.match(rb"<\?xml[^>]*encoding=[\"']([^\"']*)", data)
            if head and head.group(1).lower() != b"utf-8":
                p.fault(name, "is not in UTF-8")


def check_content_types(p):
    root = p.xml.get("[Content_Types].xml")
    if root is None:
        p.fault("[Content_Types].xml", "is missing")
        return
    if root.prefix is not None:
        p.fault("[Content_Types].xml", "uses a prefix; LibreOffice cannot load that")
    defaults, overrides = {}, {}
    for e in root:
        if e.tag == "{%s}Default" % TYPES:
            key, known = e.get("Extension").lower(), defaults
        else:
            key, known = e.get("PartName"), overrides
        if key in known:
            p.fault("[Content_Types].xml", "%s stands here twice" % key)
        known[key] = e.get("ContentType")
    for name in p.names:
        if name != "[Content_Types].xml" and "/" + name not in overrides and \
                name.rsplit(".", 1)[-1].lower() not in defaults:
            p.fault(name, "has no content type")
    for key in overrides:
        if key.lstrip("/") not in p.names:
            p.fault("[Content_Types].xml", "names %s, which is not there" % key)
    if overrides.get("/" + (p.main or "")) != MAIN_TYPE:
        p.fault("[Content_Types].xml", "the main part does not have the type of a Word document")
    for kind in ("styles", "settings", "numbering", "header", "footer"):
        for t in p.targets(p.main, kind):
            if not (overrides.get("/" + t) or "").endswith("wordprocessingml.%s+xml" % kind):
                p.fault(t, "does not have the content type of %s" % kind)


def check_relationships(p):
    for name, root in p.xml.items():
        if name.endswith(".rels"):
            if root.prefix is not None:
                p.fault(name, "uses a prefix; LibreOffice cannot load that")
            folder, base = posixpath.split(name)
            part = posixpath.join(posixpath.dirname(folder), base[:-5])
            if part and part not in p.names:
                p.fault(name, "belongs to %s, which is not there" % part)
    reached = {t for _, t in p.rels.values()} | {"[Content_Types].xml"}
    for name in p.names:
        if not name.endswith(".rels") and name not in reached:
            p.fault(name, "nothing points to this part")
    for name, root in p.xml.items():
        for e in elements(root):
            for key, value in e.attrib.items():
                if key.startswith("{%s}" % OFFICE_RELS) and (name, value) not in p.rels:
                    p.fault(name, "there is no relationship %s" % value)
    for kind in ("styles", "settings", "header", "footer"):
        if not p.targets(p.main, kind):
            p.fault(p.main, "has no %s" % kind)


def check_compatibility(p):
    for name, root in p.xml.items():
        if not name.startswith("word/") or name.endswith(".rels"):
            continue
        prefixes = (root.get("{%s}Ignorable" % MC) or "").split()
        for prefix in prefixes:
            if prefix not in root.nsmap:
                p.fault(name, "the ignorable prefix %s is not declared" % prefix)
        ignorable = {root.nsmap[x] for x in prefixes if x in root.nsmap}
        used = set()
        for e in elements(root):
            used.add(etree.QName(e).namespace)
            used.update(etree.QName(a).namespace for a in e.attrib)
        for ns in used:
            if ns and re.match(r"http://schemas\.microsoft\.com/office/word/20", ns) \
                    and ns not in ignorable:
                p.fault(name, "%s is used but not ignorable" % ns)
    settings = p.part("settings")
    if settings is not None:
        mode = [s for s in settings.iter(w("compatSetting"))
                if s.get(w("name")) == "compatibilityMode"]
        if [val(s) for s in mode] != ["15"]:
            p.fault("settings", "compatibilityMode is not 15: Word opens it in compatibility mode")


# ---- styles, numbering, order

def check_styles(p):
    styles = p.part("styles")
    if styles is None:
        return
    ids = [s.get(w("styleId")) for s in styles.iter(w("style"))]
    for i, count in collections.Counter(ids).items():
        if count > 1:
            p.fault("styles", "two styles have the id %s" % i)
    for tag in ("basedOn", "next", "link"):
        for e in styles.iter(w(tag)):
            if val(e) not in p.styles:
                p.fault("styles", "%s names the style %s, which is not there" % (tag, val(e)))
    places = list(p.stories())
    if p.glossary() is not None:
        places.append(("glossary", p.glossary()))
    kinds = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    for name, root in places:
        for e in root.iter(*(w(k) for k in kinds)):
            kind = p.styles.get(val(e))
            if kind is None:
                p.fault(name, "there is no style %s" % val(e))
            elif kind != kinds[local(e)]:
                p.fault(name, "%s is a %s style, used as %s" % (val(e), kind, kinds[local(e)]))


def check_numbering(p):
    numbering = p.part("numbering", etree.Element("none"))
    abstract = {a.get(w("abstractNumId")): {lv.get(w("ilvl")) for lv in a.iter(w("lvl"))}
                for a in numbering.iter(w("abstractNum"))}
    levels = {}
    for n in numbering.iter(w("num")):
        a = val(n.find(w("abstractNumId")))
        if a not in abstract:
            p.fault("numbering", "the list %s has no definition" % n.get(w("numId")))
        levels[n.get(w("numId"))] = abstract.get(a, set())
    for name, root in list(p.stories()) + [("styles", p.part("styles", etree.Element("none")))]:
        for pr in root.iter(w("numPr")):
            number, level = val(pr.find(w("numId"))), val(pr.find(w("ilvl"))) or "0"
            if number in (None, "0"):
                continue
            if number not in levels:
                p.fault(name, "there is no list %s" % number)
            elif level not in levels[number]:
                p.fault(name, "the list %s has no level %s" % (number, level))


def in_order(p, name, parent, order):
    last = -1
    for e in parent:
        at = order.index(local(e)) if local(e) in order else -1
        if at < 0:
            p.fault(name, "%s does not belong in %s" % (local(e), local(parent)))
        elif at <= last:
            p.fault(name, "%s stands too late in %s" % (local(e), local(parent)))
        last = max(last, at)


def check_order(p):
    for name, root in list(p.stories()) + [("styles", p.part("styles", etree.Element("none")))]:
        for tag, order in (("pPr", PPR_ORDER), ("rPr", RPR_ORDER), ("tcPr", TCPR_ORDER)):
            for e in root.iter(w(tag)):
                in_order(p, name, e, order)
        for holder, pr in (("p", "pPr"), ("r", "rPr"), ("tc", "tcPr"), ("tr", "trPr"), ("sdt", "sdtPr")):
            for e in root.iter(w(holder)):
                if e.find(w(pr)) is not None and e.index(e.find(w(pr))) > (e.find(w("tblPrEx")) is not None):
                    p.fault(name, "%s is not first in %s" % (pr, holder))


def check_text(p):
    for name, root in p.stories():
        for t in root.iter(w("t")):
            s = t.text or ""
            if s != s.strip() and t.get("{%s}space" % XML) != "preserve":
                p.fault(name, "white space at an end of a text would be lost")
            if "\n" in s or "\t" in s:
                p.fault(name, "a text holds a line break or tab as a character")
        for tag in ("ins", "del", "moveFrom", "moveTo", "commentReference"):
            if next(root.iter(w(tag)), None) is not None:
                p.fault(name, "has tracked changes or comments")
        depth = []
        for f in root.iter(w("fldChar")):
            kind = f.get(w("fldCharType"))
            if kind == "begin":
                depth.append(kind)
            elif not depth:
                p.fault(name, "a field ends that did not begin")
            elif kind == "end":
                depth.pop()
        if depth:
            p.fault(name, "a field begins and does not end")


# ---- tables

def check_tables(p):
    for name, root in p.stories():
        for tbl in root.iter(w("tbl")):
            grid = len(tbl.findall(w("tblGrid") + "/" + w("gridCol")))
            pr = tbl.find(w("tblPr"))
            rows = [r for r in tbl.iter(w("tr")) if next(r.iterancestors(w("tbl"))) is tbl]
            if not rows:
                p.fault(name, "a table has no rows")
            for r in rows:
                cells = [c for c in r.iter(w("tc")) if next(c.iterancestors(w("tr"))) is r]
                span = sum(int(val(c.find(w("tcPr") + "/" + w("gridSpan"))) or 1) for c in cells)
                if span != grid:
                    p.fault(name, "a row has %d cells in a table of %d columns" % (span, grid))
                for c in cells:
                    if len(c) == 0 or c[-1].tag != w("p"):
                        p.fault(name, "a cell does not end with a paragraph")
            if pr is None or pr.find(w("tblCaption")) is None or not val(pr.find(w("tblCaption"))):
                p.fault(name, "a table has no title")
            if next(tbl.iterancestors(w("tbl")), None) is not None:
                p.fault(name, "a table stands inside a table")
            heads = [r.find(w("trPr") + "/" + w("tblHeader")) is not None for r in rows]
            if True in heads and False in heads[:len([h for h in heads if h])]:
                p.fault(name, "a header row stands below another row")
            if grid > 2 and not any(heads):
                p.fault(name, "a table of %d columns has no header row" % grid)


# ---- controls

def controls(root):
    return root.iter(w("sdt"))


def kinds_of(pr):
    return [local(e) for e in pr if local(e) in SDT_KINDS]


def check_control_properties(p):
    ids, tags = collections.Counter(), collections.Counter()
    for name, root in p.stories():
        for sdt in controls(root):
            pr = sdt.find(w("sdtPr"))
            content = sdt.find(w("sdtContent"))
            if pr is None or content is None:
                p.fault(name, "a control has no properties or no content")
                continue
            tag, alias, kinds = val(pr.find(w("tag"))), val(pr.find(w("alias"))), kinds_of(pr)
            who = "the control %s" % tag
            structural = set(kinds) & {"group", "repeatingSection", "repeatingSectionItem"}
            if len(kinds) > 1:
                p.fault(name, "%s has two types" % who)
            if not structural and not kinds:
                p.fault(name, "%s has no type" % who)
            ids[val(pr.find(w("id")))] += 1
            try:
                number = int(val(pr.find(w("id"))))
                if not -2 ** 31 <= number < 2 ** 31 or number == 0:
                    p.fault(name, "%s: its id is not a 32-bit number" % who)
            except (TypeError, ValueError):
                p.fault(name, "%s has no id" % who)
            if structural:
                if "repeatingSectionItem" in structural:
                    up = sdt.getparent().getparent()
                    if up.tag != w("sdt") or "repeatingSection" not in kinds_of(up.find(w("sdtPr"))):
                        p.fault(name, "a row of a repeating section stands outside of one")
                continue
            tags[tag] += 1
            for what, v in (("title", alias), ("tag", tag)):
                if not v or not v.strip():
                    p.fault(name, "%s has no %s" % (who, what))
                elif len(v) > NAME_MAX:
                    p.fault(name, "%s: its %s is longer than %d characters" % (who, what, NAME_MAX))
            order = [local(e) for e in pr]
            last = -1
            for k in order:
                at = SDT_ORDER.index(k) if k in SDT_ORDER else len(SDT_ORDER) if k in SDT_KINDS else -1
                if at < 0 or at < last:
                    p.fault(name, "%s: %s does not belong there" % (who, k))
                last = max(last, at)
            if val(pr.find(w("lock"))) != "sdtLocked":
                p.fault(name, "%s can be deleted" % who)
    for i, count in ids.items():
        if count > 1:
            p.fault(p.main, "%d controls have the id %s" % (count, i))
    for t, count in tags.items():
        if count > 1:
            p.fault(p.main, "%d controls have the tag %s" % (count, t))


def check_control_content(p):
    for name, root in p.stories():
        for sdt in controls(root):
            pr, content = sdt.find(w("sdtPr")), sdt.find(w("sdtContent"))
            if pr is None or content is None or \
                    set(kinds_of(pr)) & {"group", "repeatingSection", "repeatingSectionItem"}:
                continue
            who = "the control %s" % val(pr.find(w("tag")))
            if next(sdt.iterancestors(w("p")), None) is None:
                p.fault(name, "%s is not inside a paragraph: other programs lose its cell" % who)
            if next(content.iter(w("sdt")), None) is not None:
                p.fault(name, "%s holds another control" % who)
            runs = list(content.iter(w("r")))
            if not "".join(content.itertext()).strip():
                p.fault(name, "%s is empty: there is nothing to click on" % who)
            if next(content.iter(w("br")), None) is not None and \
                    any(k == "text" and pr.find(w("text")).get(w("multiLine")) not in ("1", "true")
                        for k in kinds_of(pr)):
                p.fault(name, "%s has line breaks but is a single line" % who)
            styles = {val(r.find(w("rPr") + "/" + w("rStyle"))) for r in runs}
            if (pr.find(w("showingPlcHdr")) is not None) != (styles == {"PlaceholderText"}):
                p.fault(name, "%s: placeholder and look of the text do not agree" % who)


def check_placeholders(p):
    known = collections.Counter()
    if p.glossary() is not None:
        for part in p.glossary().iter(w("docPart")):
            known[val(part.find(w("docPartPr") + "/" + w("name")))] += 1
            if not "".join(part.itertext()).strip():
                p.fault("glossary", "a placeholder has no words")
    for n, count in known.items():
        if count > 1:
            p.fault("glossary", "two placeholders are called %s" % n)
    for name, root in p.stories():
        for sdt in controls(root):
            part = sdt.find(w("sdtPr") + "/" + w("placeholder") + "/" + w("docPart"))
            if part is not None and val(part) not in known and \
                    not (val(part) or "").startswith("DefaultPlaceholder_"):
                p.fault(name, "there is no placeholder %s" % val(part))
            shows = sdt.find(w("sdtPr") + "/" + w("showingPlcHdr"))
            if shows is not None and part is None:
                p.fault(name, "a control shows a placeholder that it does not name")


def check_lists(p):
    for name, root in p.stories():
        for kind in ("dropDownList", "comboBox"):
            for ls in root.iter(w(kind)):
                who = "the list of %s" % val(ls.getparent().find(w("tag")))
                items = ls.findall(w("listItem"))
                if not items:
                    p.fault(name, "%s is empty" % who)
                for what in ("value", "displayText"):
                    values = [i.get(w(what)) for i in items]
                    if len(values) != len(set(values)):
                        p.fault(name, "%s has the same %s twice" % (who, what))
                    if any(not v for v in values):
                        p.fault(name, "%s has an item without %s" % (who, what))


def check_boxes(p):
    for name, root in p.stories():
        for box in root.iter("{%s}checkbox" % W14):
            pr = box.getparent()
            who = "the check box %s" % val(pr.find(w("tag")))
            found = [(local(e), e.get("{%s}val" % W14), e.get("{%s}font" % W14)) for e in box]
            if [f[0] for f in found] != ["checked", "checkedState", "uncheckedState"]:
                p.fault(name, "%s does not say its state and both its signs" % who)
                continue
            ticked = found[0][1] in ("1", "true")
            sign, font = found[1 if ticked else 2][1:]
            content = pr.getparent().find(w("sdtContent"))
            if "".join(content.itertext()) != chr(int(sign or "0", 16)):
                p.fault(name, "%s does not show its state" % who)
            if {f.get(w("ascii")) for f in content.iter(w("rFonts"))} != {font}:
                p.fault(name, "%s shows its sign in another font than it names" % who)


def check_dates(p):
    for name, root in p.stories():
        for d in root.iter(w("date")):
            who = "the date %s" % val(d.getparent().find(w("tag")))
            full = d.get(w("fullDate"))
            if full is not None and not re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", full):
                p.fault(name, "%s: its day is not written as Word reads it" % who)
            for child in ("dateFormat", "lid", "storeMappedDataAs", "calendar"):
                if not val(d.find(w(child))):
                    p.fault(name, "%s has no %s" % (who, child))
    for root in p.xml.values():
        for tag in ("created", "modified"):
            for e in root.iter("{%s}%s" % (DCTERMS, tag)):
                if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", e.text or ""):
                    p.fault("docProps/core.xml", "%s is not a time" % tag)


def check_bindings(p):
    stores, bound = p.stores(), collections.Counter()
    for root in p.targets(p.main, "customXml"):
        if not p.targets(root, "customXmlProps"):
            p.fault(root, "has no id for bindings")
    for name, root in p.stories():
        for b in root.iter(w("dataBinding"), "{%s}dataBinding" % W15):
            pr = b.getparent()
            who = "the control %s" % val(pr.find(w("tag")))
            store = stores.get(b.get(w("storeItemID")))
            if store is None:
                p.fault(name, "%s is bound to a store that is not there" % who)
                continue
            prefixes = dict(re.findall(r"xmlns:([\w.-]+)=['\"]([^'\"]*)['\"]",
                                       b.get(w("prefixMappings")) or ""))
            try:
                hits = etree.ElementTree(store).xpath(b.get(w("xpath")), namespaces=prefixes)
            except etree.XPathError as e:
                p.fault(name, "%s: its path cannot be read: %s" % (who, e))
                continue
            if "repeatingSection" in kinds_of(pr):
                if not hits:
                    p.fault(name, "%s is bound to nothing" % who)
                continue
            if len(hits) != 1:
                p.fault(name, "%s is bound to %d elements" % (who, len(hits)))
                continue
            if len(hits[0]) or hits[0].attrib:
                p.fault(name, "%s is bound to an element with children or attributes, which "
                              "LibreOffice would drop" % who)
            bound[store.getroottree().getpath(hits[0])] += 1
            check_same(p, name, who, pr, hits[0])
    for path, count in bound.items():
        if count > 1:
            p.fault(p.main, "%d controls are bound to %s" % (count, path))


def check_same(p, name, who, pr, stored):
    """What a control shows and what its store holds have to agree when the file is made."""
    ticked = [e.get("{%s}val" % W14) for e in pr.iter("{%s}checked" % W14)]
    if ticked and (stored.text or "") != {"1": "true", "0": "false"}.get(ticked[0]):
        p.fault(name, "%s does not show what is stored" % who)
    if "text" not in kinds_of(pr):
        return
    content = pr.getparent().find(w("sdtContent"))
    shown = ""
    if pr.find(w("showingPlcHdr")) is None:
        for e in content.iter(w("t"), w("br"), w("tab")):
            shown += {w("br"): "\n", w("tab"): "\t"}.get(e.tag, e.text or "")
    if shown != (stored.text or ""):
        p.fault(name, "%s does not show what is stored" % who)


def check_bookmarks(p):
    open_, done, names = {}, set(), collections.Counter()
    around = set()
    for name, root in p.stories():
        for e in root.iter(w("bookmarkStart"), w("bookmarkEnd"), w("sdt")):
            if e.tag == w("sdt"):
                around.update(id_ for id_ in [val(e.find(w("sdtPr") + "/" + w("id")))] if open_)
                continue
            i = e.get(w("id"))
            if e.tag == w("bookmarkEnd"):
                if i not in open_:
                    p.fault(name, "the bookmark %s ends before it begins" % i)
                open_.pop(i, None)
                continue
            if i in open_ or i in done:
                p.fault(name, "two bookmarks have the id %s" % i)
            done.add(i)
            open_[i] = n = e.get(w("name")) or ""
            names[n.lower()] += 1
            if not re.fullmatch(r"[^\W\d]\w{0,%d}" % (BOOKMARK_MAX - 1), n):
                p.fault(name, "Word does not take %s as the name of a bookmark" % n)
        for i in open_:
            p.fault(name, "the bookmark %s does not end" % i)
        open_.clear()
        for sdt in controls(root):
            pr = sdt.find(w("sdtPr"))
            if pr is not None and not set(kinds_of(pr)) & {"group", "repeatingSection",
                                                           "repeatingSectionItem"} \
                    and val(pr.find(w("id"))) not in around:
                p.fault(name, "the control %s has no bookmark around it" % val(pr.find(w("tag"))))
    for n, count in names.items():
        if count > 1:
            p.fault(p.main, "%d bookmarks are called %s" % (count, n))


def check_permissions(p):
    for name, root in p.stories():
        starts = sorted(e.get(w("id")) for e in root.iter(w("permStart")))
        if starts != sorted(e.get(w("id")) for e in root.iter(w("permEnd"))):
            p.fault(name, "ranges of permission do not pair")


# ---- for readers who do not see the page

def check_access(p):
    core = next((p.xml[t] for t in p.targets("", "core-properties") if t in p.xml), None)
    if core is None or not (core.findtext("{%s}title" % DC) or "").strip():
        p.fault("docProps/core.xml", "there is no title")
    if core is None or not (core.findtext("{%s}language" % DC) or "").strip():
        p.fault("docProps/core.xml", "there is no language")
    styles = p.part("styles")
    lang = None if styles is None else styles.find(".//%s//%s" % (w("rPrDefault"), w("lang")))
    if lang is None or not val(lang):
        p.fault("styles", "there is no default language")
    for name, root in p.stories():
        for e in root.iter("{%s}docPr" % WP):
            if not (e.get("descr") or "").strip():
                p.fault(name, "a picture has no words for those who do not see it")
        for para in root.iter(w("p")):
            if not "".join(para.itertext()).strip() and next(para.iter(w("drawing")), None) is None:
                p.fault(name, "a paragraph is empty")
    last, titles = 0, 0
    for para in p.doc.iter(w("p")):
        style = val(para.find(w("pPr") + "/" + w("pStyle"))) or ""
        titles += style == "Title"
        m = re.fullmatch(r"Heading(\d)", style)
        if m:
            if int(m.group(1)) > last + 1:
                p.fault(p.main, "headings jump from level %d to %s" % (last, m.group(1)))
            last = int(m.group(1))
    if titles != 1:
        p.fault(p.main, "there are %d titles" % titles)
    fields = set()
    for t in p.targets(p.main, "footer") + p.targets(p.main, "header"):
        for e in p.xml.get(t, etree.Element("none")).iter(w("instrText"), w("fldSimple")):
            fields.update((e.text or e.get(w("instr")) or "").split())
    for f in ("PAGE", "NUMPAGES"):
        if f not in fields:
            p.fault("footer", "there is no %s field" % f)


# ---- for people who restyle the document

def check_gallery(p):
    """Every style of its own stands in Word's gallery, in an order, and rests on another."""
    styles = p.part("styles", etree.Element("none"))
    names = collections.Counter()
    for s in styles.iter(w("style")):
        name = val(s.find(w("name"))) or ""
        names[name.lower()] += 1
        if s.get(w("customStyle")) is None and not re.fullmatch(r"(?i)title|subtitle|heading \d|list bullet", name):
            continue
        for tag, what in (("qFormat", "is not in the gallery"), ("uiPriority", "has no place in the gallery"),
                          ("basedOn", "rests on no other")):
            if s.find(w(tag)) is None:
                p.fault("styles", "the style %s %s" % (name, what))
        if re.match(r"(?i)title|subtitle|heading", name) and s.find(w("next")) is None:
            p.fault("styles", "the style %s does not say what follows it" % name)
    for name, count in names.items():
        if count > 1:
            p.fault("styles", "%d styles are called %s" % (count, name))
    for name, root in p.stories():
        for para in root.iter(w("p")):
            if para.find(w("pPr") + "/" + w("pStyle")) is None:
                p.fault(name, "a paragraph has no style")
        for pr in root.iter(w("pPr"), w("rPr")):
            for tag in ("sz", "color", "spacing", "jc", "pBdr"):
                bidi = pr.find(w("bidi"))
                if tag == "jc" and bidi is not None and bidi.get(w("val")) == "0":
                    continue  # against the direction of its form: a style's sides would be the other ones
                if pr.find(w(tag)) is not None:
                    p.fault(name, "%s is set by hand and not by a style" % tag)
    size = val(styles.find(".//%s//%s" % (w("rPrDefault"), w("sz"))))
    if size is None or int(size) < SMALLEST:
        p.fault("styles", "the text is smaller than 12 points")


def luminance(rgb):
    """Of a colour RRGGBB (WCAG 2.2, relative luminance)."""
    parts = [int(rgb[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def check_contrast(p):
    fills = {e.get(w("fill")) for _, root in p.stories() for e in root.iter(w("shd"))} | {"FFFFFF"}
    fills |= {e.get(w("fill")) for e in p.part("styles", etree.Element("none")).iter(w("shd"))}
    darkest = min(luminance(f) for f in fills if re.fullmatch("[0-9A-Fa-f]{6}", f or ""))
    for s in p.part("styles", etree.Element("none")).iter(w("color")):
        if re.fullmatch("[0-9A-Fa-f]{6}", val(s) or "") and s.getparent().tag == w("rPr") and \
                (darkest + 0.05) / (luminance(val(s)) + 0.05) < CONTRAST:
            p.fault("styles", "the colour %s is too faint" % val(s))


# ---- reading order, languages, what a document is

def check_reading_order(p):
    """Words and answers follow each other as they stand in the file, which is the order of the form."""
    for name, root in p.stories():
        for tag, what in (("framePr", "a frame"), ("txbxContent", "a text box"), ("tblpPr", "a floating table"),
                          ("tabIndex", "an order of its own")):
            if next(root.iter(w(tag)), None) is not None:
                p.fault(name, "%s takes words out of their order" % what)
        for e in root.iter(w("tbl")):
            after = e.getnext()
            if after is not None and after.tag == w("tbl"):
                p.fault(name, "two tables stand together: Word makes one of them")
            if next(e.iter(w("vMerge")), None) is not None:
                p.fault(name, "cells are merged from top to bottom")
        for h in root.iter(w("pStyle")):
            if re.match(r"Heading\d|Title", val(h) or "") and next(h.iterancestors(w("tc")), None) is not None:
                p.fault(name, "a heading stands in a table, where navigation does not find it")
    wanted, found = {}, {}
    for store in p.stores().values():
        if etree.QName(store).namespace == STORE:
            for i, e in enumerate(store.iter()):
                wanted[store.getroottree().getpath(e)] = i
    for b in p.doc.iter(w("dataBinding"), "{%s}dataBinding" % W15):
        store = p.stores().get(b.get(w("storeItemID")))
        if store is None or etree.QName(store).namespace != STORE:
            continue
        try:
            hits = etree.ElementTree(store).xpath(b.get(w("xpath")), namespaces={"f": STORE})
        except etree.XPathError:
            continue
        tag = val(b.getparent().find(w("tag"))) or ""
        group = re.sub(r"\[.*", "", tag) if "[" in tag else ""
        for h in hits[:1]:
            at = wanted.get(store.getroottree().getpath(h), -1)
            if at < found.get(group, -1):
                p.fault(p.main, "the control %s stands before one that the form has later" % tag)
            found[group] = max(at, found.get(group, -1))


RIGHT_TO_LEFT = re.compile("[\u0590-\u05ff\u0608-\u065f\u066d-\u06dc\u06de-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")


def check_languages(p):
    core = next((p.xml[t] for t in p.targets("", "core-properties") if t in p.xml), None)
    language = None if core is None else core.findtext("{%s}language" % DC)
    styles = p.part("styles", etree.Element("none"))
    default = val(styles.find(".//%s//%s" % (w("rPrDefault"), w("lang"))))
    if default != language:
        p.fault("styles", "the language is not that of the properties")
    for name, root in list(p.stories()) + [("glossary", p.glossary())]:
        if root is None:
            continue
        for e in root.iter(w("lang")):
            for v in e.attrib.values():
                if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", v):
                    p.fault(name, "%s is not a language" % v)
        for e in root.iter(w("lid")):
            if val(e) != language:
                p.fault(name, "a date is written in another language than the document")
        for r in root.iter(w("r")):
            words = "".join(t.text or "" for t in r.iter(w("t")))
            first = re.search(r"[^\W\d_]", words)
            if first and RIGHT_TO_LEFT.match(first.group()) and r.find(w("rPr") + "/" + w("rtl")) is None:
                p.fault(name, "words that run from right to left are not marked")


def check_tables_for_readers(p):
    for name, root in p.stories():
        for tbl in root.iter(w("tbl")):
            pr = tbl.find(w("tblPr"))
            if pr is None or not val(pr.find(w("tblDescription"))):
                p.fault(name, "a table has no description")
            look = None if pr is None else pr.find(w("tblLook"))
            named = look is not None and look.get(w("firstRow")) == "1"
            rows = tbl.findall(w("tr"))
            heads = bool(rows) and rows[0].find(w("trPr") + "/" + w("tblHeader")) is not None
            if named != heads:
                p.fault(name, "a table's header row and its look do not agree")
            if len(tbl.findall(w("tblGrid") + "/" + w("gridCol"))) > 1 and not heads and \
                    (look is None or look.get(w("firstColumn")) != "1"):
                p.fault(name, "a table names neither its columns nor its rows")
            for h in tbl.iter(w("trHeight")):
                if h.get(w("hRule")) == "exact":
                    p.fault(name, "a row cannot grow with its answer")


def check_titles(p):
    """What a screen reader says of a control: in a repeat, which row it is in."""
    for name, root in p.stories():
        for sdt in controls(root):
            tag, alias = (val(sdt.find(w("sdtPr") + "/" + w(k))) or "" for k in ("tag", "alias"))
            row = re.search(r"\[(\d+)\]", tag)
            if row and not re.search(r"(?<!\d)%s$" % row.group(1), alias):
                p.fault(name, "the title of %s does not say which row it is in" % tag)
        for para in root.iter(w("p")):
            if next(para.iter(w("sdt")), None) is not None and \
                    any(next(br.iterancestors(w("sdtContent")), None) is None for br in para.iter(w("br"))):
                p.fault(name, "line breaks stand beside a control: they stay when somebody types")


def check_record(p):
    """A document without controls has nothing in it that only controls need."""
    if next(p.doc.iter(w("sdt")), None) is not None:
        return
    if p.glossary() is not None:
        p.fault("glossary", "there are words for empty controls and no controls")
    for store in p.stores().values():
        if etree.QName(store).namespace == STORE:
            p.fault("customXml", "answers are stored and no control shows them")
    led_to = {link.get(w("anchor")) for link in p.doc.iter(w("hyperlink"))}
    if any(mark.get(w("name")) not in led_to for mark in p.doc.iter(w("bookmarkStart"))):
        p.fault(p.main, "a bookmark holds no control")


def check_links(p):
    """17.16.22: the anchor is the name of a bookmark of the document."""
    names = {mark.get(w("name")) for mark in p.doc.iter(w("bookmarkStart"))}
    for name, root in p.stories():
        for link in root.iter(w("hyperlink")):
            if link.get(w("anchor")) not in names:
                p.fault(name, "a link leads nowhere")


CHECKS = [check_gallery, check_contrast, check_reading_order, check_languages, check_tables_for_readers,
          check_titles, check_record, check_links, check_zip, check_xml, check_content_types, check_relationships, check_compatibility,
          check_styles, check_numbering, check_order, check_text, check_tables,
          check_control_properties, check_control_content, check_placeholders, check_lists,
          check_boxes, check_dates, check_bindings, check_bookmarks, check_permissions, check_access]


def lint(path):
    """All faults of a file, sorted; none when it is fine."""
    try:
        p = Package(path)
    except (OSError, zipfile.BadZipFile) as e:
        return ["zip: cannot be read: %s" % e]
    for check in CHECKS:
        if p.doc is None and check not in (check_zip, check_xml, check_content_types,
                                           check_relationships):
            continue
        check(p)
    if p.doc is None:
        p.fault("zip", "there is no main part")
    return sorted(set(p.faults))


def main(args):
    if not args:
        raise SystemExit(__doc__)
    faulty = 0
    for path in args:
        faults = lint(path)
        for f in faults[:200]:
            print("%s: %s" % (posixpath.basename(path), f))
        print("%s: %d faults" % (posixpath.basename(path), len(faults)))
        faulty |= bool(faults)
    return faulty


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
