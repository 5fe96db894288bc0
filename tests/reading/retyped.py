"""formc read: places that are gone, and what was typed where they were. It is found by the words
beside it or not at all: never in the place of another question."""

import os
import re
import unittest

import reading
from reading import BODY, FORMC, TOP, change, run, slurp, words  # noqa: F401

FORM = os.path.join(TOP, "tests", "golden", "kinds", "form.xml")
HEAD = ('<?xml version="1.0" encoding="UTF-8"?>\n<kinds xmlns="urn:formc:data:kinds" xmlns:p="urn:formc:plan:1" p:form="kinds" '
        'p:version="1.0.0" p:id="urn:uuid:00000000-0000-4000-8000-000000000001">\n')
ANSWERS = """
  <text><line>Given line</line><helps>large-print</helps></text>
  <about><agrees>no</agrees><why>Given reason</why><helps>advocate</helps></about>
  <plan>
    <step p:row="s-1"><what>Sand</what><by>Ada</by><day>2026-03-01</day><with>advocate none</with></step>
    <step p:row="s-2"><what>Paint</what><by>Bob</by><day>2026-03-02</day></step>
    <step p:row="s-3"><what>Dry</what><by>Cy</by></step>
  </plan>
"""
CONTROL = r'<w:sdt><w:sdtPr>(?:(?!</w:sdtPr>).)*<w:tag w:val="%s"/>.*?<w:sdtContent>(.*?)</w:sdtContent></w:sdt>'
MARK = r'<w:bookmarkStart w:id="\d+" w:name="[^"]*"/>%s<w:bookmarkEnd w:id="\d+"/>'


def flat(paths=r"[^\"]*", text=None):
    """The controls and bookmarks of some places become plain text; text: put there instead."""
    place = re.compile(MARK % (CONTROL % paths), re.DOTALL)
    return lambda body: place.sub(lambda m: m[1] if text is None else words(text), body)


def row_with(body, text):
    return next(r for r in re.findall(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>", body, re.DOTALL) if text in r)


def paragraph_with(body, text):
    return next(p for p in re.findall(r"<w:p>(?:(?!</w:p>).)*</w:p>", body, re.DOTALL) if text in p)


class Retyped(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        reading.Reading.setUpClass.__func__(cls)
        cls.write("given.xml", HEAD + ANSWERS + "</kinds>\n")
        run("fill", FORM, cls.path("given.xml"), "-o", cls.path("plan.xml"), "--force")
        run("fill", FORM, cls.path("plan.xml"), "-o", cls.path("kinds.docx"))
        cls.docx = slurp(cls.path("kinds.docx"))
        cls.plan = slurp(cls.path("plan.xml"))

    tearDownClass = classmethod(reading.Reading.tearDownClass.__func__)
    path = classmethod(reading.Reading.path.__func__)
    write = classmethod(reading.Reading.write.__func__)

    def read(self, *edits, remove=()):
        """(what the plan has of each question, the codes of each path)"""
        def edit(body):
            for one in edits:
                new = one(body)
                self.assertNotEqual(new, body)
                body = new
            return body
        self.write("back", change(self.docx, {BODY: edit}, remove))
        done = run("read", FORM, self.path("back"), "--into", self.path("plan.xml"), "--by", "person", "--at", reading.AT, "-o",
                   self.path("out.xml"), "--force", expect=None)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        codes = {}
        for code, path in re.findall(rb"\[(R\d+)\]: [^\n]*\(([a-z][^() ]*/[^() ]*)\)", done.stderr):
            codes.setdefault(path.decode(), set()).add(code.decode())
        return slurp(self.path("out.xml")).decode(), codes

    def answers(self, plan):
        return re.sub(r"\s*<p:history>.*</p:history>", "", plan, flags=re.DOTALL)

    def has(self, plan, name, text):
        self.assertIn("<%s>%s</%s>" % (name, text, name), plan)

    # -- everything became plain text --------------------------------------------------------------

    def test_nothing_moves_when_everything_is_plain_text(self):
        """With the store and without it: what can be found is as it was, what cannot is told."""
        for remove in ((), ["customXml/item1.xml"]):
            plan, codes = self.read(flat(), remove=remove)
            self.assertEqual(plan.encode(), self.plan)
            for path in ("text/line", "text/helps", "about/agrees", "about/why", "about/helps", "about/across", "plan/step[s-1]/what",
                         "plan/step[s-1]/with", "plan/step[s-2]/day", "plan/step[s-3]/by", "signatures/person/helped"):
                self.assertEqual(codes[path], {"R115"}, path)
            for path in ("text/prose", "text/who", "about/name", "plan/step[s-3]/day", "signatures/person/mark"):
                self.assertEqual(codes[path], {"R102"}, path)

    def test_an_answer_is_not_taken_for_the_one_before_it(self):
        """A blank question whose place is gone, and behind it one with an answer."""
        def typed(body):
            return flat()(flat("text/prose", "")(flat("about/agrees", "")(flat("text/line", "New line")(body))))
        plan, codes = self.read(typed)
        self.assertNotIn("<prose>", plan)
        self.has(plan, "line", "New line")
        self.has(plan, "agrees", "no")
        self.assertEqual((codes["text/prose"], codes["about/agrees"]), ({"R102"}, {"R102"}))

    def test_a_label_that_stands_twice_says_nothing(self):
        twice = "<w:p>%s</w:p><w:p>%s</w:p>" % (words("2. In one line"), words("Other"))
        for where in ("before", "behind"):
            def more(body):
                label = paragraph_with(body, "2. In one line")
                answer = paragraph_with(body, "Given line")
                return body.replace(label, twice + label) if where == "before" else body.replace(answer, answer + twice)
            plan, codes = self.read(more, flat("text/line"))
            self.assertEqual((plan.encode(), codes["text/line"]), (self.plan, {"R102"}))

    def test_a_choice_typed_in_words(self):
        plan, codes = self.read(flat("about/agrees", "Yes"))
        self.has(plan, "agrees", "yes")
        self.assertEqual(codes, {"about/agrees": {"R115"}})

    # -- rows of a table -----------------------------------------------------------------------------

    def test_a_cell_is_found_by_its_column_and_what_is_left_of_its_row(self):
        plan, codes = self.read(flat(r"plan/step\[2\]/by", "Eve"))
        self.assertEqual(self.answers(plan), self.plan.decode().replace("<by>Bob</by>", "<by>Eve</by>"))
        self.assertEqual(codes, {"plan/step[s-2]/by": {"R115"}})

        def less(body):  # a row above is gone: the others are still where they are
            return body.replace(row_with(body, "plan/step[1]/what"), "")
        plan, codes = self.read(flat(r"plan/step\[2\]/by", "Eve"), less)
        self.has(plan, "by", "Eve")
        self.has(plan, "by", "Ada")
        self.assertEqual(codes["plan/step[s-2]/by"], {"R115"})
        self.assertEqual(codes["plan/step[s-1]/by"], {"R102"})

    def test_rows_are_counted_only_while_none_is_missing_or_new(self):
        every = flat(r"plan/step\[\d\]/[^\"]*")
        plan, codes = self.read(flat(r"plan/step\[2\]/by", "Eve"), every)
        self.assertEqual(self.answers(plan), self.plan.decode().replace("<by>Bob</by>", "<by>Eve</by>"))
        for edit in (lambda b: b.replace(row_with(b, "Sand"), ""), lambda b: b.replace(row_with(b, "Sand"), row_with(b, "Sand") * 2)):
            plan, codes = self.read(flat(r"plan/step\[2\]/by", "Eve"), every, edit)
            self.assertEqual(plan.encode(), self.plan)
            for row in ("s-1", "s-2", "s-3"):
                self.assertEqual(codes["plan/step[%s]/what" % row], {"R102"})

    def test_a_head_that_is_gone_or_stands_twice_says_nothing(self):
        every = flat(r"plan/step\[\d\]/[^\"]*")
        head = lambda b: row_with(b, ">By whom<")  # noqa: E731
        for edit in (lambda b: b.replace(head(b), ""), lambda b: b.replace(">By whom<", ">Who<"),
                     lambda b: b.replace(head(b), head(b) * 2),
                     lambda b: b.replace(head(b), head(b).replace(">What<", ">#<").replace(">By whom<", ">What<").replace(">#<", ">By whom<"))):
            plan, codes = self.read(flat(r"plan/step\[2\]/by", "Eve"), every, edit)
            self.assertEqual(plan.encode(), self.plan)
            self.assertEqual(codes["plan/step[s-2]/by"], {"R102"})

    def test_a_row_that_was_blank_and_became_text(self):
        """Also without the store, when nothing says how many rows were blank but the form."""
        blank = self.docx
        self.write("two.xml", re.sub(r'\s*<step p:row="s-3">.*?</step>', "", self.plan.decode(), flags=re.DOTALL))
        run("fill", FORM, self.path("two.xml"), "-o", self.path("two.docx"), "--force")
        try:
            self.docx, three = slurp(self.path("two.docx")), self.plan
            self.write("plan.xml", slurp(self.path("two.xml")))
            for remove in ((), ["customXml/item1.xml"]):
                plan, codes = self.read(flat(r"plan/step\[3\]/what", "Dry"), flat(), remove=remove)
                self.assertRegex(plan, r'<step p:row="person-3">\s*<what>Dry</what>\s*</step>')
                self.assertEqual(codes["plan/step[person-3]/what"], {"R115"})
        finally:
            self.docx = blank
            self.write("plan.xml", three)

    def test_a_column_of_boxes(self):
        """Ticked and cleared by hand in a row of which nothing else is left."""
        every = flat(r"plan/step\[\d\]/[^\"]*")

        def tick(body):
            row = row_with(body, "Paint")
            return body.replace(row, row.replace("\u2610", "\u2612", 1))

        def clear(body):
            row = row_with(body, "Sand")
            return body.replace(row, row.replace("\u2612", "\u2610", 1))
        plan, codes = self.read(every, tick, clear)
        self.assertEqual(re.findall("<with>(.*?)</with>", plan), ["none", "advocate"])
        self.assertEqual(codes["plan/step[s-2]/with"], {"R115"})

    # -- boxes -----------------------------------------------------------------------------------------

    def boxes(self, sign, behind=False):
        """The boxes of text/helps are gone; the interpreter's is this sign."""
        def edit(body):
            body = flat("text/helps/[^\"]*")(body)
            line = next(p for p in re.findall(r"<w:p>(?:(?!</w:p>).)*</w:p>", body[body.index("What would help you?"):], re.DOTALL)
                        if "An interpreter" in p)
            words_of = words("An interpreter, or somebody who signs")
            new = "<w:p>%s</w:p>" % (words_of + words(sign) if behind else words(sign) + words_of)
            return body.replace(line, new, 1)
        return edit

    def test_boxes_that_were_retyped(self):
        for sign in ("\u2612 ", "\u2612\t", "\u2611", "\u2713 ", "x ", "X  "):
            plan, codes = self.read(self.boxes(sign))
            self.has(plan, "helps", "interpreter large-print")
            self.assertEqual(codes, {"text/helps": {"R115"}})
        plan, codes = self.read(self.boxes(" \u2612", behind=True))
        self.has(plan, "helps", "interpreter large-print")
        plan, codes = self.read(self.boxes("\u2610 "))
        self.assertEqual((plan.encode(), codes), (self.plan, {"text/helps": {"R115"}}))

    def test_a_line_that_is_no_box_ticks_nothing(self):
        for sign in ("x", "", "\u2612\u2610 ", "not "):
            plan, codes = self.read(self.boxes(sign))
            self.assertEqual(plan.encode(), self.plan)
            self.assertIn("R115", codes["text/helps"])  # the other boxes

    def test_one_box_that_was_retyped(self):
        plan, codes = self.read(flat("text/helps/advocate", "\u2612"))
        self.has(plan, "helps", "advocate large-print")
        self.assertEqual(codes, {"text/helps": {"R115"}})

    def test_boxes_with_and_without_their_place_are_one_answer(self):
        def tick(body):
            return re.sub(MARK % (CONTROL % "text/helps/interpreter"), lambda m: m[0].replace("\u2610", "\u2612"), body, flags=re.DOTALL)
        plan, codes = self.read(flat("text/helps/advocate", "\u2612"), tick)
        self.has(plan, "helps", "advocate interpreter large-print")
        self.assertEqual(codes, {"text/helps": {"R115"}})

        def bare(body):  # a control without its bookmark, and one of which only the bookmark is left
            body = re.sub(r'<w:bookmarkStart w:id="\d+" w:name="[^"]*"/>(%s)<w:bookmarkEnd w:id="\d+"/>' % (CONTROL % "text/helps/advocate"),
                          lambda m: m[1].replace("\u2610", "\u2612"), body, flags=re.DOTALL)
            return re.sub(CONTROL % "text/helps/interpreter", lambda m: words("\u2612"), body, flags=re.DOTALL)
        plan, codes = self.read(bare)
        self.has(plan, "helps", "advocate interpreter large-print")
        self.assertEqual(codes, {})

    def test_boxes_that_are_gone_beside_one_that_was_ticked_are_told(self):
        def gone(body):
            return body.replace(paragraph_with(body, "text/helps/large-print"), "")
        plan, codes = self.read(flat("text/helps/advocate", "\u2612"), gone)
        self.has(plan, "helps", "advocate large-print")
        self.assertEqual(codes, {"text/helps": {"R115", "R119"}})

    def test_three_answers_of_boxes_are_told(self):
        def three(body):  # one box ticked in its control, one in a bookmark beside its control, one in the store
            ticked = re.compile(MARK % (CONTROL % "text/helps/advocate"), re.DOTALL)
            body = ticked.sub(lambda m: m[0].replace("\u2610", "\u2612"), body)
            beside = re.compile("(<w:bookmarkStart[^>]*>)(%s)(<w:bookmarkEnd[^>]*>)" % (CONTROL % "text/helps/interpreter"), re.DOTALL)
            return beside.sub(lambda m: m[1] + words("\u2612") + m[4] + m[2], body)
        none = ("<text.helps.none>false<", "<text.helps.none>true<")
        self.write("back", change(self.docx, {BODY: three, "customXml/item1.xml": lambda s: s.replace(*none)}))
        done = run("read", FORM, self.path("back"), "--into", self.path("plan.xml"), "--by", "person", "-o", self.path("out.xml"),
                   "--force", expect=1)
        self.assertEqual(set(re.findall(rb"\[(R\d+)\]", done.stderr)), {b"R101", b"R120"})
        plan = slurp(self.path("out.xml")).decode()
        self.has(plan, "p:stored", "large-print none")
        self.has(plan, "helps", "large-print")

    def test_a_box_that_stands_twice_is_not_read(self):
        def twice(body):
            line = paragraph_with(body, "An interpreter")
            return body.replace(line, line + line.replace("\u2610", "\u2612"), 1)
        plan, codes = self.read(flat("text/helps/[^\"]*"), twice)
        self.assertEqual(plan.encode(), self.plan)

    def test_boxes_of_one_question_are_not_those_of_another(self):
        """Four questions have the same boxes; the labels of two are gone."""
        def edit(body):
            body = body.replace("3. What would help you?", "3. ?").replace("Help that is there already", "?")
            return flat("(?:text|about)/(?:helps|across)/[^\"]*")(body)
        plan, codes = self.read(lambda b: flat("text/helps/none", "\u2612")(b), edit)
        self.assertEqual(plan.encode(), self.plan)
        self.assertEqual(codes["text/helps"] | codes["about/helps"], {"R102"})
        self.assertEqual(codes["about/across"], {"R115"})


if __name__ == "__main__":
    unittest.main()
