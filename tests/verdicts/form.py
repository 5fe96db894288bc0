"""form.py FORM TABLE OUT: the form of the table of verdicts, with two checks for each of the
table's expressions: that it is true, and that it is not."""
import sys
from xml.sax.saxutils import quoteattr

form, table, out = sys.argv[1:]
expressions = []
for line in open(table, encoding="utf-8"):
    if line.startswith("? "):
        for x in line[2:].split("|"):
            x = x.strip()
            if not x.startswith("@") and x not in expressions:
                expressions.append(x)
fields = []
for i, x in enumerate(expressions):
    for name, must in (("is", x), ("not", "not (%s)" % x)):
        fields.append('<field id="x%d-%s" label=%s short-label="x" type="line" must=%s>'
                      "<message>It is not so. Look at the table.</message></field>"
                      % (i, name, quoteattr(x), quoteattr(must)))
text = open(form, encoding="utf-8").read()
place = "<!-- expressions -->"
assert text.count(place) == 1
open(out, "w", encoding="utf-8").write(text.replace(place, "\n    ".join(fields)))
