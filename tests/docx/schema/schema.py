"""The schemas of ISO/IEC 29500-4 (Transitional; ECMA-376 part 4) as a judge of Word files. They are
in the jar that Apache POI makes of them; libxml2 judges. sound.py asks it about every file there
is; here it has to find nothing in a good one, and each of a list of defects in it.

A part is judged as a consumer sees it that knows nothing but the standard: what is in a namespace
that mc:Ignorable names is not there (ISO/IEC 29500-3, 9.2)."""
import functools
import glob
import os
import re
import subprocess
import sys
import tempfile
import zipfile

from lxml import etree

HERE = os.path.dirname(os.path.abspath(__file__))
INSIDE = "org/apache/poi/schemas/ooxml/src/"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
# The schema of a part is that of the namespace of its root.
SCHEMAS = {W: "wml.xsd",
           OFFICE + "custom-properties": "shared-documentPropertiesCustom.xsd",
           OFFICE + "customXml": "shared-customXmlDataProperties.xsd",
           "http://schemas.openxmlformats.org/package/2006/relationships": "opc-relationships.xsd"}
# Those of the package itself (ISO/IEC 29500-2) are not in the jar, but for that of relationships.
NOT_JUDGED = re.compile(r"\[Content_Types\]\.xml|docProps/core\.xml|customXml/item\d+\.xml|word/media/\w+\.png")  # data of a form, and pictures


@functools.lru_cache(None)
def load_schemas():
    with tempfile.TemporaryDirectory(prefix="formc-schemas-") as folder:
        return read_schemas(folder)


def read_schemas(folder):
    jars = glob.glob(os.path.join(HERE, "jars", "poi-ooxml-full-*.jar"))
    if len(jars) != 1:
        sys.exit("the schemas of Office Open XML are missing: ./test installs their jar")
    with zipfile.ZipFile(jars[0]) as jar:
        for name in jar.namelist():
            if name.startswith(INSIDE) and name.endswith(".xsd"):
                text = jar.read(name).decode("utf-8")
                text = re.sub(r'<xsd:import namespace="http://www.w3.org/XML/1998/namespace"\s*/>',
                              '<xsd:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/>', text)
                with open(os.path.join(folder, os.path.basename(name)), "w", encoding="utf-8") as f:
                    f.write(text)
    with open(os.path.join(HERE, "xml.xsd"), encoding="utf-8") as own, \
            open(os.path.join(folder, "xml.xsd"), "w", encoding="utf-8") as f:
        f.write(own.read())
    return {ns: etree.XMLSchema(etree.parse(os.path.join(folder, name))) for ns, name in SCHEMAS.items()}


def as_the_standard_sees_it(root):
    """Takes out what may be ignored; what else of markup compatibility there is, formc does not write."""
    for e in root.iter(etree.Element):
        names = e.attrib.pop("{%s}Ignorable" % MC, "").split()
        spaces = {e.nsmap[n] for n in names}  # KeyError: a prefix that is not declared
        if names and e is not root:
            raise ValueError("mc:Ignorable below the root")
        if e is root:
            ignored = spaces
        for name in e.attrib:
            if name.startswith("{") and etree.QName(name).namespace in ignored:
                del e.attrib[name]
    for e in list(root.iter(etree.Element)):
        if etree.QName(e).namespace in ignored and e.getparent() is not None:
            e.getparent().remove(e)
    return root


def judge_part(name, data):
    """What is wrong in one part; None when it is of no schema's kind."""
    if NOT_JUDGED.fullmatch(name):
        return None
    root = etree.fromstring(data)
    schema = load_schemas().get(etree.QName(root).namespace)
    if schema is None:
        return ["%s: no schema for it" % name]
    try:
        good = schema.validate(as_the_standard_sees_it(root))
    except (KeyError, ValueError) as e:
        return ["%s: markup compatibility: %s" % (name, e)]
    return [] if good else ["%s: %s" % (name, e.message.replace("{%s}" % W, "w:")) for e in schema.error_log]


def judge(path):
    """(what is wrong in a Word file, how many of its parts were judged)"""
    with zipfile.ZipFile(path) as z:
        parts = [judge_part(name, z.read(name)) for name in z.namelist()]
    return [w for p in parts if p for w in p], sum(p is not None for p in parts)


def put(old, new, count=1):
    def edit(text):
        out = re.sub(old, new, text, count=count, flags=re.DOTALL)
        if out == text:
            raise AssertionError("nothing to spoil: %s" % old)
        return out
    return edit


DOCUMENT, STYLES, NUMBERING, SETTINGS = ("word/%s.xml" % n for n in ("document", "styles", "numbering", "settings"))
GLOSSARY, CUSTOM, HEADER = "word/glossary/document.xml", "docProps/custom.xml", "word/header1.xml"
# What is done, in which part, and what has to be said about it.
DEFECTS = [
    ("order in a paragraph's properties", DOCUMENT, put(r"(<w:pStyle [^>]*/>)(<w:keepNext/>)", r"\2\1"), "Element 'w:pStyle'"),
    ("a property of paragraphs in those of a run", DOCUMENT, put(r"<w:b/><w:bCs/>", "<w:b/><w:keepNext/>"), "keepNext"),
    ("order in a control's properties", DOCUMENT, put(r"(<w:alias [^>]*/>)(<w:tag [^>]*/>)", r"\2\1"), "Element 'w:alias'"),
    ("two kinds of control in one", DOCUMENT, put(r"<w:text/>", "<w:text/><w:picture/>"), "picture"),
    ("order in a table's properties", DOCUMENT, put(r"(<w:tblPr>)(.*?)(</w:tblPr>)", r'\1<w:tblLook w:val="0000"/>\2\3'), "'w:tblStyle'"),
    ("a table without a grid", DOCUMENT, put(r"<w:tblGrid>.*?</w:tblGrid>", ""), "( w:tblGrid )"),
    ("a cell in a cell", DOCUMENT, put(r"(<w:tc>)", r"\1<w:tc/>"), "w:tc"),
    ("an element that is none", DOCUMENT, put(r"<w:p>", "<w:paragraph/><w:p>"), "paragraph"),
    ("text outside a run", DOCUMENT, put(r"</w:pPr><w:r>", "</w:pPr><w:t>x</w:t><w:r>"), "w:t'"),
    ("characters in a paragraph", DOCUMENT, put(r"</w:pPr><w:r>", "</w:pPr>x<w:r>"), "Character content"),
    ("a bookmark without a name", DOCUMENT, put(r'(<w:bookmarkStart w:id="\d+") w:name="[^"]*"', r"\1"), "'w:name' is required"),
    ("a bookmark without a number", DOCUMENT, put(r'<w:bookmarkStart w:id="\d+"', "<w:bookmarkStart"), "'w:id' is required"),
    ("a number that is a word", DOCUMENT, put(r'<w:bookmarkStart w:id="\d+"', '<w:bookmarkStart w:id="one"'), "one"),
    ("a width that is a word", DOCUMENT, put(r'<w:gridCol w:w="\d+"', '<w:gridCol w:w="wide"'), "wide"),
    ("a lock that is none", DOCUMENT, put(r'<w:lock w:val="sdtLocked"', '<w:lock w:val="locked"'), "locked"),
    ("a binding without a place", DOCUMENT, put(r"<w:text/>", '<w:dataBinding w:storeItemID="x"/><w:text/>'), "'w:xpath' is required"),
    ("an attribute that is none", DOCUMENT, put(r"<w:tblHeader/>", '<w:tblHeader w:repeat="1"/>'), "'w:repeat'"),
    ("an attribute without a namespace", DOCUMENT, put(r'<w:pStyle w:val', '<w:pStyle val'), "attribute 'val'"),
    ("on and off that is neither", DOCUMENT, put(r"<w:tblHeader/>", '<w:tblHeader w:val="maybe"/>'), "maybe"),
    ("an extension that is not ignorable", DOCUMENT, put(r' mc:Ignorable="w14 w15"', ""), "wordml"),
    ("an ignorable prefix that is not there", DOCUMENT, put(r'mc:Ignorable="w14', 'mc:Ignorable="w99 w14'), "w99"),
    ("something behind the last section", DOCUMENT, put(r"</w:body>", "<w:p/></w:body>"), "w:p'"),
    ("a style without a kind of value", STYLES, put(r'<w:style w:type="paragraph"', '<w:style w:type="block"'), "block"),
    ("order in a style", STYLES, put(r"(<w:name [^>]*/>)(<w:basedOn [^>]*/>)", r"\2\1"), "Element 'w:name'"),
    ("a colour that is none", STYLES, put(r'<w:color w:val="[0-9A-F]{6}"', '<w:color w:val="red"'), "red"),
    ("a size that is none", STYLES, put(r'<w:sz w:val="\d+"', '<w:sz w:val="12pt!"'), "12pt!"),
    ("a list that begins with a word", NUMBERING, put(r'<w:start w:val="\d+"', '<w:start w:val="first"'), "first"),
    ("order in the settings", SETTINGS, put("<w:compat>", '<w:themeFontLang w:val="en-GB"/><w:compat>'), "Element 'w:compat'"),
    ("a kind of placeholder that is none", GLOSSARY, put(r'<w:type w:val="bbPlcHdr"', '<w:type w:val="placeholder"'), "placeholder"),
    ("a part of the glossary without a name", GLOSSARY, put(r"<w:docPartPr>", "<w:docPartPr><w:guid/>"), "'w:guid'"),
    ("a property without a number", CUSTOM, put(r' pid="\d+"', ""), "'pid' is required"),
    ("a property without a value", CUSTOM, put(r"<vt:lpwstr>[^<]*</vt:lpwstr>", ""), "Missing child"),
    ("a header's style without a name", HEADER, put(r'<w:pStyle w:val="[^"]*"/>', "<w:pStyle/>"), "'w:val' is required"),
    ("a relationship without a target", "_rels/.rels", put(r' Target="[^"]*"', ""), "'Target' is required"),
    ("a target mode that is none", "word/_rels/document.xml.rels", put(r' Target="', ' TargetMode="Inside" Target="'), "Inside"),
    ("a store without a number", "customXml/itemProps1.xml", put(r' ds:itemID="[^"]*"', ""), "itemID' is required"),
]


def main():
    missed = 0
    with tempfile.TemporaryDirectory(prefix="formc-schema-") as tmp:
        form = os.path.join(os.environ["FORMC_SOURCE"], "tests/golden/kinds")
        subprocess.run([os.environ["FORMC"], "build", form, "-o", tmp, "--only", "docx"], check=True, stdout=subprocess.DEVNULL)
        good = os.path.join(tmp, "kinds.docx")
        wrong, judged = judge(good)
        if wrong or judged < 15:
            sys.exit("a good file: %d parts, %s" % (judged, wrong[:5]))
        with zipfile.ZipFile(good) as z:
            for what, part, edit, said in DEFECTS:
                wrong = judge_part(part, edit(z.read(part).decode("utf-8")).encode("utf-8"))
                if not any(said in w for w in wrong):
                    print("not found: %s%s" % (what, "; but: %s" % wrong[:2] if wrong else ""))
                    missed += 1
    print("%d of %d defects found" % (len(DEFECTS) - missed, len(DEFECTS)))
    sys.exit(missed > 0)


if __name__ == "__main__":
    main()
