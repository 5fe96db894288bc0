"""Texts that want to hurt. Editors of Word documents (tests/docx/survival) and programs that fill PDFs
(tests/pdf/viewers) get the same, and what becomes of each stands in docs/editors.md and docs/viewers.md."""

PLAIN = "An answer"

# name, what it is in words, the text
NASTY = [
    ("plain", "plain words", PLAIN),
    ("lines", "line breaks", "first\nsecond\n\nfourth"),
    ("edges", "line breaks at both ends", "\n\nbetween\n"),
    ("crlf", "CR LF", "first\r\nsecond\rthird"),
    ("tabs", "tabs", "one\ttwo\t\tfour"),
    ("spaces", "spaces: leading, double, last", "   three before,  two between, one behind "),
    ("markup", "`&` `<` `>`", "a < b && c > d, <b>&amp;</b>"),
    ("quotes", "`\"` `'`", "\"double\" and 'single' \u201ccurly\u201d"),
    ("cdata", "`]]>`", "<![CDATA[ x ]]> y ]]> z"),
    ("braces", "`{}`", "{name} {{x}} {#loop}{/loop} ${y} {PAGE}"),
    ("percent", "`%`, `\\`, a formula", "=1+1 %s %n \\n 100%"),
    ("long", "64 kB", ("All of this is one long answer. " * 2048)),
    ("emoji", "emoji", "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"),
    ("welsh", "Welsh", "\u0174yr yn t\u0177'r ysgol \u0177m"),
    ("polish", "Polish", "Za\u017c\u00f3\u0142\u0107 g\u0119\u015bl\u0105 ja\u017a\u0144"),
    ("arabic", "Arabic, with numbers", "\u0623\u062d\u062a\u0627\u062c \u0625\u0644\u0649 3 \u0632\u064a\u0627\u0631\u0627\u062a (\u0646\u0639\u0645) abc"),
    ("hebrew", "Hebrew, with points", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd 12 (\u05db\u05df) abc"),
    ("marks", "combining marks", "e\u0301 \u00e9 a\u0328\u0301 o\u0302\u0323 \u1112\u1161\u11ab"),
    ("override", "U+202E", "before \u202etxet\u202c behind"),
    ("invisible", "no-break space, zero width, soft hyphen", "a\u00a0b\u200bc\u00adn \u2011 \u2028 \ufeffz"),
    ("controls", "what a control shows", "Click to enter text"),
]


def kept(text):
    """The text as a plan keeps it: docs/plans.md, the value space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.strip(" \t\n") else ""
