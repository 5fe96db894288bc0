"""Definitions that want to hurt: each must be refused or reported in bounded time and memory,
without a crash and without reading or writing anything else. Given: the path of formcheck. Each
case says which codes are right."""

import sys

import hostile_inputs

FORM = (b'<form xmlns="urn:formc:form:1" id="f" version="1.0.0" status="draft" xml:lang="en-GB" '
        b'data-ns="urn:x:f"><title>T</title><section id="s" title="S">')
END = b"</section></form>"
FIELD = b'<field id="a" label="A" type="line"/>'


def attribute_bomb():
    return FORM + b"<field " + b"".join(b'a%d="" ' % i for i in range(200000)) + b"/>" + END


def laughs():
    names = [b"lol%d" % i for i in range(10)]
    out = b'<!DOCTYPE form [<!ENTITY lol0 "lol">'
    for above, below in zip(names[1:], names):
        out += b'<!ENTITY ' + above + b' "' + (b"&" + below + b";") * 10 + b'">'
    return out + b"]>" + FORM + b"&lol9;" + END


def uses():
    """A small file that grows: a block of 2,000 fields used 2,000 times."""
    block = b'<block id="b">' + b"".join(b'<field id="f%d" label="F" type="line"/>' % i for i in range(2000)) + b"</block>"
    out = FORM.replace(b"<section", block + b"<section", 1)
    return out + b"".join(b'<use id="u%d" block="b" title="U"/>' % i for i in range(2000)) + END


def expression(text):
    return FORM + b'<field id="a" label="A" type="date" must="' + text + b'"><message>Check it.</message></field>' + END


def cases(canary):
    yield "nothing", b"", {"E019"}
    yield "one byte", b"<", {"E003", "E020"}
    yield "spaces only", b" " * 100000, {"E020"}
    yield "deep nesting", FORM + b"<section>" * 100000, {"E014"}
    yield "deep and closed", FORM + b"<list>" * 5000 + b"</list>" * 5000 + END, {"E014"}
    yield "too large", FORM + b" " * (9 << 20) + END, {"E013"}
    yield "large text", FORM + b"<note kind='help'>" + b"word " * (1 << 20) + b"</note>" + END, set()
    yield "200,000 attributes", attribute_bomb(), {"E016", "E017"}
    yield "65 attributes", FORM + b"<field " + b"".join(b'a%d="" ' % i for i in range(65)) + b"/>" + END, {"E017"}
    yield "one long tag", FORM + b'<field id="' + b"a" * (300 << 10) + b'"/>' + END, {"E016"}
    yield "spaces in a tag", FORM + b"<field" + b" " * (300 << 10) + b"/>" + END, {"E016"}
    yield "a long id", FORM + b'<field id="' + b"a" * (200 << 10) + b'" label="A" type="line"/>' + END, {"E102"}
    yield "a long label", FORM + b'<field id="a" label="' + b"a" * (200 << 10) + b'" type="line"/>' + END, {"E111"}
    yield "a long element name", FORM + b"<" + b"n" * 60000 + b"/>" + END, {"E016"}
    yield "a long attribute name", FORM + b"<field " + b"n" * 60000 + b'=""/>' + END, {"E016"}
    yield "a long end tag", FORM + b"</" + b"n" * 60000 + b">", {"E016"}
    yield "a long reference", FORM + b"<note kind='help'>&" + b"n" * 60000 + b";</note>" + END, {"E001"}
    yield "100,000 elements", FORM + b"".join(b'<field id="a%d" label="A" type="line"/>' % i for i in range(100000)) + END, {"E013", "E141", ""}
    chain = b"".join(b'<field id="a%d" label="A" type="yes-no" ask-when="a%d eq yes"/>' % (i, i + 1) for i in range(20000))
    yield "a chain of conditions", FORM + chain + b'<field id="a20000" label="A" type="yes-no"/>' + END, set()
    yield "a long circle", FORM + chain + b'<field id="a20000" label="A" type="yes-no" ask-when="a0 eq yes"/>' + END, {"E220"}
    yield "20,000 circles", FORM + chain.replace(b' eq yes"', b' eq yes and a0 eq no"') + b'<field id="a20000" label="A" type="yes-no"/>' + END, {"E220"}
    ors = b" or ".join(b"(b0 eq yes and b%d eq no)" % i for i in range(100))
    yield "many ways to be true", FORM + b"".join(b'<field id="b%d" label="B" type="yes-no"/>' % i for i in range(100)) + b"".join(
        b'<field id="a%d" label="A" type="line" ask-when="%s"/>' % (i, ors) for i in range(1000)) + END, set()
    yield "300,000 elements", FORM + b"<p/>" * 300000 + END, {"E015"}
    yield "20,000 bad rules", FORM + b"".join(b'<field id="a%d" label="A" type="date" must="b le a"/>' % i for i in range(20000)) + END, {"E201"}
    yield "50,000 lost names", FORM + b'<q id="q"/>' * 50000 + END, {"E104"}
    yield "150,000 unknown elements", FORM + b"<q/>" * 150000 + END, {"E104"}
    yield "100,000 bare ampersands", FORM + b"<note kind='help'>" + b"& " * 100000 + b"</note>" + END, {"E001"}
    yield "a block that grows", uses(), {"E141"}
    yield "billion laughs", laughs(), {"E012"}
    yield "a file to fetch", b'<!DOCTYPE form SYSTEM "' + canary + b'">' + FORM + END, {"E012"}
    yield "an entity to fetch", b'<!DOCTYPE form [<!ENTITY x SYSTEM "' + canary + b'">]>' + FORM + b"&x;" + END, {"E012"}
    yield "a doctype in small letters", b"<!doctype form>" + FORM + END, {"E012"}
    yield "a doctype inside", FORM + b"<!DOCTYPE x>" + END, {"E012"}
    yield "an inclusion", FORM + b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="' + canary + b'"/>' + END, {"E104"}
    yield "bad UTF-8", FORM + b'<note kind="help">\xff\xfe</note>' + END, {"E010"}
    yield "overlong UTF-8", FORM + b'<note kind="help">\xc0\xaf</note>' + END, {"E010"}
    yield "a surrogate", FORM + b'<note kind="help">\xed\xa0\x80</note>' + END, {"E010"}
    yield "cut in a character", FORM + b'<note kind="help">\xe2\x82', {"E010"}
    yield "a NUL", FORM + b'<note kind="help">a\0b</note>' + END, {"E011"}
    yield "a NUL by number", FORM + b'<note kind="help">&#0;</note>' + END, {"E002"}
    yield "an escape", FORM + b'<note kind="help">\x1b[2J</note>' + END, {"E011"}
    yield "no character", FORM + b'<note kind="help">\xef\xbf\xbe</note>' + END, {"E011"}
    yield "a number too high", FORM + b'<note kind="help">&#x110000; &#99999999999;</note>' + END, {"E001", "E002"}
    yield "UTF-16", (FORM + FIELD + END).decode().encode("utf-16"), {"E018"}
    yield "UTF-16 without a mark", (FORM + FIELD + END).decode().encode("utf-16-le"), {"E018"}
    yield "UTF-7", b'<?xml version="1.0" encoding="UTF-7"?>' + FORM + END, {"E018"}
    yield "EBCDIC", (FORM + END).decode().encode("cp500"), {"E010", "E011"}
    for what, begin in (("a tag", b"<field"), ("an attribute", b'<field id="a'), ("a comment", b"<!-- "), ("an instruction", b"<?x "),
                        ("a CDATA section", b"<note kind='help'><![CDATA["), ("an end tag", b"</section"),
                        ("a reference", b"<note kind='help'>&am"), ("a number", b"<note kind='help'>&#x1")):
        yield what + " without end", FORM + begin, {"E001", "E004", "E007", "E009"}
    yield "the word example, a million times", FORM + b"<note kind='help'>" + b"example" * 1000000 + b"</note>" + END, set()
    yield "brackets", expression(b"(" * 3000), {"E212"}
    yield "nots", expression(b"not " * 1000 + b"a eq a"), {"E212"}
    yield "a long expression", expression(b"answered(a)" + b" and answered(a)" * 5000), {"E212"}
    yield "a row of ands", expression(b"answered(a)" + b" and answered(a)" * 250), set()
    yield "no end of arguments", expression(b"add-months(" + b"a," * 1500), {"E200"}
    pattern = b'<type id="t" base="line" pattern="(((((x{9}){9}){9}){9}){9})"/><section'
    yield "a pattern that doubles", FORM.replace(b"<section", pattern, 1) + FIELD.replace(b"line", b"t") + END, {"E123"}
    yield "C in the words", FORM + b'<note kind="help">*/ #include "x" ??/ %s \\u202e</note>' + END, set()
    yield "XSLT in the words", FORM + b'<note kind="help">&lt;xsl:value-of select="{.}"/> ]]&gt;</note>' + END, set()
    yield "an XSLT element", FORM + b'<xsl:template xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>' + END, {"E104"}


if __name__ == "__main__":
    sys.exit(hostile_inputs.run(cases, lambda path: [sys.argv[1], path], "definitions"))
