"""Holds a blank form against the wording of its template.

usage: template_fidelity.py SOURCE PLACES EXTRA FILE.docx|FILE.pdf

SOURCE  the template as text; a line with nothing but a tab is an empty answer cell
PLACES  a row for each place of an answer: line of SOURCE, path, and the line of words that the
        template printed in the same cell, when there are such words
EXTRA   what a document may show beside the template: one regular expression a line

Only what a reader sees counts: no hidden or deleted text, no headers and footers, no
placeholders. Lines have to be equal, not just contained; white space is folded. Every place has
to be the place of its own answer, between the line before it and the line after it.

Prints what is wrong and a summary; exit status 1 when anything is wrong.
"""
import bisect
import difflib
import json
import re
import subprocess
import sys
import unicodedata
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Text(str):
    """A line that the document shows."""


class Place(str):
    """The place of an answer: its path with dots, "crisis.sign.2.warning"."""


def dotted(path):
    return re.sub(r"\[(\d+)\]", r".\1", path).replace("/", ".")


def fold(s):
    s = unicodedata.normalize("NFC", s).replace("\u00a0", " ").replace("\u00ad", "")
    s = " ".join(s.split())
    return re.sub(r"^[·•‣▪–] ?(?=\S)", "", s)


# ---- the template

class Template:
    def __init__(self, source, places):
        self.lines = {}      # line number -> words
        cells = set()
        with open(source, encoding="utf-8") as f:
            for n, line in enumerate(f.read().split("\n"), 1):
                if fold(line):
                    self.lines[n] = fold(line)
                elif "\t" in line:
                    cells.add(n)
        self.places = {}     # dotted path -> (line, line of words in the same cell or None)
        with open(places, encoding="utf-8") as f:
            for row in f.read().split("\n"):
                if not row or row.startswith("#"):
                    continue
                line, path, *same = row.split("\t")
                if dotted(path) in self.places:
                    raise SystemExit("%s: %s stands here twice" % (places, path))
                self.places[dotted(path)] = (int(line), int(same[0]) if same else None)
        named = [line for line, _ in self.places.values()]
        for n in sorted(cells - set(named)):
            raise SystemExit("%s: the cell on line %d has no path" % (places, n))
        for n in named:
            if n not in cells and n not in self.lines:
                raise SystemExit("%s: there is nothing on line %d" % (places, n))

    def window(self, path):
        """The lines between which the place belongs: it stands after the first, before the second."""
        line, same_cell = self.places[path]
        numbers = [n for n in sorted(self.lines) if n != same_cell]
        i = bisect.bisect_right(numbers, line)
        return (numbers[i - 1] if i else 0, numbers[i] if i < len(numbers) else 10 ** 9)


# ---- what a document shows

def read_docx(path):
    """The body as a list of Text and Place."""
    with zipfile.ZipFile(path) as z:
        body = etree.fromstring(z.read("word/document.xml")).find(W + "body")
    shown, words = [], []

    def end_of_line():
        line = fold("".join(words))
        words.clear()
        if line:
            shown.append(Text(line))

    def run(r):
        if r.find(W + "rPr/" + W + "vanish") is not None:
            return
        for k in r:
            if k.tag == W + "t":
                words.append(k.text or "")
            elif k.tag in (W + "tab", W + "br", W + "cr"):
                words.append(" ")
            elif k.tag == W + "noBreakHyphen":
                words.append("\u2011")

    def walk(node):
        for k in node:
            if k.tag == W + "sdt":
                content = k.find(W + "sdtContent")
                if content.find(".//" + W + "sdt") is None and content.find(".//" + W + "tbl") is None:
                    end_of_line()
                    tag = k.find(W + "sdtPr/" + W + "tag")
                    shown.append(Place(dotted(tag.get(W + "val")) if tag is not None else "?"))
                else:
                    walk(content)
            elif k.tag == W + "r":
                run(k)
            elif k.tag == W + "p":
                walk(k)
                end_of_line()
            elif k.tag not in (W + "del", W + "moveFrom", W + "pPr", W + "tblPr", W + "tblGrid",
                               W + "trPr", W + "tcPr", W + "sectPr", W + "sdtPr"):
                walk(k)

    walk(body)
    end_of_line()
    return shown


# Elements of the structure tree that start a line of their own; Span, Link and the like do not.
PDF_LINES = re.compile(r"(Document|Part|Art|Sect|Div|BlockQuote|Caption|TOCI?|P|H[1-6]?|L|LI|LBody|"
                       r"Table|THead|TBody|TFoot|TR|TH|TD|Note|Form|Figure)\b")


def read_pdf(path):
    """The tagged structure as a list of Text and Place. A document without tags shows nothing."""
    tree = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, check=True,
                          encoding="utf-8").stdout
    known = subprocess.run(["qpdf", "--json", "--json-key=acroform", path],
                           capture_output=True, encoding="utf-8").stdout
    names = {}
    for f in json.loads(known)["acroform"]["fields"]:
        names[f["annotation"]["object"]] = f["fullname"]
    shown, words, label = [], [], False

    def end_of_line():
        line = fold("".join(words))
        words.clear()
        if line:
            shown.append(Text(line))

    for raw in tree.split("\n"):
        s = raw.strip()
        if s.startswith('"'):
            if not label:
                words.append(s[1:-1] if s.endswith('"') else s[1:])
            continue
        label = s.startswith("Lbl")
        m = re.match(r"Object (\d+) (\d+)", s)
        if m:
            end_of_line()
            name = names.get("%s %s R" % m.groups())
            if name:
                shown.append(Place(dotted(name)))
        elif PDF_LINES.match(s):
            end_of_line()
    end_of_line()
    return shown


# ---- tables in blocks

ROW = re.compile(r"(.*)\.(\d+)\.([^.]+)")


def blocks_of(template, shown):
    """Tables of the template that the document shows as a block for each row, with the labels above
    or beside the places: {repeat: [[index of a place, ...] of each row]}."""
    rows = {}
    for i, t in enumerate(shown):
        m = ROW.fullmatch(t) if isinstance(t, Place) and t in template.places else None
        if m:
            rows.setdefault(m.group(1), {}).setdefault(int(m.group(2)), []).append(i)
    found = {}
    for repeat, of_row in rows.items():
        places = [i for n in sorted(of_row) for i in of_row[n]]
        if len({template.window(shown[i]) for i in places}) == 1 and len(of_row[min(of_row)]) > 1 and \
                all(i and isinstance(shown[i - 1], Text) for i in of_row[min(of_row)]):
            found[repeat] = [of_row[n] for n in sorted(of_row)]
    return found


def tables_again(template, shown):
    """The document with such blocks put together to the table that the template has: the labels of
    the first block are the heads of the columns, in their order. Those of a later one count as these
    heads only when it has the same labels, each before the place of the same column, below the number
    of its row or no number at all. A block in which anything differs stays as it is shown."""
    out, gone = list(shown), set()
    for rows in blocks_of(template, shown).values():
        first = rows[0]
        labels = [shown[i - 1] for i in first]
        columns = [ROW.fullmatch(shown[i]).group(3) for i in first]
        if sorted(first, key=lambda i: template.places[shown[i]][0]) != first or \
                any(b - a != 2 for a, b in zip(first, first[1:])):
            continue
        out[first[0] - 1:first[-1] + 1] = labels + [shown[i] for i in first]
        for places in rows[1:]:
            number = int(ROW.fullmatch(shown[places[0]]).group(2))
            if [shown[i - 1] for i in places] != labels or any(b - a != 2 for a, b in zip(places, places[1:])) or \
                    [ROW.fullmatch(shown[i]).group(3) for i in places] != columns:
                continue
            gone.update(i - 1 for i in places)
            if shown[places[0] - 2] == "Row %d" % number:
                gone.add(places[0] - 2)
    return [t for i, t in enumerate(out) if i not in gone]


# ---- the comparison

def compare(template, shown, allowed):
    """What is wrong, as sentences, and the counts. allowed: compiled expressions."""
    numbers = sorted(template.lines)
    want = [template.lines[n] for n in numbers]
    where = [i for i, t in enumerate(shown) if isinstance(t, Text)]
    have = [str(shown[i]) for i in where]
    wrong, line_of = [], {}     # index in shown -> line of the template
    matcher = difflib.SequenceMatcher(None, want, have, autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for k in range(size):
            line_of[where[b + k]] = numbers[a + k]
    found = set(line_of.values())
    for n in numbers:
        if n not in found:
            moved = template.lines[n] in have
            wrong.append("line %d %s: %s" % (n, "is not in its place" if moved else "is missing",
                                             template.lines[n]))
    right, seen, last = 0, set(), 0
    after, following = {}, {}
    for i in range(len(shown)):
        last = line_of.get(i, last)
        after[i] = last
    last = 10 ** 9
    for i in reversed(range(len(shown))):
        last = line_of.get(i, last)
        following[i] = last
    for i, t in enumerate(shown):
        if isinstance(t, Place):
            if t not in template.places:
                wrong.append("there is a place that the template does not have: %s" % t)
            elif t in seen:
                wrong.append("there are two places for %s" % t)
            else:
                seen.add(t)
                lo, hi = template.window(t)
                same = template.places[t][1]
                a = lo if same and after[i] == same else after[i]
                b = hi if same and following[i] == same else following[i]
                if (a, b) == (lo, hi):
                    right += 1
                else:
                    wrong.append("the place of %s is after line %d, before line %d; it belongs "
                                 "after %d, before %d" % (t, after[i], following[i], lo, hi))
        elif i not in line_of and not any(e.fullmatch(t) for e in allowed):
            wrong.append("the template does not say: %s" % t)
    for path in template.places:
        if path not in seen:
            wrong.append("there is no place for %s (line %d)" % (path, template.places[path][0]))
    return wrong, (len(found), len(numbers), right, len(template.places))


def read(document):
    return read_pdf(document) if document.endswith(".pdf") else read_docx(document)


def check(source, places, extra, shown):
    """compare, with the template and the allowed expressions read from files."""
    template = Template(source, places)
    with open(extra, encoding="utf-8") as f:
        allowed = [re.compile(e) for e in f.read().split("\n") if e and not e.startswith("#")]
    return compare(template, tables_again(template, shown), allowed)


def main(args):
    if len(args) != 4:
        raise SystemExit(__doc__)
    wrong, (lines, all_lines, places, all_places) = check(*args[:3], read(args[3]))
    for w in wrong:
        print(w)
    print("%d of %d lines, %d of %d places, %d faults" % (lines, all_lines, places, all_places,
                                                          len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
