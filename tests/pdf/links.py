"""Links in the PDF: pdf.js finds where they lead, qpdf what they are in the structure, poppler where
their words stand. A link from one page to another leads to the box that it names, from each of its
lines, from left to right and from right to left."""
import json
import os
import re
import subprocess
import tempfile
import unittest

import readers

FORMC = os.environ["FORMC"]
HERE = os.path.dirname(os.path.abspath(__file__))
LAY = os.path.join(os.environ["FORMC_BUILD"], "tests/layout-to-pdf")
FORM = os.path.join(HERE, "links", "form.xml")
HEAD = """<document xmlns="urn:formc:layout:1" lang="en-GB" title="T" held="Held.">
<page width="420" height="500" top="60" right="60" bottom="60" left="60"/>
<style name="s" size="10" leading="14"/><style name="k" face="bold" size="12" leading="18" keep="next"/>
<answers style="s" help="s" rule="808080"/><header style="s"><start>%s</start></header><body>"""
TAIL = "</body></document>"
HEIGHT, ABOVE = 500, 4
FAR = "a place far away that has so many words that they do not fit on a line of this narrow page at all"
ARABIC = "مكان بعيد له كلمات كثيرة حتى إنها لا تتسع في سطر واحد من هذه الصفحة الضيقة بل في سطرين اثنين على الأقل"


def p(text, more="", style="s"):
    return '<p style="%s" %s>%s</p>' % (style, more, text)


def filler(n):
    return p("fill") * n


class Links(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="formc-links-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def lay(self, body, status=0, header="Head"):
        with open(self.path("in.xml"), "w", encoding="utf-8") as f:
            f.write(HEAD % header + body + TAIL)
        done = subprocess.run([LAY, self.path("in.xml"), self.path("out.pdf")], capture_output=True, encoding="utf-8",
                              timeout=60)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stderr if status else self.path("out.pdf")

    def words(self, pdf):
        """[(page, x0, x1, y0, y1, word)], points from the top left corner."""
        out = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout
        found, page = [], 0
        for line in out.splitlines():
            page += "<page " in line
            m = re.search(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>', line)
            if m:
                x0, y0, x1, y1 = (float(v) for v in m.groups()[:4])
                found.append((page, x0, x1, y0, y1, m[5]))
        return found

    def parts(self, link):
        """The rectangles of a link: (x0, x1, top, bottom) from the top of the page."""
        q = link["quads"] or [link["rect"][i] for i in (0, 3, 2, 3, 0, 1, 2, 1)]
        return [(min(q[i:i + 8:2]), max(q[i:i + 8:2]), HEIGHT - max(q[i + 1:i + 8:2]), HEIGHT - min(q[i + 1:i + 8:2]))
                for i in range(0, len(q), 8)]

    def covered(self, pdf, link):
        """The words that stand in a link's parts."""
        return [w[5] for w in self.words(pdf) if w[0] == link["page"] and any(
            x0 - 0.5 <= w[1] and w[2] <= x1 + 0.5 and top < (w[3] + w[4]) / 2 < bottom
            for x0, x1, top, bottom in self.parts(link))]

    def objects(self, pdf):
        return json.loads(subprocess.run(["qpdf", "--json", pdf], capture_output=True, check=True).stdout)["qpdf"][1]

    def not_led_to(self, pdf):
        """Links whose element, by the parent tree, does not refer to them."""
        value = {k: o["value"] for k, o in self.objects(pdf).items() if isinstance(o.get("value"), dict)}
        nums = [n for v in value.values() if "/Nums" in v for n in v["/Nums"]]
        parents = dict(zip(nums[::2], nums[1::2]))
        links = {k: "obj:" + parents[v["/StructParent"]] for k, v in value.items() if v.get("/Subtype") == "/Link"}
        self.assertTrue(links)
        return [k for k, e in links.items() if k not in
                ["obj:" + kid["/Obj"] for kid in value[e]["/K"] if isinstance(kid, dict) and "/Obj" in kid]]

    # -- where they lead --------------------------------------------------------------------------

    def test_every_kind_of_box_can_be_led_to(self):
        kinds = {
            "h": '<h level="1" style="k" id="x">Here</h>',
            "p": p("Here", 'id="x"'),
            "list": '<list style="s" marker="•" id="x"><item>Here</item></list>',
            "item": '<list style="s" marker="•"><item>a</item><item id="x">Here</item></list>',
            "check": '<list style="s"><check name="c" label="l" value="v" id="x">Here</check></list>',
            "table": '<table columns="1" id="x" pad="0"><row><cell>%s</cell></row></table>' % p("Here"),
            "row": '<table columns="1" pad="0"><row><cell>%s</cell></row><row id="x"><cell>%s</cell></row></table>' % (
                p("a"), p("Here")),
            "cell": '<table columns="1 1" pad="0"><row><cell>%s</cell><cell id="x">%s</cell></row></table>' % (p("a"), p("Here")),
            "in a cell": '<table columns="1 1" pad="0"><row><cell>%s</cell><cell>%s%s</cell></row></table>' % (
                p("a"), p("b"), p("Here", 'id="x"')),
            "keep": '<keep id="x">%s%s</keep>' % (p("Here"), p("b")),
            "field": '<field name="f" label="l" kind="text" id="x"><value>Here</value></field>',
            "field in a cell": '<table columns="1" pad="3"><row><cell><field name="f" label="l" kind="text" id="x">'
                               '<value>Here</value></field></cell></row></table>',
        }
        for n in (1, 2, 21, 22, 23):  # so that some begin a page, some end one, and some are moved to the next
            body = p(" ".join('<a to="x%d">it%d</a>' % (i, i) for i in range(len(kinds))))
            for i, box in enumerate(kinds.values()):
                body += filler(n) + box.replace("Here", "Here%d" % i).replace('id="x"', 'id="x%d"' % i).replace(
                    'name="f"', 'name="f%d"' % i)
            pdf = self.lay(body)
            links, words = readers.pdf(pdf)["links"], self.words(pdf)
            self.assertEqual([link["words"] for link in links], ["it%d" % i for i in range(len(kinds))])
            for i, (kind, link) in enumerate(zip(kinds, links)):
                with self.subTest(kind, n=n):
                    here, = (w for w in words if w[5] == "Here%d" % i)
                    self.assertEqual(link["toPage"], here[0])
                    self.assertAlmostEqual(HEIGHT - link["toTop"] + ABOVE, here[3], delta=6)

    def test_a_link_may_lead_back_and_to_its_own_page(self):
        pdf = self.lay(p("Top", 'id="top"') + filler(40) + p('To <a to="top">the top</a>, or <a to="me">here</a>.', 'id="me"'))
        self.assertEqual([(link["words"], link["page"], link["toPage"]) for link in readers.pdf(pdf)["links"]],
                         [("the top", 2, 1), ("here", 2, 2)])

    # -- where they lead from ---------------------------------------------------------------------

    def test_its_lines_are_covered_and_no_other_word(self):
        for words, tongue in ((FAR, ""), (ARABIC, 'lang="ar" dir="rtl"')):
            for inside in (words, "<b>%s</b> %s" % tuple(words.split(" ", 1))):
                pdf = self.lay(p('123 456 <a to="x">%s</a> 789' % inside, tongue) + p("End", 'id="x"'))
                link, = readers.pdf(pdf)["links"]
                self.assertEqual(link["words"], words)
                covered = self.covered(pdf, link)
                # what a geometric reader makes of right-to-left text is its own affair: letters are counted
                self.assertEqual(sorted("".join(covered)), sorted(words.replace(" ", "")))
                self.assertGreater(len(self.parts(link)), 1)
                boxes = self.parts(link)
                self.assertTrue(all(x0 >= 59.9 and x1 <= 360.1 for x0, x1, _, _ in boxes), boxes)
                self.assertTrue(all(a[3] <= b[2] + 0.1 for a, b in zip(boxes, boxes[1:])), boxes)
                x0, y0, x1, y1 = link["rect"]  # of all its parts, for viewers that know no others
                self.assertAlmostEqual(x0, min(b[0] for b in boxes), delta=0.05)
                self.assertAlmostEqual(x1, max(b[1] for b in boxes), delta=0.05)
                self.assertAlmostEqual(HEIGHT - y1, min(b[2] for b in boxes), delta=0.05)
                self.assertAlmostEqual(HEIGHT - y0, max(b[3] for b in boxes), delta=0.05)

    def test_a_link_over_two_pages_has_a_part_on_either(self):
        pdf = self.lay(filler(25) + p('<a to="x">%s</a>' % " ".join([FAR] * 3)) + p("End", 'id="x"'))
        links = readers.pdf(pdf)["links"]
        self.assertEqual([link["page"] for link in links], [1, 2])
        words = [w for link in links for w in self.covered(pdf, link)]
        self.assertEqual(words, (FAR + " ").split() * 3)
        objects = self.objects(pdf)
        elements = [o["value"] for o in objects.values() if o.get("value", {}) and isinstance(o.get("value"), dict)
                    and o["value"].get("/S") == "/Link"]
        self.assertEqual(len(elements), 1)
        self.assertEqual(sum(isinstance(k, dict) and k["/Type"] == "/OBJR" for k in elements[0]["/K"]), 2)

    # -- what it is -------------------------------------------------------------------------------

    def test_what_a_screen_reader_gets(self):
        """The element Link holds the words and refers to the annotation, which leads back to it."""
        pdf = self.lay(p('Before <a to="x" colour="0B3D63">the <i>linked</i> words</a> after') + p("End", 'id="x"'))
        objects = self.objects(pdf)
        value = {k: o["value"] for k, o in objects.items() if isinstance(o.get("value"), dict)}
        (key, a), = ((k, v) for k, v in value.items() if v.get("/Subtype") == "/Link")
        self.assertEqual((a["/Contents"], a["/F"], a["/Border"]), ("u:the linked words", 4, [0, 0, 0]))
        (name, element), = ((k, v) for k, v in value.items() if v.get("/S") == "/Link")
        mcid, ref = element["/K"]
        self.assertEqual((ref["/Type"], "obj:" + ref["/Obj"]), ("/OBJR", key))
        paragraph = value["obj:" + element["/P"]]
        self.assertEqual(paragraph["/S"], "/P")
        self.assertEqual(["obj:" + k if isinstance(k, str) else k for k in paragraph["/K"]], [mcid - 1, name, mcid + 1])
        nums = [n for v in value.values() if "/Nums" in v for n in v["/Nums"]]
        parents = dict(zip(nums[::2], nums[1::2]))
        self.assertEqual("obj:" + parents[a["/StructParent"]], name)
        page = value["obj:" + a["/P"]]
        self.assertEqual(("obj:" + parents[page["/StructParents"]][mcid], page["/Tabs"]), (name, "/S"))
        told = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, encoding="utf-8", check=True).stdout
        self.assertRegex(told, r'P \(block\)\n +"Before "\n +Link \(inline\)\n +"the linked words"\n +Object .*\n +" after"')

    def test_an_element_that_does_not_lead_to_its_link_is_noticed(self):
        pdf = self.lay(p('<a to="x">one</a> <a to="x">two</a>', 'id="x"'))
        self.assertEqual(self.not_led_to(pdf), [])
        subprocess.run(["qpdf", "--qdf", "--object-streams=disable", pdf, self.path("qdf.pdf")], check=True)
        with open(self.path("qdf.pdf"), "rb") as f:
            broken, n = re.subn(rb"\n    <<\n      /Obj \d+ 0 R\n      /Pg \d+ 0 R\n      /Type /OBJR\n    >>", b"", f.read(), count=1)
        self.assertEqual(n, 1)
        with open(self.path("broken.qdf"), "wb") as f:
            f.write(broken)
        with open(self.path("broken.pdf"), "wb") as f:
            subprocess.run(["fix-qdf", self.path("broken.qdf")], stdout=f, check=True)
        self.assertEqual(len(self.not_led_to(self.path("broken.pdf"))), 1)

    def test_it_is_seen_without_colour(self):
        """A line below the words, as wide as they are, outside the structure."""
        def rules(body):
            pdf = self.lay(body)
            page = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", pdf, "-"], capture_output=True, check=True)
            return re.findall(rb"/Artifact BMC\nq\n([\d. ]+) rg\n([\d. ]+) re f\nQ\nEMC", page.stdout)
        self.assertEqual(rules(p("no link")), [])
        (colour, box), = rules(p('<a to="x" colour="0B3D63">words</a>', 'id="x"'))
        self.assertEqual(colour, b"0.04 0.24 0.39")
        x, y, w, h = (float(v) for v in box.split())
        word, = (v for v in self.words(self.path("out.pdf")) if v[5] == "words")
        self.assertAlmostEqual(x, word[1], delta=0.5)
        self.assertAlmostEqual(x + w, word[2], delta=0.5)
        self.assertTrue(word[3] < HEIGHT - y < word[4] + 1 and 0.3 < h < 1, (box, word))
        (colour, _), = rules(p('<a to="x">words</a>', 'id="x"'))
        self.assertEqual(colour, b"0 0 0")

    def test_a_repeated_header_row_has_its_links_once(self):
        head = '<row header="yes"><cell>%s</cell></row>' % p('See <a to="x">it</a>', 'id="x"')
        pdf = self.lay('<table columns="1">%s%s</table>' % (head, ("<row><cell>%s</cell></row>" % p("a")) * 60))
        self.assertEqual([(link["page"], link["toPage"]) for link in readers.pdf(pdf)["links"]], [(1, 1)])
        self.assertGreater(sum(w[5] == "it" for w in self.words(pdf)), 1)

    def test_what_cannot_be_a_link_is_told(self):
        for body, why in (
                (p('<a to="y">words</a>'), "a link to a place that is not there"),
                (p("<a>words</a>"), "a link to a place that is not there"),
                (p('<a to="x"/>', 'id="x"'), "a link without words"),
                (p('<a to="x"> </a>', 'id="x"'), "a link without words"),
                (p('<a to="x">%s</a>' % ("w" * 5000), 'id="x"'), "a link without words, or with too many"),
                (p('<a to="x">one <a to="x">two</a></a>', 'id="x"'), "an element that does not belong"),
                (p("a", 'id="x"') + p("b", 'id="x"'), "two places with one id"),
                (p('<a to="x" colour="blue">words</a>', 'id="x"'), "a colour")):
            with self.subTest(why):
                self.assertIn(why, self.lay(body, status=1))
        self.assertIn("a link where nothing is read out", self.lay(p("x", 'id="x"'), 1, '<a to="x">words</a>'))

    # -- the forms --------------------------------------------------------------------------------

    def test_every_reference_of_a_form_leads_to_its_place(self):
        """To a question's label, to a heading; what repeats, and so has no one place, to its heading."""
        there = {"A column": "Rows", "B column": "Blocks", "C column": "Repeats"}
        with open(FORM, encoding="utf-8") as f:
            n = f.read().count("<ref ")
        plan = self.path("plan.xml")
        subprocess.run([FORMC, "new", FORM, "-o", plan], check=True, capture_output=True)
        for theme in ("plain", "large-print"):
            for kind, lost in (("form", 0), ("record", 3)):  # a record has no hints
                pdf = self.path("%s.pdf" % kind)
                subprocess.run([FORMC, "fill", FORM, plan, "-o", pdf, "--as", kind, "--theme", theme, "--force"],
                               check=True, capture_output=True)
                links = readers.pdf(pdf)["links"]
                self.assertEqual(len({(link["words"], link["page"], tuple(link["rect"])) for link in links}), len(links))
                self.assertEqual(self.not_led_to(pdf), [])
                # Further rows have links there and back, which further.py looks at.
                area = min([link["toPage"] for link in links if link["words"] == "Further rows"], default=1000)
                links = [link for link in links if link["words"] != "Further rows" and link["page"] < area]
                self.assertEqual(len(links), n - lost)
                words = self.words(pdf)
                for link in links:
                    wanted = there.get(link["words"], link["words"]).split()
                    top = 841.89 - link["toTop"] + ABOVE
                    near = [w[5].rstrip(":") for w in words if w[0] == link["toPage"] and top - 3 <= w[3] <= top + 26]
                    self.assertTrue(set(wanted) <= set(near), (theme, kind, link, near))


if __name__ == "__main__":
    unittest.main()
