"""Plans that want to hurt: each must be refused or reported in bounded time and memory, without a
crash and without reading anything else. They are plans of the kitchen-sink form; given: that
form. Each case says which codes are right."""

import os
import sys

import hostile_inputs

ROOT = b'<default xmlns="urn:formc:data:default" xmlns:p="urn:formc:plan:1" p:form="default" p:version="2.1.0" p:stage="draft"'
OPEN = ROOT + b"><class><auto>a</auto><bool>b</bool></class>"
END = b"</default>"
FINE = {""}
MANY = 40000 if hostile_inputs.SANITIZED else 400000  # within what is read, and far too many for what is looked at


def within(name, inside):
    return OPEN + b"<%s>" % name + inside + b"</%s>" % name + END


def answer(inside):
    return ROOT + b"><class><auto>" + inside + b"</auto></class>" + END


def laughs():
    names = [b"lol%d" % i for i in range(10)]
    out = b'<!DOCTYPE default [<!ENTITY lol0 "lol">'
    for above, below in zip(names[1:], names):
        out += b'<!ENTITY ' + above + b' "' + (b"&" + below + b";") * 10 + b'">'
    return out + b"]>" + answer(b"&lol9;")


def in_utf7(declarations, plan):
    """The same bytes are something else, and have a DOCTYPE, for who believes the first line."""
    hidden = declarations.decode("ascii").encode("utf-7").replace(b"<", b"+ADw-").replace(b"!", b"+ACE-").replace(b"&", b"+ACY-")
    return b'<?xml version="1.0" encoding="UTF-7"?>' + hidden + plan


def conflicts(rows, order):
    plan = within(b"struct", b"".join(b'<union p:row="r%d"/>' % i for i in range(rows)))
    each = b'<p:conflict path="struct/union[r%d]/if"><p:stored>a</p:stored><p:visible>b</p:visible></p:conflict>'
    return plan.replace(END, b"<p:conflicts>" + b"".join(each % i for i in order) + b"</p:conflicts>" + END)


def cases(canary):
    yield "nothing", b"", {"P002"}
    yield "one byte", b"<", {"P002"}
    yield "spaces only", b" " * 100000, {"P002"}
    yield "a fine plan", OPEN + END, FINE
    for name, begin in (("a tag", b"<class"), ("an attribute", b'<class p:absent="'), ("a comment", b"<!-- "),
                        ("an instruction", b"<?x "), ("a CDATA section", b"<class><auto><![CDATA["),
                        ("an end tag", b"</default"), ("a reference", b"<class><auto>&am"), ("a number", b"<class><auto>&#x1")):
        yield name + " without end", ROOT + b">" + begin, {"P002"}
    yield "deep nesting", OPEN + b"<class>" * 100000, {"P001"}
    yield "256 deep", OPEN + b"<class>" * 255 + b"</class>" * 255 + END, {"P102"}
    yield "deep in what a plan keeps", OPEN + b"<p:history>" * 255 + b"</p:history>" * 255 + END, {"P103"}
    yield "too large", OPEN + b" " * (33 << 20) + END, {"larger than formc reads"}
    yield "a large answer", answer(b"word " * MANY), FINE
    yield "a larger answer", answer(b"word " * (5 << 20)), {"P002", ""}
    yield "an answer in a million pieces", answer(b"a<!-- -->" * MANY), FINE
    yield "an answer in CDATA sections", answer(b"<![CDATA[a]]>" * MANY), FINE
    yield "a million comments", answer(b"<!-- -->" * 1000000), {"P001"}
    yield "many line ends", answer(b"\r\n\r" * MANY), {""}
    yield "200,000 attributes", ROOT + b"".join(b' a%d=""' % i for i in range(200000)) + b"/>", {"P001"}
    yield "20,000 attributes", ROOT + b"".join(b' a%d=""' % i for i in range(20000)) + b"/>", {"P131"}
    yield "20,000 namespaces", ROOT + b"".join(b' xmlns:a%d="a"' % i for i in range(15000)) + b"/>", {"P002", ""}
    yield "an attribute twice", ROOT + b' p:id="a" p:id="b"/>', {"P002"}
    yield "a long version", ROOT.replace(b"2.1.0", b"9" * 200000) + b"/>", {"P004"}
    yield "a long name", OPEN + b"<" + b"n" * 60000 + b"/>" + END, {"P002", "P102"}
    yield "a long row id", within(b"struct", b'<union p:row="' + b"r" * 200000 + b'"/>'), {"P122"}
    yield "a long stage", ROOT.replace(b'"draft"', b'"' + b"d" * 200000 + b'"') + b"/>", {"P006"}
    yield "many unknown elements", OPEN + b"<q/>" * MANY + END, {"P102"}
    yield "many answers to one question", within(b"class", b"<nhs>1</nhs>" * MANY), {"P110"}
    yield "2,000,000 answers", within(b"class", b"<nhs>1</nhs>" * 2000000), {"P001"}
    yield "stray words", OPEN + b"<class/>w" * MANY + END, {"P101"}
    yield "3,000 rows", within(b"struct", b"<union><if>x</if><else>y</else></union>" * 3000), FINE
    yield "a million rows", within(b"struct", b"<union/>" * 1000000), {"P001"}
    yield "many rows", within(b"struct", b"<union/>" * MANY), {"P120"}
    yield "many rows with ids", within(b"struct", b"".join(b'<union p:row="r%d"/>' % i for i in range(MANY))), {"P120"}
    yield "many times one row", within(b"struct", b'<union p:row="a"/>' * MANY), {"P121"}
    taken = b"".join(b'<union p:row="row-%d"/>' % i for i in range(5001, 10001))
    yield "ids that are taken", within(b"struct", taken + b"<union/>" * 4999), FINE
    yield "ids that are taken, from behind", within(b"struct", b"".join(b'<union p:row="row-%d"/><union/>' % (9999 - i) for i in range(4999))), {"P121", ""}
    every = b"".join(b"<%s>" % use + b"".join(b'<for p:row="%s%d"/>' % (use, i) for i in range(9999)) + b"</%s>" % use for use in (b"new", b"delete", b"x2"))
    yield "all rows of all repeats", within(b"struct", every), FINE
    yield "9,999 conflicts in order", conflicts(9999, range(9999)), {""}
    yield "9,999 conflicts from behind", conflicts(9999, reversed(range(9999))), {""}
    yield "many conflicts", conflicts(9999, [i % 9999 for i in range(MANY // 4)]), {"P120"}
    yield "many conflicts about nothing", conflicts(9999, [10000] * (MANY // 4)), {"P135"}
    entry = b'<p:entry n="%d" at="2026-02-01T10:04:00Z" by="int" via="set" did="set"/>'
    yield "many entries", OPEN + b"<p:history>" + b"".join(entry % (i + 1) for i in range(MANY // 2)) + b"</p:history>" + END, FINE
    yield "entries in disorder", OPEN + b"<p:history>" + b"".join(entry % (i + 2) for i in range(MANY // 2)) + b"</p:history>" + END, {"P138"}
    mark = (b'<p:mark path="sign/try/mark" at="2026-02-01T10:04:00Z" by="char" own="sha256:' + b"0" * 64
            + b'" covers="sha256:' + b"0" * 64 + b'"/>')
    yield "many marks", OPEN + b"<p:marks>" + mark * (MANY // 4) + b"</p:marks>" + END, {"P110"}
    yield "many parts", OPEN + b"<p:history/>" * MANY + END, {"P103"}
    yield "billion laughs", laughs(), {"P001"}
    yield "a file to fetch", b'<!DOCTYPE default SYSTEM "' + canary + b'">' + OPEN + END, {"P001"}
    yield "an entity to fetch", b'<!DOCTYPE default [<!ENTITY x SYSTEM "' + canary + b'">]>' + answer(b"&x;"), {"P001"}
    yield "a doctype in small letters", b"<!doctype default>" + OPEN + END, {"P001"}
    yield "a doctype behind", OPEN + END + b"<!DOCTYPE default>", {"P001"}
    yield "a doctype in UTF-7", in_utf7(b'<!DOCTYPE default [<!ENTITY x SYSTEM "' + canary + b'">]>', answer(b"+ACY-x;")), {"P002"}
    yield "laughs in UTF-7", in_utf7(laughs()[:laughs().index(b"]>") + 2], answer(b"+ACY-lol9;")), {"P002"}
    yield "an inclusion", OPEN + b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="' + canary + b'"/>' + END, {"P102"}
    yield "a stylesheet", b'<?xml-stylesheet href="' + canary + b'"?>' + OPEN + END, FINE
    yield "bad UTF-8", answer(b"\xff\xfe"), {"P001"}
    yield "overlong UTF-8", answer(b"\xc0\xaf"), {"P001"}
    yield "a surrogate", answer(b"\xed\xa0\x80"), {"P001"}
    yield "cut in a character", ROOT + b"><class><auto>\xe2\x82", {"P001"}
    yield "a NUL", answer(b"a\0b"), {"P001"}
    yield "a NUL by number", answer(b"&#0;"), {"P002"}
    yield "an escape", answer(b"\x1b[2J"), {"P001"}
    yield "no character", answer(b"\xef\xbf\xbe"), {"P001"}
    yield "a number too high", answer(b"&#x110000;"), {"P002"}
    yield "UTF-16", (OPEN + END).decode().encode("utf-16"), {"P001"}
    yield "UTF-16 without a mark", (OPEN + END).decode().encode("utf-16-le"), {"P001"}
    yield "UTF-32", (OPEN + END).decode().encode("utf-32"), {"P001"}
    yield "said to be UTF-16", b'<?xml version="1.0" encoding="UTF-16"?>' + OPEN + END, {"P002", ""}
    yield "said to be Latin-1", b'<?xml version="1.0" encoding="ISO-8859-1"?>' + OPEN + END, FINE
    yield "Latin-1", b'<?xml version="1.0" encoding="ISO-8859-1"?>' + answer(b"caf\xe9"), {"P001"}
    yield "EBCDIC", (OPEN + END).decode().encode("cp500"), {"P001"}
    yield "XML 1.1", b'<?xml version="1.1"?>' + answer(b"&#1;"), {"P002"}
    yield "no plan at all", b"PK\3\4" + b"\0" * 1000, {"P001"}


if __name__ == "__main__":
    FORM = sys.argv[1]
    sys.exit(hostile_inputs.run(cases, lambda path: [os.environ["FORMC"], "validate", FORM, path, "--as-of", "2026-06-30"], "plans"))
