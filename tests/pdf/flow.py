"""The flow of text over pages, seen in the PDF by poppler, qpdf and pdf.js: where words stand, and
what is in the tags. Each property is looked for in a layout that has it and in one that cannot
have it, where the same look has to find that it is missing."""
import collections
import json
import os
import re
import subprocess
import tempfile
import unittest

import readers

LAY = os.path.join(os.environ["FORMC_BUILD"], "tests/layout-to-pdf")
HEAD = """<document xmlns="urn:formc:layout:1" lang="en-GB" title="T" held="Held.">
<page width="420" height="500" top="60" right="60" bottom="60" left="60"/>
<style name="s" size="10" leading="14"/><style name="in" size="10" leading="14" indent="9"/>
<style name="k" face="bold" size="12" leading="18" before="10" after="6" keep="next"/>
<style name="free" face="bold" size="12" leading="18" before="10" after="6"/>
<style name="f" size="8" leading="11"/>
<answers style="s" help="s" rule="808080"/>
<header style="f"><start>Running head</start></header>
<footer style="f"><end>Page <page/> of <pages/></end></footer><body>"""
TAIL = "</body></document>"
LINES = 27  # of 14 points on a page
# Without pairs that are kerned: fields are set without, because viewers set them so.
WORDS = "minimum human union 20 481 in miniminimumhumanunionunionhumanminimumhumanminimum mum nun. "

Word = collections.namedtuple("Word", "page x y text")


def p(text, style="s"):
    return '<p style="%s">%s</p>' % (style, text)


def lines(name, n):
    """A text of n lines, of which each begins with the name and its number."""
    return '<p style="s" space="keep">%s</p>' % "\n".join("%s_%d." % (name, i) for i in range(1, n + 1))


def filler(n):
    return "".join(p("fill") for _ in range(n))


class Flow(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="formc-flow-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def lay(self, body, told=""):
        xml, pdf = os.path.join(self.folder, "in.xml"), os.path.join(self.folder, "out.pdf")
        with open(xml, "w", encoding="utf-8") as f:
            f.write(HEAD + body + TAIL)
        done = subprocess.run([LAY, xml, pdf], capture_output=True, encoding="utf-8", timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(re.findall("L[0-9]{3}", done.stderr), told.split())
        return pdf

    def words(self, pdf):
        """In the order of the page; page from 1."""
        out = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout
        found, page = [], 0
        for line in out.splitlines():
            page += "<page " in line
            m = re.search(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" .*>(.*)</word>', line)
            if m:
                found.append(Word(page, float(m[1]), float(m[2]), m[3]))
        return found

    def tagged(self, pdf):
        return subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, encoding="utf-8", check=True).stdout

    def pages_of(self, words, name):
        """page -> how many lines of the text called name stand on it."""
        return collections.Counter(w.page for w in words if re.fullmatch(re.escape(name) + r"_\d+\.", w.text))

    # -- headings ---------------------------------------------------------------------------------

    def test_a_heading_can_begin_a_page(self):
        def pages(body):
            return [(w.page, w.text) for w in self.words(self.lay(body)) if w.text in ("first", "begin", "last")]
        head = '<h level="1" style="%s"%s>begin</h>'
        self.assertEqual(pages(p("first") + head % ("k", "") + p("last")), [(1, "first"), (1, "begin"), (1, "last")])
        for style in ("k", "free"):
            new = head % (style, ' page="new"')
            want = [(1, "first"), (2, "begin"), (2, "last")]
            self.assertEqual(pages(p("first") + new + p("last")), want)
            self.assertEqual(pages("<keep>" + p("first") + new + p("last") + "</keep>"), want)
            self.assertEqual(pages(p("first", "k") + new + p("last")), want)
            self.assertEqual(pages(new + p("last")), [(1, "begin"), (1, "last")])  # no empty page
            # Behind a full page, too.
            full = p("first") + filler(LINES - 1)
            self.assertEqual(pages(full + new + p("last")), want)

    # -- tables -----------------------------------------------------------------------------------

    def test_empty_places_of_a_table_can_be_less_high(self):
        def last(table, value=""):
            body = ('<table columns="1" rule="808080"%s><row><cell><field name="a" label="a" kind="prose" lines="9">'
                    "<value>%s</value></field></cell></row></table>" % (table, value)) + p("last")
            return next(w.y for w in self.words(self.lay(body)) if w.text == "last")
        nine, two = last(""), last(' lines="2"')
        self.assertAlmostEqual(nine - two, 7 * 14, delta=0.5)
        self.assertAlmostEqual(last(' lines="20"'), nine, delta=0.5)  # never higher
        self.assertAlmostEqual(last(' lines="2"', "a\nb\nc\nd\ne"), two + 3 * 14, delta=0.5)  # it grows

    def pages_without_header(self, body):
        """Pages with words of the table but not those of its header above them."""
        words = self.words(self.lay(body))
        bad = []
        for page in {w.page for w in words if w.text.startswith("row")}:
            head = [w for w in words if w.page == page and w.text == "Heading"]
            first = min(w.y for w in words if w.page == page and w.text.startswith("row"))
            if len(head) != 1 or head[0].y > first:
                bad.append(page)
        self.assertGreater(max(w.page for w in words), 2)
        return bad

    def table(self, rows, header="yes", keep=""):
        head = ('<row header="%s"><cell head="column" fill="EEEEEE">%s<list style="s" marker="•"><item>hint</item></list>'
                '</cell><cell head="column">%s</cell></row>' % (header, p("Heading"), p("Second")))
        return '<table columns="1 1" rule="000000" pad="4" side="6" keep="%s">%s%s</table>' % (keep, head, "".join(rows))

    def test_header_rows_are_repeated(self):
        many = ["<row><cell>%s</cell><cell>%s</cell></row>" % (p("row %d" % i), p("x")) for i in range(90)]
        tall = ["<row><cell>%s</cell><cell>%s</cell></row>" % (p("label"), lines("row", 70))]
        for body in (filler(20) + self.table(many), filler(20) + self.table(tall)):
            self.assertEqual(self.pages_without_header(body), [])
            pdf = self.lay(body)
            # in the tags once, with its hint; each further time an artifact
            tagged = self.tagged(pdf)
            self.assertEqual((tagged.count('"Heading"'), tagged.count('"hint"'), tagged.count("THead")), (1, 1, 1))
            words = self.words(pdf)
            reached = {w.page for w in words if w.text.startswith("row")}
            self.assertEqual(sum(w.text == "hint" for w in words), len(reached))
        self.assertTrue(self.pages_without_header(filler(20) + self.table(many, header="no")))
        self.assertTrue(self.pages_without_header(filler(20) + self.table(tall, header="no")))

    def split_rows(self, words, names):
        return [n for n in names if len(self.pages_of(words, n)) > 1]

    def test_rows_split_only_when_they_must(self):
        names = ["r%d" % i for i in range(1, 30)]
        rows = ["<row><cell>%s</cell><cell>%s</cell></row>" % (lines(n, 5), p("x")) for n in names]
        words = self.words(self.lay(self.table(rows)))
        self.assertEqual(self.split_rows(words, names), [])
        # the same lines as one row, which is taller than a page
        one = ["<row><cell>%s</cell><cell>%s</cell></row>" % ("".join(lines(n, 5) for n in names), p("x"))]
        words = self.words(self.lay(filler(3) + self.table(one)))
        self.assertTrue(self.split_rows(words, names))
        self.assertIn(1, self.pages_of(words, "r1"))  # it begins where it stands, not on a page of its own
        self.assertEqual(sum(w.text.endswith(".") and "_" in w.text for w in words), 5 * len(names))

    def test_a_row_is_never_an_empty_frame_at_the_foot(self):
        """Where not even two lines fit, all of it goes on; label and answer begin on one page."""
        for n in range(LINES - 4, LINES):
            body = filler(n) + self.table(["<row><cell>%s</cell><cell>%s</cell></row>" % (p("label"), lines("row", 60))])
            words = self.words(self.lay(body))
            self.assertEqual(min(self.pages_of(words, "row")), [w.page for w in words if w.text == "label"][0], n)

    # -- what stays together ----------------------------------------------------------------------

    def parted(self, style):
        """Heights of filler at which a heading stands on another page than what follows it."""
        found = []
        for n in range(LINES - 6, LINES + 1):
            for kind, follows in (("p", lines("t", 6)), ("list", '<list style="s" marker="•"><item>t_1.</item></list>'),
                                  ("table", "<table columns='1'><row><cell>%s</cell></row></table>" % lines("t", 4)),
                                  ("field", "<field name='a' label='l' lines='3' kind='prose'><value>t_1.</value></field>")):
                words = self.words(self.lay(filler(n) + p("One", style) + p("Two", style) + follows))
                at = [w.page for w in words if w.text in ("One", "Two", "t_1.")]
                self.assertEqual(len(at), 3)
                if len(set(at)) != 1:
                    found.append((n, kind))
        return found

    def test_headings_stay_with_what_follows(self):
        self.assertEqual(self.parted("k"), [])
        self.assertEqual({kind for _, kind in self.parted("free")}, {"p", "list", "table", "field"})

    def test_a_chain_longer_than_a_page_ends(self):
        words = self.words(self.lay("".join(p("chain", "k") for _ in range(100)) + p("end")))
        self.assertEqual(sum(w.text == "chain" for w in words), 100)
        # 28 points each: 13 on a page, and one break more before what can stay together
        self.assertLessEqual(words[-1].page, 100 // 13 + 2)

    def lonely(self, wrap):
        """Heights of filler at which fewer than two lines of a text stand on a page."""
        found = []
        for n in range(LINES - 6, LINES + 1):
            for length in (3, 4, 5, 31, 60):
                at = self.pages_of(self.words(self.lay(filler(n) + wrap(length))), "t")
                self.assertEqual(sum(at.values()), length)
                if min(at.values()) < 2:
                    found.append((n, length))
        return found

    def test_no_line_stands_alone(self):
        wraps = {
            "paragraph": lambda n: lines("t", n),
            "cell": lambda n: '<table columns="1 1" pad="4"><row><cell>%s</cell><cell>%s</cell></row></table>' % (
                p("x"), lines("t", n)),
            "item": lambda n: '<list style="s" marker="•"><item>%s</item></list>' % self.long_item(n),
        }
        for name, wrap in wraps.items():
            self.assertEqual(self.lonely(wrap), [], name)
        self.assertTrue(self.lonely(lambda n: "".join(p("t_%d." % i) for i in range(1, n + 1))))

    def long_item(self, n):
        """Items fold white space: each line is one long word and a short one."""
        return " ".join("t_%d. %s" % (i, "w" * 32) for i in range(1, n + 1))

    # -- lists, furniture, bookmarks --------------------------------------------------------------

    def test_more_parts_than_an_array_may_hold(self):
        """libharu ends an array at 32,767 (its HPDF_LIMIT_MAX_ARRAY)."""
        for body in ("".join(p("fill") for _ in range(34000)),
                     '<table columns="1">%s</table>' % "".join(
                         "<row><cell>%s</cell></row>" % p("fill") for _ in range(34000))):
            pdf = self.lay(body)
            said = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", pdf, "-"], capture_output=True, check=True)
            self.assertEqual(len(re.findall(rb"/S /P\b", said.stdout)), 34000)

    def test_lists_are_tagged(self):
        pdf = self.lay('<list style="s" marker="•">%s</list>' % "".join("<item>item %d</item>" % i for i in range(40)))
        tagged = self.tagged(pdf)
        item = r' +LI \(block\)\n +Lbl \(block\)\n +"• ?"\n +LBody \(block\)\n +"item \d+"\n'
        self.assertEqual(len(re.findall(r"(?m)^ *L \(block\):?\n", tagged)), 1)
        self.assertEqual(len(re.findall(item, tagged)), 40, tagged[:600])

    def test_furniture_counts_pages_and_is_not_read_out(self):
        pdf = self.lay(filler(5 * LINES))
        words = self.words(pdf)
        feet = [" ".join(w.text for w in words if w.page == n and w.y > 440) for n in range(1, 6)]
        self.assertEqual(feet, ["Page %d of 5" % n for n in range(1, 6)])
        self.assertEqual(sum(w.text == "Running" and w.y < 60 for w in words), 5)
        tagged = self.tagged(pdf)
        self.assertNotIn("Page", tagged)
        self.assertNotIn("Running", tagged)

    def test_bookmarks_nest_as_headings(self):
        levels = [(1, "A"), (2, "B"), (3, "C"), (3, "D"), (2, "E"), (1, "F"), (2, "G")]
        pdf = self.lay("".join('<h level="%d" style="k">%s</h>%s' % (n, t, filler(13)) for n, t in levels))
        self.assertEqual(readers.pdf(pdf)["outline"], ["  " * (n - 1) + t for n, t in levels])
        told = json.loads(subprocess.run(["qpdf", "--json=1", "--json-key=outlines", pdf], capture_output=True, check=True).stdout)

        def pages(marks):
            for m in marks:
                yield m["title"], m["destpageposfrom1"]
                yield from pages(m["kids"])
        at = {w.text: w.page for w in self.words(pdf) if w.text in "ABCDEFG"}
        self.assertEqual(dict(pages(told["outlines"])), at)

    # -- one way of breaking lines ----------------------------------------------------------------

    def test_page_text_and_answers_break_alike(self):
        """A paragraph, and a field whose text has the same width: 300 points less 9."""
        text = WORDS * 9 + "\u0633\u0644\u0627\u0645 \u05e9\u05dc\u05d5\u05dd " * 20
        pdf = self.lay('<p style="in">%s</p><field name="a" label="l" kind="prose" lines="1"><value>%s</value></field>' % (
            text, text.strip()), "L107")
        rows = collections.OrderedDict()
        for w in self.words(pdf):
            if 60 <= w.y < 440:
                rows.setdefault((w.page, round(w.y)), []).append(w.text)
        rows = [sorted(r) for r in rows.values()]
        self.assertEqual(len(rows) % 2, 0)
        self.assertEqual(rows[:len(rows) // 2], rows[len(rows) // 2:])
        self.assertGreater(len(rows), 20)

    def test_answer_areas_grow(self):
        def height(n):
            pdf = self.lay('<field name="a" label="l" kind="prose" lines="3"><value>%s</value></field>' % "\n".join("x" * n))
            data = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", pdf, "-"], capture_output=True, check=True).stdout
            box = re.search(rb"/Rect \[\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)", data)
            return float(box[4]) - float(box[2])
        self.assertEqual(height(1), height(3))
        self.assertAlmostEqual(height(20) - height(10), 140, delta=0.1)


if __name__ == "__main__":
    unittest.main()
