"""The lint for Word forms finds nothing in the S117 form, blank and filled, and it finds each of
many defects that are put into it, one at a time."""
import os
import re
import subprocess
import sys
import tempfile
import zipfile

from lxml import etree

SOURCE = os.environ["FORMC_SOURCE"]
sys.path.insert(0, os.path.join(SOURCE, "tests", "tools"))
import docx_lint  # noqa: E402

FORMC = os.environ["FORMC"]
FORM = os.path.join(SOURCE, "forms", "s117-aftercare")
w = docx_lint.w
DOC = "word/document.xml"


class Copy:
    """A Word form that can be changed and written."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as z:
            self.parts = [(n, z.read(n)) for n in z.namelist()]
        self.trees = {}

    def data(self, name):
        return dict(self.parts)[name]

    def tree(self, name=DOC):
        if name not in self.trees:
            self.trees[name] = etree.fromstring(self.data(name))
        return self.trees[name]

    def set(self, name, data):
        self.trees.pop(name, None)
        self.parts = [(n, data if n == name else d) for n, d in self.parts]

    def drop(self, name):
        self.parts = [(n, d) for n, d in self.parts if n != name]

    def find(self, pattern):
        return next(n for n, _ in self.parts if re.fullmatch(pattern, n))

    def write(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
            for name, data in self.parts:
                if name in self.trees:
                    data = etree.tostring(self.trees[name], encoding="UTF-8", xml_declaration=True,
                                          standalone=True)
                z.writestr(name, data)


def first(copy, path, name=DOC):
    found = copy.tree(name).find(".//" + path)
    if found is None:
        sys.exit("the form has no %s to put a defect into" % path)
    return found


def control(copy, kind):
    """The first control of this kind."""
    for sdt in copy.tree().iter(w("sdt")):
        if sdt.find(w("sdtPr") + "/" + w(kind)) is not None:
            return sdt
    sys.exit("the form has no control of the kind %s" % kind)


FORM_PARTS = None  # the copy of a form from which a defect of a record takes what is too much


def add_part(copy, name, kind, data):
    """A part that the document points to."""
    copy.parts.append((name, data))
    rels = copy.tree("word/_rels/document.xml.rels")
    etree.SubElement(rels, rels[0].tag, Id="rIdToo", Target="/" + name,
                     Type=docx_lint.OFFICE_RELS + "/" + kind)


def remove(e):
    e.getparent().remove(e)


def repeat(e):
    e.addnext(etree.fromstring(etree.tostring(e)))


def binding(copy):
    return next(e for e in copy.tree().iter() if isinstance(e.tag, str) and
                etree.QName(e).localname == "dataBinding")


# ---- defects: each changes a copy; its first line is a part of what has to be said about it

def duplicate_control_id(c):
    """2 controls have the id"""
    ids = [s.find(w("sdtPr") + "/" + w("id")) for s in c.tree().iter(w("sdt"))]
    ids[1].set(w("val"), ids[0].get(w("val")))


def duplicate_tag(c):
    """2 controls have the tag"""
    tags = [s.find(w("sdtPr") + "/" + w("tag")) for s in c.tree().iter(w("sdt"))]
    tags[1].set(w("val"), tags[0].get(w("val")))


def long_title(c):
    """its title is longer"""
    first(c, w("alias")).set(w("val"), "x" * 65)


def no_title(c):
    """has no title"""
    remove(first(c, w("alias")))


def no_tag(c):
    """has no tag"""
    remove(first(c, w("tag")))


def unlocked(c):
    """can be deleted"""
    remove(first(c, w("sdtPr") + "/" + w("lock")))


def two_types(c):
    """has two types"""
    etree.SubElement(control(c, "text").find(w("sdtPr")), w("richText"))


def properties_out_of_order(c):
    """alias does not belong there"""
    pr = control(c, "text").find(w("sdtPr"))
    pr.insert(0, pr[-1])


def unknown_placeholder(c):
    """there is no placeholder nowhere"""
    first(c, w("placeholder") + "/" + w("docPart")).set(w("val"), "nowhere")


def placeholder_that_is_text(c):
    """placeholder and look"""
    remove(first(c, w("showingPlcHdr")))


def list_with_one_value_twice(c):
    """the same value twice"""
    items = control(c, "dropDownList").findall(".//" + w("listItem"))
    items[1].set(w("value"), items[0].get(w("value")))


def list_with_one_text_twice(c):
    """the same displayText twice"""
    items = control(c, "dropDownList").findall(".//" + w("listItem"))
    items[1].set(w("displayText"), items[0].get(w("displayText")))


def list_with_empty_value(c):
    """an item without value"""
    control(c, "dropDownList").find(".//" + w("listItem")).set(w("value"), "")


def date_without_calendar(c):
    """has no calendar"""
    remove(first(c, w("date") + "/" + w("calendar")))


def date_that_is_none(c):
    """its day is not written"""
    first(c, w("date")).set(w("fullDate"), "31/01/2026")


def bound_to_no_store(c):
    """a store that is not there"""
    binding(c).set(w("storeItemID"), "{00000000-0000-0000-0000-000000000000}")


def bound_to_nothing(c):
    """bound to 0 elements"""
    binding(c).set(w("xpath"), binding(c).get(w("xpath")) + "/*[1]")


def bound_path_unreadable(c):
    """its path cannot be read"""
    binding(c).set(w("xpath"), "/a[")


def bound_twice(c):
    """2 controls are bound to"""
    found = [e for e in c.tree().iter() if isinstance(e.tag, str) and
             etree.QName(e).localname == "dataBinding"]
    found[1].set(w("xpath"), found[0].get(w("xpath")))


def bound_element_with_attribute(c):
    """children or attributes"""
    c.tree(c.find(r"customXml/item1\.xml"))[0].set("note", "x")


def stored_but_not_shown(c):
    """does not show what is stored"""
    b = binding(c)
    store = c.tree(c.find(r"customXml/item1\.xml"))
    prefixes = dict(re.findall(r"xmlns:([\w.-]+)=['\"]([^'\"]*)['\"]", b.get(w("prefixMappings"))))
    etree.ElementTree(store).xpath(b.get(w("xpath")), namespaces=prefixes)[0].text = "x"


def bookmark_name_twice(c):
    """2 bookmarks are called"""
    found = list(c.tree().iter(w("bookmarkStart")))
    found[1].set(w("name"), found[0].get(w("name")).upper())


def link_that_leads_nowhere(c):
    """leads nowhere"""
    link = etree.Element(w("hyperlink"), {w("anchor"): "gone"})
    run = first(c, w("r"))
    run.addprevious(link)
    link.append(run)


def bookmark_without_end(c):
    """does not end"""
    remove(first(c, w("bookmarkEnd")))


def bookmark_name_too_long(c):
    """as the name of a bookmark"""
    first(c, w("bookmarkStart")).set(w("name"), "b" * 41)


def control_without_bookmark(c):
    """has no bookmark around it"""
    sdt = control(c, "text")
    end = sdt.getnext()
    while end.tag != w("bookmarkEnd"):
        end = end.getnext()
    sdt.addprevious(end)


def control_in_control(c):
    """holds another control"""
    control(c, "text").find(w("sdtContent")).append(
        etree.fromstring(etree.tostring(control(c, "dropDownList"))))


def empty_control(c):
    """there is nothing to click on"""
    for r in control(c, "text").find(w("sdtContent")).findall(w("r")):
        remove(r)


def control_round_a_cell(c):
    """is not inside a paragraph"""
    sdt = next(s for s in c.tree().iter(w("sdt")) if next(s.iterancestors(w("tc")), None) is not None)
    cell = next(sdt.iterancestors(w("tc")))
    outer = etree.fromstring(etree.tostring(sdt))
    content = outer.find(w("sdtContent"))
    for k in list(content):
        content.remove(k)
    cell.addprevious(outer)
    remove(sdt)
    content.append(cell)


def break_in_single_line(c):
    """is a single line"""
    sdt = next(s for s in c.tree().iter(w("sdt"))
               if s.find(w("sdtPr") + "/" + w("text")) is not None and
               s.find(w("sdtPr") + "/" + w("text")).get(w("multiLine")) is None)
    sdt.find(".//" + w("r")).append(etree.Element(w("br")))


def cell_without_paragraph(c):
    """does not end with a paragraph"""
    cell = first(c, w("tc"))
    for p in cell.findall(w("p")):
        cell.remove(p)


def row_with_a_cell_too_many(c):
    """in a table of"""
    repeat(first(c, w("tc")))


def table_without_title(c):
    """a table has no title"""
    remove(first(c, w("tblCaption")))


def table_without_header_row(c):
    """has no header row"""
    for h in list(c.tree().iter(w("tblHeader"))):
        remove(h)


def table_in_table(c):
    """a table stands inside a table"""
    cell = first(c, w("tc"))
    cell.insert(1, etree.fromstring(etree.tostring(first(c, w("tbl")))))


def heading_jump(c):
    """headings jump from level 1 to 4"""
    style = next(s for s in c.tree().iter(w("pStyle")) if s.get(w("val")) == "Heading2")
    style.set(w("val"), "Heading4")


def empty_paragraph(c):
    """a paragraph is empty"""
    c.tree().find(w("body")).insert(0, etree.Element(w("p")))


def unknown_style(c):
    """there is no style Nowhere"""
    first(c, w("pStyle")).set(w("val"), "Nowhere")


def style_of_the_wrong_kind(c):
    """is a character style"""
    first(c, w("pStyle")).set(w("val"), "PlaceholderText")


def style_based_on_nothing(c):
    """basedOn names the style"""
    first(c, w("basedOn"), "word/styles.xml").set(w("val"), "Nowhere")


def unknown_list(c):
    """there is no list 77"""
    for root in (c.tree(), c.tree("word/styles.xml")):
        for e in root.iter(w("numId")):
            e.set(w("val"), "77")
            return
    sys.exit("the form has no lists")


def list_without_definition(c):
    """has no definition"""
    remove(first(c, w("abstractNum"), "word/numbering.xml"))


def paragraph_properties_out_of_order(c):
    """pStyle stands too late"""
    for pr in c.tree().iter(w("pPr")):
        if len(pr) > 1:
            pr.append(pr[0])
            return
    sys.exit("no paragraph has two properties")


def properties_after_text(c):
    """pPr is not first in p"""
    p = first(c, w("p"))
    p.append(p.find(w("pPr")))


def lost_white_space(c):
    """white space at an end"""
    first(c, w("t")).text = " x "
    first(c, w("t")).attrib.clear()


def tracked_change(c):
    """tracked changes"""
    r = first(c, w("p") + "/" + w("r"))
    ins = etree.Element(w("ins"))
    r.addprevious(ins)
    ins.append(r)


def field_without_end(c):
    """begins and does not end"""
    r = etree.SubElement(first(c, w("p")), w("r"))
    etree.SubElement(r, w("fldChar"), {w("fldCharType"): "begin"})


def footer_without_pages(c):
    """there is no NUMPAGES field"""
    for name, data in c.parts:
        if b"NUMPAGES" in data:
            c.set(name, data.replace(b"NUMPAGES", b"AUTHOR  "))


def permission_without_end(c):
    """ranges of permission"""
    c.tree().find(w("body")).insert(0, etree.Element(w("permStart"), {w("id"): "5"}))


def no_document_title(c):
    """there is no title"""
    for e in c.tree("docProps/core.xml").iter("{%s}title" % docx_lint.DC):
        e.text = ""


def no_document_language(c):
    """there is no language"""
    for e in list(c.tree("docProps/core.xml").iter("{%s}language" % docx_lint.DC)):
        remove(e)


def no_default_language(c):
    """no default language"""
    for e in list(c.tree("word/styles.xml").iter(w("lang"))):
        remove(e)


def wrong_time(c):
    """is not a time"""
    root = c.tree("docProps/core.xml")
    etree.SubElement(root, "{%s}created" % docx_lint.DCTERMS).text = "today"


def old_compatibility(c):
    """compatibilityMode is not 15"""
    first(c, w("compatSetting"), "word/settings.xml").set(w("val"), "12")


def undeclared_ignorable(c):
    """is not declared"""
    root = c.tree()
    key = "{%s}Ignorable" % docx_lint.MC
    root.set(key, root.get(key, "") + " w99")


def extension_not_ignorable(c):
    """is used but not ignorable"""
    c.tree().attrib.pop("{%s}Ignorable" % docx_lint.MC)


def missing_part(c):
    """which is not there"""
    c.drop("word/styles.xml")


def part_nobody_points_to(c):
    """nothing points to this part"""
    c.parts.append(("word/stray.xml", b"<a/>"))


def dangling_relationship(c):
    """there is no relationship rIdFooter"""
    rels = c.tree("word/_rels/document.xml.rels")
    rels.remove(next(r for r in rels if r.get("Type").endswith("/footer")))


def outside_target(c):
    """points outside the file"""
    rels = c.tree("word/_rels/document.xml.rels")
    etree.SubElement(rels, rels[0].tag, Id="out", Type=rels[0].get("Type"),
                     Target="http://example.org/", TargetMode="External")


def relationship_twice(c):
    """stands here twice"""
    repeat(c.tree("word/_rels/document.xml.rels")[0])


def content_type_missing(c):
    """the type of a Word document"""
    root = c.tree("[Content_Types].xml")
    remove(next(e for e in root if e.get("PartName") == "/word/document.xml"))


def content_type_of_nothing(c):
    """names /word/nowhere.xml"""
    root = c.tree("[Content_Types].xml")
    next(e for e in root if e.get("PartName")).set("PartName", "/word/nowhere.xml")


def content_types_with_prefix(c):
    """uses a prefix"""
    data = c.data("[Content_Types].xml").decode()
    data = re.sub(r"<(/?)(Types|Default|Override)", r"<\1x:\2", data).replace("xmlns=", "xmlns:x=")
    c.set("[Content_Types].xml", data.encode())


def content_types_not_first(c):
    """is not the first entry"""
    c.parts.append(c.parts.pop(0))


def names_that_differ_in_case(c):
    """two entries are called"""
    c.parts.append(("WORD/document.xml", c.data(DOC)))


def doctype(c):
    """has a DOCTYPE"""
    c.set("word/settings.xml", re.sub(rb"(<w:settings)", rb"<!DOCTYPE w>\1",
                                      c.data("word/settings.xml"), count=1))


def not_well_formed(c):
    """not well-formed"""
    c.set("word/settings.xml", c.data("word/settings.xml")[:-5])


def empty_store(c):
    """item1.xml: is empty"""
    c.set(c.find(r"customXml/item1\.xml"), b"")


def style_not_in_the_gallery(c):
    """is not in the gallery"""
    remove(first(c, w("style") + "[@{%s}customStyle]/" % docx_lint.W + w("qFormat"), "word/styles.xml"))


def style_without_a_place(c):
    """has no place in the gallery"""
    remove(first(c, w("style") + "[@{%s}customStyle]/" % docx_lint.W + w("uiPriority"), "word/styles.xml"))


def style_that_rests_on_nothing(c):
    """rests on no other"""
    remove(first(c, w("style") + "[@{%s}customStyle]/" % docx_lint.W + w("basedOn"), "word/styles.xml"))


def heading_style_without_next(c):
    """does not say what follows it"""
    for e in list(c.tree("word/styles.xml").iter(w("next"))):
        remove(e)


def two_styles_of_one_name(c):
    """2 styles are called"""
    names = [e for e in c.tree("word/styles.xml").iter(w("name")) if (docx_lint.val(e) or "").startswith("Form")]
    names[1].set(w("val"), names[0].get(w("val")))


def paragraph_without_style(c):
    """a paragraph has no style"""
    remove(first(c, w("pStyle")))


def look_set_by_hand(c):
    """set by hand"""
    etree.SubElement(first(c, w("pPr")), w("jc")).set(w("val"), "center")


def small_text(c):
    """smaller than 12 points"""
    first(c, w("rPrDefault") + "//" + w("sz"), "word/styles.xml").set(w("val"), "22")


def faint_placeholder(c):
    """is too faint"""
    style = next(s for s in c.tree("word/styles.xml").iter(w("style")) if s.get(w("styleId")) == "PlaceholderText")
    next(style.iter(w("color"))).set(w("val"), "808080")


def frame(c):
    """a frame takes words"""
    pr = first(c, w("pPr"))
    pr.insert(1, etree.Element(w("framePr")))


def floating_table(c):
    """a floating table takes words"""
    first(c, w("tblPr")).insert(1, etree.Element(w("tblpPr")))


def order_of_tabs(c):
    """an order of its own"""
    pr = control(c, "text").find(w("sdtPr"))
    pr.insert(len(pr) - 1, etree.Element(w("tabIndex"), {w("val"): "1"}))


def two_tables_together(c):
    """two tables stand together"""
    repeat(first(c, w("tbl")))


def cells_merged_down(c):
    """merged from top to bottom"""
    etree.SubElement(first(c, w("tcPr")), w("vMerge"))


def heading_in_a_table(c):
    """a heading stands in a table"""
    first(c, w("tc") + "//" + w("pStyle")).set(w("val"), "Heading2")


def answers_in_another_order(c):
    """that the form has later"""
    paragraphs = [s.getparent() for s in c.tree().iter(w("sdt"))][:2]
    a, b = ([e for e in p if e.tag != w("pPr")] for p in paragraphs)
    for p, moved in zip(paragraphs, (b, a)):
        p.extend(moved)


def title_without_its_row(c):
    """does not say which row"""
    pr = next(s for s in c.tree().iter(w("sdtPr")) if "[2]" in docx_lint.val(s.find(w("tag"))))
    pr.find(w("alias")).set(w("val"), "Action to Take")


def breaks_for_room(c):
    """line breaks stand beside a control"""
    r = etree.SubElement(control(c, "text").getparent(), w("r"))
    etree.SubElement(r, w("br"))


def properties_in_another_language(c):
    """is not that of the properties"""
    for e in c.tree("docProps/core.xml").iter("{%s}language" % docx_lint.DC):
        e.text = "cy"


def language_that_is_none(c):
    """is not a language"""
    r = first(c, w("r"))
    pr = etree.Element(w("rPr"))
    r.insert(0, pr)
    etree.SubElement(pr, w("lang")).set(w("val"), "English (UK)")


def date_in_another_language(c):
    """a date is written in another language"""
    first(c, w("lid")).set(w("val"), "en-US")


def hebrew_not_marked(c):
    """from right to left are not marked"""
    first(c, w("t")).text = "\u05e9\u05dc\u05d5\u05dd"


def table_without_description(c):
    """a table has no description"""
    remove(first(c, w("tblDescription")))


def header_row_that_does_not_look_it(c):
    """header row and its look"""
    row = first(c, w("tblHeader")).getparent().getparent()
    row.getparent().find(w("tblPr") + "/" + w("tblLook")).set(w("firstRow"), "0")


def table_without_names(c):
    """neither its columns nor its rows"""
    for look in c.tree().iter(w("tblLook")):
        look.set(w("firstRow"), "0")
        look.set(w("firstColumn"), "0")
    for h in list(c.tree().iter(w("tblHeader"))):
        remove(h)


def row_that_cannot_grow(c):
    """cannot grow"""
    first(c, w("trHeight")).set(w("hRule"), "exact")


# ---- defects of a record: each takes something from the form, whose copy is beside it

def record_with_texts_for_controls(c):
    """words for empty controls"""
    add_part(c, "word/glossary/document.xml", "glossaryDocument", FORM_PARTS.data("word/glossary/document.xml"))


def record_with_a_store(c):
    """no control shows them"""
    add_part(c, "customXml/item1.xml", "customXml", FORM_PARTS.data("customXml/item1.xml"))
    c.parts.append(("customXml/_rels/item1.xml.rels", FORM_PARTS.data("customXml/_rels/item1.xml.rels")))
    c.parts.append(("customXml/itemProps1.xml", FORM_PARTS.data("customXml/itemProps1.xml")))


def record_with_a_bookmark(c):
    """holds no control"""
    p = first(c, w("p"))
    for tag in ("bookmarkStart", "bookmarkEnd"):
        etree.SubElement(p, w(tag), {w("id"): "1", w("name"): "f1"} if tag == "bookmarkStart" else {w("id"): "1"})


def record_with_an_empty_answer(c):
    """a paragraph is empty"""
    style = next(s for s in c.tree().iter(w("pStyle")) if s.get(w("val")) == "Said")
    for t in style.getparent().getparent().iter(w("t")):
        t.text = ""


def record_that_cuts_an_answer(c):
    """cannot grow"""
    etree.SubElement(first(c, w("trPr")), w("trHeight"), {w("val"): "300", w("hRule"): "exact"})


def record_with_a_line_break_as_a_character(c):
    """as a character"""
    first(c, w("t")).text = "one\ntwo"


# ---- defects of a form with check boxes

def box(copy):
    return next(copy.tree().iter("{%s}checkbox" % docx_lint.W14))


def box_that_shows_another_state(c):
    """does not show its state"""
    content = box(c).getparent().getparent().find(w("sdtContent"))
    next(content.iter(w("t"))).text = "\u2612"


def box_with_another_state_in_the_store(c):
    """does not show what is stored"""
    binding_of = next(e for e in box(c).getparent() if etree.QName(e).localname == "dataBinding")
    store = c.tree(c.find(r"customXml/item1\.xml"))
    etree.ElementTree(store).xpath(binding_of.get(w("xpath")), namespaces={"f": "urn:formc:store:1"})[0].text = "true"


def box_without_a_sign(c):
    """both its signs"""
    remove(box(c)[2])


def box_in_another_font(c):
    """in another font"""
    box(c)[2].set("{%s}font" % docx_lint.W14, "Symbol")


DEFECTS = [f for n, f in sorted(globals().items())
           if callable(f) and getattr(f, "__module__", None) == __name__ and not isinstance(f, type)
           and n not in ("first", "add_part", "control", "remove", "repeat", "binding", "box", "w")]


def main():
    with tempfile.TemporaryDirectory() as tmp:
        good, filled = os.path.join(tmp, "good.docx"), os.path.join(tmp, "filled.docx")
        subprocess.run([FORMC, "build", FORM, "-o", tmp, "--only", "docx"], check=True,
                       capture_output=True)
        os.rename(os.path.join(tmp, "s117-aftercare.docx"), good)
        subprocess.run([FORMC, "fill", FORM, os.path.join(FORM, "examples", "complete.xml"),
                        "-o", filled], check=True, capture_output=True)
        kinds = os.path.join(SOURCE, "tests", "golden", "kinds")
        boxes, ticked = os.path.join(tmp, "kinds.docx"), os.path.join(tmp, "ticked.docx")
        subprocess.run([FORMC, "build", kinds, "-o", tmp, "--only", "docx"], check=True, capture_output=True)
        subprocess.run([FORMC, "fill", kinds, os.path.join(kinds, "plan.xml"), "-o", ticked], check=True,
                       capture_output=True)
        record = os.path.join(tmp, "record.docx")
        subprocess.run([FORMC, "fill", FORM, os.path.join(FORM, "examples", "complete.xml"), "-o", record,
                        "--as", "record"], check=True, capture_output=True)
        global FORM_PARTS
        FORM_PARTS = Copy(good)
        bad = 0
        for path in (good, filled, boxes, ticked, record):
            faults = docx_lint.lint(path)
            for f in faults[:50]:
                print("%s: %s" % (os.path.basename(path), f))
            bad += len(faults)
        if bad:
            sys.exit("the form itself has %d faults" % bad)
        missed = []
        for defect in DEFECTS:
            copy = Copy({"box": boxes, "record": record}.get(defect.__name__.split("_")[0], good))
            defect(copy)
            path = os.path.join(tmp, "bad.docx")
            copy.write(path)
            faults = docx_lint.lint(path)
            if not any(defect.__doc__ in f for f in faults):
                missed.append(defect.__name__)
                print("missed: %s; said: %s" % (defect.__name__, faults[:3]))
        print("%d of %d defects found" % (len(DEFECTS) - len(missed), len(DEFECTS)))
        if missed or len(DEFECTS) < 100:
            sys.exit(1)


if __name__ == "__main__":
    main()
