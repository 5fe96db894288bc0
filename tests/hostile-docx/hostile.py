"""Word documents that want to hurt, each with what has to come of it: the exit code, the codes that
are told, within 10 seconds and 512 MiB (with "sanitize": no limit on memory), and never a plan when
the file is refused.

    hostile.py [sanitize]
    hostile.py make FOLDER    only makes the files, for other programs to be tried on
"""

import io
import os
import re
import struct
import sys
import zipfile
import zlib

import hostile_files
from hostile_files import FOUND, OK, REFUSED

BODY, STORE, TYPES = "word/document.xml", "customXml/item1.xml", "[Content_Types].xml"
PROPS, RELS, ROOT_RELS = "docProps/custom.xml", "word/_rels/document.xml.rels", "_rels/.rels"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'


class Document:
    """A blank as formc makes it, as parts."""

    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            self.parts = {name: z.read(name) for name in z.namelist()}

    def text(self, name):
        return self.parts[name].decode()

    def made(self, edits=None, add=(), level=zipfile.ZIP_DEFLATED):
        """The package; edits: name -> text or function on the text. add: (name, bytes), in order."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", level) as z:
            for name, part in self.parts.items():
                edit = (edits or {}).get(name)
                if edit:
                    part = edit(part.decode()) if callable(edit) else edit
                if isinstance(part, str):
                    part = part.encode()
                z.writestr(zipfile.ZipInfo(name), part, level)
            for name, part in add:
                info = zipfile.ZipInfo("x")
                info.filename = name  # as it stands: the constructor cuts at a NUL and turns slashes
                z.writestr(info, part, level)
        return out.getvalue()


def behind_declaration(insert):
    return lambda text: text.replace("?>", "?>" + insert, 1)


def in_body(insert):
    return lambda body: body.replace("<w:body>", "<w:body>" + insert, 1)


def relationship(kind, target, mode=' TargetMode="External"'):
    return lambda rels: rels.replace("</Relationships>", '<Relationship Id="rIdX" Type="%s%s" Target="%s"%s/></Relationships>'
                                     % (REL, kind, target, mode))


def content_type(old, new):
    return lambda types: types.replace(old, new)


def flagged(data):
    """Every entry says that it is encrypted."""
    data = bytearray(data)
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        i = data.find(mark)
        while i >= 0:
            data[i + at] |= 1
            i = data.find(mark, i + 4)
    return bytes(data)


def patched(data, name, at, number):
    """The central entry of a name, with four bytes changed."""
    i = data.rfind(name.encode())
    i = data.rfind(b"PK\1\2", 0, i)
    return data[:i + at] + struct.pack("<I", number) + data[i + at + 4:]


def overlapping(n, size):
    """n entries of a package that share the bytes of one; each unpacks to size."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = b"<x>" + b" " * (size - 7) + b"</x>"
    body = packed.compress(raw) + packed.flush()
    head = (20, 0, 8, 0, 33, zlib.crc32(raw), len(body), len(raw))
    name = b"customXml/a.xml"
    out = struct.pack("<4s5H3I2H", b"PK\3\4", *head, len(name), 0) + name + body
    central = b""
    for i in range(n):
        own = b"customXml/%d.xml" % i
        central += struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, *head, len(own), 0, 0, 0, 0, 0, 0) + own
    return out + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, n, n, len(central), len(out), 0)


def with_types(d, n, size):
    """The same behind real parts: the entries of overlapping() in a package that is one of Word's."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, part in d.parts.items():
            z.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
        for i in range(n):
            z.writestr("customXml/b%d.xml" % i, b"<x>" + b" " * (size - 7) + b"</x>", zipfile.ZIP_DEFLATED)
    return out.getvalue()


def other_package(kind):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        if kind.startswith("application/vnd.oasis"):
            z.writestr("mimetype", kind)
        else:
            z.writestr(TYPES, '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                       '<Override PartName="/xl/workbook.xml" ContentType="%s"/></Types>' % kind)
        z.writestr("content.xml", "<x/>")
    return out.getvalue()


def control(tag, text, name=None):
    mark = ('<w:bookmarkStart w:id="77" w:name="%s"/>' % name, '<w:bookmarkEnd w:id="77"/>') if name else ("", "")
    return ('<w:p>%s<w:sdt><w:sdtPr><w:tag w:val="%s"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>%s</w:t></w:r>'
            '</w:sdtContent></w:sdt>%s</w:p>' % (mark[0], tag, text, mark[1]))


def exchanged(body):
    """The tags of two questions are exchanged, and one is filled in."""
    body = body.replace('w:val="who/name"', 'w:val="#"').replace('w:val="notes/condition"', 'w:val="who/name"')
    body = body.replace('w:val="#"', 'w:val="notes/condition"')
    i = body.index('w:val="notes/condition"')
    end = body.index("</w:sdt>", i)
    one = body[i:end].replace("<w:showingPlcHdr/>", "")
    return body[:i] + re.sub(r"<w:t>[^<]*</w:t>", "<w:t>Mallory Example</w:t>", one) + body[end:]


def cases(blank):
    """(name, bytes, exit code, the codes that are told)."""
    d = Document(blank)
    ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(504)
    main = "wordprocessingml.document.main+xml"
    spaces = "<x>" + " " * (30 << 20) + "</x>"

    yield "nothing", b"", REFUSED, {"R001"}
    yield "words", b"Dear office, here is my form.\n", REFUSED, {"R001"}
    yield "zeros", bytes(100000), REFUSED, {"R001"}
    yield "doc", ole + "WordDocument".encode("utf-16-le"), REFUSED, {"R002"}
    yield "xls", ole + "Workbook".encode("utf-16-le"), REFUSED, {"R005"}
    yield "ole-encrypted", ole + "EncryptedPackage".encode("utf-16-le") + bytes(1000), REFUSED, {"R003"}
    yield "zip-encrypted", flagged(d.made()), REFUSED, {"R003"}
    yield "odt", other_package("application/vnd.oasis.opendocument.text"), REFUSED, {"R004"}
    yield "ods", other_package("application/vnd.oasis.opendocument.spreadsheet"), REFUSED, {"R005"}
    yield "xlsx", other_package("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), REFUSED, {"R005"}
    yield "pdf", b"%PDF-1.7\n%%EOF\n", REFUSED, {"R007"}
    yield "zip-of-something", overlapping(3, 100), REFUSED, {"R001"}
    yield "cut-off", d.made()[:-100], REFUSED, {"R007"}
    yield "half", d.made()[:9000], REFUSED, {"R007"}
    yield "no-body", Document(blank).made({BODY: " "}), REFUSED, {"R007"}
    yield "body-cut-off", d.made({BODY: lambda b: b[:len(b) // 2]}), REFUSED, {"R007"}
    yield "body-not-utf8", d.made({BODY: lambda b: b.replace("Full name", "Full n\xff").encode("latin-1", "replace")}), REFUSED, {"R007"}
    yield "checksum", patched(d.made(), BODY, 16, 0x12345678), REFUSED, {"R007"}
    yield "lies-about-its-size", patched(d.made({BODY: in_body("<w:p/>" * 100000)}), BODY, 24, 1000), OK, set()

    yield "bomb-ratio", d.made({BODY: in_body(" " * (200 << 20))}), REFUSED, {"R008"}
    yield "bomb-total", d.made(add=[("customXml/x%d.xml" % i, spaces) for i in range(5)]), REFUSED, {"R008"}
    yield "bomb-overlapping", with_types(d, 60, 4 << 20), REFUSED, {"R008"}
    yield "1001-parts", d.made(add=[("x/%d" % i, b"") for i in range(1001)]), REFUSED, {"R008"}
    yield "long-name", d.made(add=[("x" * 300, b"")]), REFUSED, {"R008"}
    yield "too-many-controls", d.made({BODY: in_body("<w:sdt/>" * 250000)}), REFUSED, {"R008"}
    yield "too-much-text", d.made({BODY: in_body("<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % ("x" * (9 << 20)))}), REFUSED, {"R008"}
    yield "a-megabyte-of-text-elsewhere", d.made({BODY: in_body("<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % ("x" * (1 << 20)))}), OK, {"R116"}

    for name in ("../x", "/x", "a\\b", "a/../../x", "C:x", "a//b", "./x", "a\nb"):
        yield "name-%s" % re.sub(r"\W", "_", name), d.made(add=[(name, b"")]), REFUSED, {"R009"}
    yield "two-bodies", d.made(add=[(BODY, d.parts[BODY])]), REFUSED, {"R009"}
    yield "two-bodies-by-case", d.made(add=[("Word/Document.XML", d.parts[BODY])]), REFUSED, {"R009"}

    for name in (BODY, STORE, TYPES, PROPS, RELS, "customXml/item2.xml"):
        yield "doctype-%s" % re.sub(r"\W", "_", name), d.made({name: behind_declaration(DOCTYPE)}), REFUSED, {"R010"}
    yield "doctype-utf16", d.made({BODY: lambda b: behind_declaration(DOCTYPE)(b).encode("utf-16")}), REFUSED, {"R010"}
    yield "many-attributes", d.made({BODY: in_body("<w:p %s/>" % " ".join("a%d=''" % i for i in range(200000)))}), REFUSED, {"R010"}
    yield "many-attributes-below-the-limit", d.made({BODY: in_body("<w:p %s/>" % " ".join("a%d=''" % i for i in range(20000)))}), OK, set()
    yield "deep", d.made({BODY: in_body("<w:p>" * 300 + "</w:p>" * 300)}), REFUSED, {"R010"}
    yield "deep-below-the-limit", d.made({BODY: in_body("<w:p>" * 250 + "</w:p>" * 250)}), OK, set()
    yield "bookmarks-in-each-other", d.made({BODY: in_body(
        "".join('<w:bookmarkStart w:id="b%d" w:name="f1"/>' % i for i in range(100000)) +
        "".join(control("who/name", "x") for i in range(30000)) +
        "".join('<w:bookmarkEnd w:id="b%d"/>' % i for i in range(100000)))}), REFUSED, {"R011"}

    yield "macros", d.made({TYPES: content_type(main, "ms-word.document.macroEnabled.main+xml")}), OK, {"R211"}
    yield "vba", d.made({RELS: relationship("vbaProject", "vbaProject.bin", "")}, [("word/vbaProject.bin", b"\1")]), OK, {"R211"}
    yield "template", d.made({TYPES: content_type(main, "wordprocessingml.template.main+xml")}), OK, {"R212"}
    yield "remote-template", d.made({RELS: relationship("attachedTemplate", "http://192.0.2.1/x.dotm")}), OK, {"R213"}
    yield "remote-picture", d.made({RELS: relationship("image", "file://192.0.2.1/x.png")}), OK, {"R213"}
    yield "link", d.made({RELS: relationship("hyperlink", "http://192.0.2.1/")}), OK, set()
    yield "embedded", d.made({RELS: relationship("oleObject", "embeddings/x.bin", "")}, [("word/embeddings/x.bin", ole)]), OK, {"R214"}
    yield "alt-chunk", d.made({RELS: relationship("aFChunk", "x.html", "")}, [("word/x.html", b"<p>x</p>")]), OK, {"R214"}

    yield "tags-exchanged", d.made({BODY: exchanged}), FOUND, {"R101", "R105"}
    yield "a-second-control", d.made({BODY: in_body(control("who/name", "Mallory Example"))}), OK, set()
    yield "two-more-controls", d.made({BODY: in_body(control("who/name", "One") + control("who/name", "Two"))}), FOUND, {"R101"}
    yield "twenty-controls", d.made({BODY: in_body("".join(control("who/name", "x%d" % i) for i in range(20)))}), FOUND, {"R101", "R120"}
    yield "a-row-far-away", d.made({BODY: in_body(control("what/tool[9999]/item", "x"))}), OK, {"R104"}
    yield "no-question", d.made({BODY: in_body(control("who/nobody", "x"))}), OK, {"R104"}
    yield "two-stores", d.made(add=[("customXml/item9.xml", d.parts[STORE])]), REFUSED, {"R205"}
    yield "another-store", d.made({STORE: lambda s: s.replace('form="loan"', 'form="lend"')}), REFUSED, {"R205"}
    yield "another-issued-plan", d.made({"customXml/item2.xml": lambda s: s.replace(
        'p:form=', 'p:id="urn:uuid:00000000-0000-4000-8000-000000000009" p:form=')}), REFUSED, {"R205"}


if __name__ == "__main__":
    sys.exit(hostile_files.main(__file__, cases, "docx", 60))
