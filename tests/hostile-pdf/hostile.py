"""PDFs that want to hurt, each with what has to come of it: the exit code, the codes that are told, within
10 seconds and 512 MiB (with "sanitize": no limit on memory), and never a plan when the file is refused.

    hostile.py [sanitize]
    hostile.py make FOLDER    only makes the files, for other programs to be tried on
"""

import random
import re
import sys
import zlib

import hostile_files
from editpdf import Pdf
from hostile_files import FOUND, OK, REFUSED

PLAN_TYPE = b"/Type /EmbeddedFile /Subtype /application#2Fxml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'


def much(before, piece, times, behind=b""):
    """zlib's packing of before + piece * times + behind: the packed piece is repeated."""
    packer = zlib.compressobj(9)
    out = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    out += (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)) * times
    out += packer.compress(behind) + packer.flush(zlib.Z_FINISH)
    check = zlib.adler32(before)
    for _ in range(times):
        check = zlib.adler32(piece, check)
    return out[:-4] + zlib.adler32(behind, check).to_bytes(4, "big")


def spaces(n):
    """XML with n spaces in it, packed."""
    return much(b"<x>", b" " * (1 << 20), n >> 20, b"</x>")


def packed_stream(data, filters=b"/FlateDecode", more=b""):
    return b"<< /Length %d /Filter %s %s >>\nstream\n%s\nendstream" % (len(data), filters, more, data)


class Blank(Pdf):
    """The blank, with names for its parts."""

    def plan_number(self):
        return next(n for n, b in self.objects.items() if b"/Type /EmbeddedFile" in b)

    def plan_bytes(self):
        body = self.objects[self.plan_number()]
        return zlib.decompress(re.search(rb"stream\r?\n(.*)\r?\nendstream", body, re.DOTALL)[1])

    def with_plan(self, data):
        self.objects[self.plan_number()] = self.stream(data, PLAN_TYPE)
        return self

    def form(self):
        return int(re.search(rb"/AcroForm (\d+) 0 R", self.objects[self.root])[1])

    def fields(self, *numbers):
        """More fields at the top."""
        self.replace(self.form(), b"/Fields [", b"/Fields [ " + b" ".join(b"%d 0 R" % n for n in numbers))
        return self

    def in_catalog(self, more):
        body = self.objects[self.root]
        self.objects[self.root] = body[:body.rindex(b">>")] + more + b"\n>>"
        return self

    def attach(self, name, data, kind=b""):
        file = self.add(self.stream(data, PLAN_TYPE if name.endswith(b".xml") else kind))
        spec = self.add(b"<< /Type /Filespec /F (%s) /UF (%s) /EF << /F %d 0 R >> >>" % (name, name, file))
        return self.catalog(b"/AF [ ", b"/AF [ %d 0 R " % spec)

    def annotation(self, body):
        page = next(n for n, b in self.objects.items() if b"/Type /Page\n" in b)
        return self.replace(page, b"/Annots [ ", b"/Annots [ %d 0 R " % self.add(body))


def object_stream_bomb():
    """Everything is in an object stream that unpacks to a gigabyte (7.5.7, 7.5.8)."""
    bomb = b"%PDF-1.7\n"
    at = len(bomb)
    data = much(b"1 0 2 20 << /Type /Catalog >>", b" " * (1 << 20), 1024)
    bomb += b"3 0 obj\n" + packed_stream(data, more=b"/Type /ObjStm /N 2 /First 9") + b"\nendobj\n"
    table = len(bomb)
    rows = b"".join(kind.to_bytes(1, "big") + a.to_bytes(4, "big") + b.to_bytes(2, "big")
                    for kind, a, b in ((0, 0, 65535), (2, 3, 0), (2, 3, 1), (1, at, 0), (1, table, 0)))
    bomb += b"4 0 obj\n" + packed_stream(zlib.compress(rows), more=b"/Type /XRef /W [ 1 4 2 ] /Size 5 /Root 1 0 R") + b"\nendobj\n"
    return bomb + b"startxref\n%d\n%%%%EOF\n" % table


def table_bomb():
    """A table of objects that unpacks to a gigabyte."""
    out = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    table = len(out)
    out += b"2 0 obj\n" + packed_stream(much(b"", bytes(1 << 20), 1024), more=b"/Type /XRef /W [ 1 4 2 ] /Size 150000000 /Root 1 0 R") + b"\nendobj\n"
    return out + b"startxref\n%d\n%%%%EOF\n" % table


def many_objects(data, n):
    """n more objects, in the table and in the file."""
    pdf = Blank(data)
    for _ in range(n):
        pdf.add(b"null")
    return pdf.bytes()


def pictures():
    """Pages that are pictures."""
    pdf = b"%PDF-1.4\n"
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
              b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 10 10 ] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>",
              b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\nx\nendstream",
              b"<< /Length 12 >>\nstream\n10 0 0 10 0 0 cm /I Do\nendstream", b"<< >>"]
    for i, body in enumerate(bodies):
        pdf += b"%d 0 obj\n%s\nendobj\n" % (i + 1, body)
    return pdf + b"trailer << /Root 1 0 R >>\n"


def packed_objects(b):
    """Object streams and the streams that stand for a table, and what they may get wrong (7.5.7, 7.5.8)."""
    def rows(change):
        """change(kind, number, index, own, table): another row for an object."""
        return lambda all_, own, table: [change(*row, own, table) for row in all_]

    def one(number, row):
        return lambda all_, own, table: [row if i == number else r for i, r in enumerate(all_)]

    root, form = b().root, b().form()
    yield "packed", b().packed(), OK, set()
    fine = {  # what is damaged is not needed, or found in another way; the others are refused
        "extends-itself": set(), "length-in-itself": {"R222"}, "the-table-in-a-stream": set(), "the-wrong-index": set(),
        "an-index-far-away": set(), "the-form-is-free": {"R222"}, "before-itself": {"R222", "R223"}}
    for name, how in {
        "n-too-large": {"stream": b"/N 2000000000 /First %(first)d"},
        "n-too-small": {"stream": b"/N 1 /First %(first)d"},
        "n-below-zero": {"stream": b"/N -1 /First %(first)d"},
        "n-gone": {"stream": b"/First %(first)d"},
        "first-too-large": {"stream": b"/N %(n)d /First 2000000000"},
        "first-below-zero": {"stream": b"/N %(n)d /First -5"},
        "first-of-zero": {"stream": b"/N %(n)d /First 0"},
        "first-is-a-name": {"stream": b"/N %(n)d /First /Here"},
        "extends-itself": {"stream": b"/N %(n)d /First %(first)d /Extends %(own)d 0 R"},
        "length-in-itself": {"stream": b"/N %%(n)d /First %%(first)d /Length %d 0 R" % root},
        "numbers-are-noise": {"header": lambda h: b"\xff(<[" * (len(h) // 4) + b" "},
        "numbers-of-others": {"header": lambda h: re.sub(rb"(\d+) (\d+)", rb"9\1 \2", h)},
        "places-far-away": {"header": lambda h: re.sub(rb"(\d+) (\d+)", rb"\1 99999\2", h)},
        "places-below-zero": {"header": lambda h: re.sub(rb"(\d+) (\d+)", rb"\1 -\2", h)},
        "all-at-one-place": {"header": lambda h: re.sub(rb"(\d+) (\d+)", rb"\1 0", h)},
        "itself-in-itself": {"rows": lambda all_, own, table: one(own, (2, own, 0))(all_, own, table)},
        "the-table-in-a-stream": {"rows": lambda all_, own, table: one(table, (2, own, 0))(all_, own, table)},
        "in-the-table": {"rows": rows(lambda kind, at, i, own, table: (kind, table if kind == 2 else at, i))},
        "in-a-font": {"rows": rows(lambda kind, at, i, own, table: (kind, own - 1 if kind == 2 else at, i))},
        "in-no-object": {"rows": rows(lambda kind, at, i, own, table: (kind, 4000000000 if kind == 2 else at, i))},
        "in-a-packed-one": {"rows": rows(lambda kind, at, i, own, table: (kind, root if kind == 2 else at, i))},
        "the-wrong-index": {"rows": rows(lambda kind, at, i, own, table: (kind, at, i ^ 1 if kind == 2 else i))},
        "an-index-far-away": {"rows": rows(lambda kind, at, i, own, table: (kind, at, 65535 if kind == 2 else i))},
        "of-an-unknown-kind": {"rows": rows(lambda kind, at, i, own, table: (9 if kind == 2 else kind, at, i))},
        "of-a-kind-that-is-free": {"rows": rows(lambda kind, at, i, own, table: (0 if kind == 2 else kind, at, i))},
        "places-of-the-others": {"rows": rows(lambda kind, at, i, own, table: (1, at, i) if kind == 2 else (kind, at, i))},
        "the-form-is-free": {"rows": one(form, (0, 0, 0))},
        "the-root-is-free": {"rows": one(root, (0, 0, 0))},
        "columns-of-nothing": {"table": b"/W [ 0 0 0 ]"},
        "columns-too-wide": {"table": b"/W [ 1 2000000000 2 ]"},
        "columns-below-zero": {"table": b"/W [ 1 -4 2 ]"},
        "columns-gone": {"table": b""},
        "other-columns": {"table": b"/W [ 2 3 2 ]"},
        "index-below-zero": {"table": b"/W [ 1 4 2 ] /Index [ -5 10 ]"},
        "index-without-end": {"table": b"/W [ 1 4 2 ] /Index [ 0 2000000000 ]"},
        "index-of-one-number": {"table": b"/W [ 1 4 2 ] /Index [ 0 ]"},
        "index-elsewhere": {"table": b"/W [ 1 4 2 ] /Index [ 1000000 99 ]"},
        "before-itself": {"table": b"/W [ 1 4 2 ] /Prev 15"},
        "rows-of-another-width": {"table": b"/W [ 1 4 2 ] /DecodeParms << /Predictor 12 /Columns 5 >>"},
    }.items():
        codes = {"R006"} if name == "all-at-one-place" else fine.get(name, {"R007"})
        yield "packed-" + name, b().packed(**how), OK if name in fine else REFUSED, codes


def cases(blank):
    """(name, bytes, exit code, the codes that are told)."""
    b = lambda: Blank(blank)  # noqa: E731
    fine = b().bytes()
    field = b"<< /FT /Tx /T (%s) /V (x) >>"
    yield "untouched", blank, OK, set()
    yield "written-anew", fine, OK, set()
    yield "nothing-in-it", b"%PDF-1.7\n%%EOF\n", REFUSED, {"R007"}
    yield "noise", b"%PDF-1.7\n" + random.Random(1).randbytes(100000), REFUSED, {"R007"}
    yield "cut-off", fine[:-100], REFUSED, {"R007"}  # the trailer, which says where all begins
    yield "half", blank[:len(blank) // 2], REFUSED, {"R007"}
    yield "junk-before", b"x" * 500 + b"\n" + fine, OK, None
    yield "junk-behind", fine + b"\n" + b"x" * 500, OK, None
    yield "table-elsewhere", fine.replace(b"startxref\n", b"startxref\n9"), OK, {"R222"}
    yield "table-of-zeros", re.sub(rb"(?m)^\d{10} 00000 n", b"0000000000 00000 n", fine), REFUSED, {"R007"}
    yield "no-table", fine[:fine.rindex(b"xref\n0 ")] + b"trailer\n<< /Root %d 0 R /Size 999 >>\n" % b().root, OK, {"R222"}
    yield "no-root", fine.replace(b"/Root", b"/Toor"), REFUSED, {"R007"}
    yield "pictures", pictures(), REFUSED, {"R012"}

    yield "a-million-objects", many_objects(blank, 1000000), OK, set()
    yield "a-million-objects-without-a-table", many_objects(blank, 1000000).replace(b"startxref\n", b"startxref\n9"), OK, {"R222"}
    yield "objects-far-away", fine.replace(b"/Size ", b"/Size 99"), OK, None
    deep = b"[" * 100000 + b"]" * 100000
    yield "deep-value", b().fill("who.name", deep).bytes(), FOUND, {"R102", "R222"}
    yield "deep-dictionary", b().fill("who.name", b"<< /A " * 100000 + b"1" + b" >>" * 100000).bytes(), FOUND, {"R102", "R222"}
    pdf = b()
    first = pdf.last + 1
    for i in range(10000):
        pdf.add(b"<< /T (a) /Kids [ %d 0 R ] >>" % (first + i + 1))
    pdf.add(field % b"end")
    yield "fields-10000-deep", pdf.fields(first).bytes(), OK, set()
    pdf = b()
    me = pdf.add(b"")
    pdf.objects[me] = b"<< /T (a) /FT /Tx /Kids [ %d 0 R ] >>" % me
    yield "a-field-in-itself", pdf.fields(me).bytes(), OK, {"R104"}
    pdf.objects[me] = b"<< /T (a) /FT /Tx /Kids [ %s ] >>" % (b"%d 0 R " % me * 50)
    yield "a-field-in-itself-often", pdf.bytes(), OK, {"R104"}
    other = pdf.add(b"<< /T (b) /FT /Tx /Kids [ %s ] >>" % (b"%d 0 R " % me * 50))
    pdf.objects[me] = b"<< /T (a) /FT /Tx /Kids [ %s ] >>" % (b"%d 0 R " % other * 50)
    yield "two-fields-in-each-other-often", pdf.bytes(), OK, {"R104"}
    pdf = b()
    numbers = [pdf.add(field % (b"f%d" % i)) for i in range(50000)]
    yield "50000-fields", pdf.fields(*numbers).bytes(), OK, {"R104"}
    yield "half-a-million-fields", b().fields(*[b().field("who.name")] * 500000).bytes(), REFUSED, {"R008"}
    yield "too-much-text", b().fill("notes.condition", "x" * (9 << 20)).bytes(), REFUSED, {"R008"}
    yield "a-list-without-end", b().put(b().field("who.trained"), "Opt", b"[ %s ]" % (b"[ (a) (b) ] " * 500000)).fill(
        "who.trained", "c").bytes(), REFUSED, {"R008"}
    pdf = b()
    me = pdf.add(b"")
    pdf.objects[me] = b"<< /Names [ ] /Kids [ %s ] >>" % (b"%d 0 R " % me * 90)
    yield "attached-files-in-themselves", pdf.replace(pdf.root, b"/EmbeddedFiles <<", b"/EmbeddedFiles << /Kids [ %d 0 R ]" % me).bytes(), REFUSED, {"R008"}
    pdf = b()
    yield "a-value-that-is-itself", pdf.fill("who.name", b"%d 0 R" % pdf.add(b"%d 0 R" % (pdf.last + 1))).bytes(), FOUND, {"R102", "R222"}
    pdf = b()
    pages = next(n for n, body in pdf.objects.items() if b"/Type /Pages" in body)
    yield "pages-in-themselves", pdf.replace(pages, b"/Kids [", b"/Kids [ %d 0 R" % pages).bytes(), OK, {"R222"}
    yield "pages-gone", b().put(b().root, "Pages", b"null").bytes(), OK, {"R222"}

    yield from packed_objects(b)
    for name, data in (("plan", spaces(1 << 30)), ("plan-a-little", spaces(640 << 20))):
        pdf = b()
        pdf.objects[pdf.plan_number()] = packed_stream(data, more=PLAN_TYPE)
        yield "bomb-" + name, pdf.bytes(), REFUSED, {"R008"}
    pdf = b()
    pdf.objects[pdf.plan_number()] = packed_stream(zlib.compress(spaces(1 << 30), 9), b"[ /FlateDecode /FlateDecode ]", PLAN_TYPE)
    yield "bomb-packed-twice", pdf.bytes(), REFUSED, {"R008"}
    pdf = b()
    long = pdf.add(packed_stream(spaces(1 << 30)))
    yield "bomb-value", pdf.fill("who.name", b"%d 0 R" % long).bytes(), REFUSED, {"R008"}
    yield "bomb-objects", object_stream_bomb(), REFUSED, None
    yield "bomb-table", table_bomb(), REFUSED, None
    pdf = b()
    plan = pdf.plan_bytes()
    pdf.objects[pdf.plan_number()] = packed_stream(
        zlib.compress(plan), more=PLAN_TYPE + b" /DecodeParms << /Predictor 12 /Columns 2000000000 /Colors 32 /BitsPerComponent 16 >>")
    yield "a-row-without-end", pdf.bytes(), REFUSED, None
    pdf = b()
    pdf.objects[pdf.plan_number()] = pdf.objects[pdf.plan_number()].replace(b"FlateDecode", b"DCTDecode")
    yield "the-plan-is-a-picture", pdf.bytes(), REFUSED, {"R207", "R214"}
    pdf = b()
    pdf.objects[pdf.plan_number()] = re.sub(rb"/Length \d+( 0 R)?", b"/Length 7", pdf.objects[pdf.plan_number()])
    yield "lies-about-a-length", pdf.bytes(), OK, {"R222"}

    yield "plan-with-a-doctype", b().with_plan(plan.replace(b"?>", b"?>" + DOCTYPE, 1)).bytes(), REFUSED, {"R010"}
    yield "plan-deep", b().with_plan(plan.replace(b"/>", b">" + b"<a>" * 300 + b"</a>" * 300 + b"</loan>")).bytes(), REFUSED, {"R010"}
    yield "plan-cut-off", b().with_plan(plan[:-5]).bytes(), REFUSED, {"R207", "R214"}  # its only tag has no end
    yield "plan-of-noise", b().with_plan(bytes(1000)).bytes(), REFUSED, {"R207", "R214"}
    yield "plan-with-a-question-of-no-form", b().with_plan(plan.replace(b"/>", b"><nobody>x</nobody></loan>")).bytes(), REFUSED, {"R210"}
    yield "two-plans", b().attach(b"plan.xml", plan.replace(b'p:form="loan"', b'p:form="loan" p:id="urn:uuid:00000000-0000-4000-8000-000000000009"')).bytes(), REFUSED, {"R205"}
    yield "the-plan-twice", b().attach(b"plan.xml", plan).bytes(), OK, set()
    yield "another-file", b().attach(b"invoice.exe", b"MZ").bytes(), OK, {"R214"}
    yield "another-xml", b().attach(b"other.xml", b"<x/>").bytes(), OK, {"R214"}
    yield "another-form", b().with_plan(plan.replace(b'p:form="loan"', b'p:form="lend"')).bytes(), REFUSED, {"R201"}
    yield "another-version", b().with_plan(plan.replace(b'p:version="1.0.0"', b'p:version="0.0.1"')).bytes(), REFUSED, {"R202"}

    yield "locked-in-an-unknown-way", b().bytes(b"/Encrypt << /Filter /Other /V 9 >>"), REFUSED, {"R003"}
    yield "locked-with-noise", b().bytes(b"/ID [ (a) (a) ] /Encrypt << /Filter /Standard /V 5 /R 6 /O (x) /U (x) /P -1 >>"), REFUSED, None
    yield "script-when-opened", b().in_catalog(b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>").bytes(), OK, {"R226"}
    yield "program-when-opened", b().in_catalog(b"/OpenAction << /S /Launch /F (calc.exe) >>").bytes(), OK, {"R226"}
    yield "script-of-the-file", b().replace(b().root, b"/Names <<", b"/Names << /JavaScript << /Names [ (a) << /S /JavaScript /JS (1) >> ] >>").bytes(), OK, {"R226"}
    yield "script-of-a-field", b().put(b().field("who.name"), "AA", b"<</K<</S/JavaScript/JS(1)>>>>").bytes(), OK, {"R226"}
    yield "another-form-beside", b().put(b().form(), "XFA", b"[ (a) (b) ]").bytes(), OK, {"R225"}
    yield "xfa", pictures().replace(b"/Pages 2 0 R >>", b"/Pages 2 0 R /AcroForm << /Fields [ ] /XFA [ (a) (b) ] >> >>"), REFUSED, {"R014"}
    yield "text-over-a-page", b().annotation(b"<< /Type /Annot /Subtype /FreeText /Contents (Mallory) /Rect [ 0 0 9 9 ] >>").bytes(), OK, {"R227"}
    yield "a-link", b().annotation(b"<< /Type /Annot /Subtype /Link /Rect [ 0 0 9 9 ] >>").bytes(), OK, set()
    yield "no-question", b().fields(b().field("who.name")).put(b().field("who.name"), "T", b"(nobody)").bytes(), FOUND, {"R102", "R104"}
    pdf = b()
    yield "a-row-far-away", pdf.fields(pdf.add(field % b"what.tool.9999.item")).bytes(), OK, {"R104"}
    pdf = b()
    yield "a-second-field", pdf.fields(pdf.add(b"<< /FT /Tx /T (who.name) /V (Mallory Example) >>")).bytes(), OK, set()
    pdf = b()
    more = [pdf.add(b"<< /FT /Tx /T (who.name) /V (Mallory %d) >>" % i) for i in range(20)]
    yield "twenty-fields", pdf.fields(*more).bytes(), FOUND, {"R101", "R120"}
    yield "controls", b().fill("who.name", b"(A\\000\\001\\002\\177B)").bytes(), OK, {"R131"}
    pdf = b()
    yield "signed-and-changed", pdf.fields(pdf.add(
        b"<< /FT /Sig /T (s) /V << /Type /Sig /ByteRange [ 0 10 20 30 ] /Contents <00> >> >>")).bytes(), OK, {"R224"}
    yield from damaged(blank)


def damaged(blank):
    """Cut off and changed at random: never another exit, never an answer that was not in the file."""
    random_ = random.Random(7)
    for i in range(40):
        yield "cut-%d" % i, blank[:len(blank) * (i + 1) // 41], (OK, FOUND, REFUSED), None
    for i in range(160):
        data = bytearray(Blank(blank).bytes() if i % 2 else blank)
        for _ in range(random_.choice((1, 3, 20, 300))):
            at = random_.randrange(len(data))
            if i % 4 < 2:
                data[at] = random_.randrange(256)
            else:  # a piece is moved
                n = random_.randrange(1, 200)
                data[at:at + n] = data[random_.randrange(len(data)):][:n]
        yield "changed-%d" % i, bytes(data), (OK, FOUND, REFUSED), None


if __name__ == "__main__":
    sys.exit(hostile_files.main(__file__, cases, "pdf", 290))
