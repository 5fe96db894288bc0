"""formc read: what comes back of a PDF that people and viewers changed. Each case changes one thing in a
file and states what has to come of it. What viewers and libraries really write is tried in
tests/pdf/viewers."""

import json
import os
import re
import subprocess
import tempfile
import unittest

from editpdf import Pdf, hexed, text

FORMC = os.environ["FORMC"]
TOP = os.environ["FORMC_SOURCE"]
FORM = os.path.join(TOP, "tests", "plans", "form.xml")  # the loan form
KINDS = os.path.join(TOP, "tests", "golden", "kinds", "form.xml")
AT = "2026-01-31T10:00:00Z"
ID = "urn:uuid:00000000-0000-4000-8000-000000000001"


def run(*args, expect=0):
    done = subprocess.run([FORMC, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if expect is not None and done.returncode != expect:
        raise AssertionError("%s: exit %d, not %d\n%s" % (args, done.returncode, expect, done.stderr.decode()))
    return done


def slurp(*path):
    with open(os.path.join(*path), "rb") as f:
        return f.read()


class Reading(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.here = cls.folder.name
        run("new", FORM, "-o", cls.path("empty.xml"), "--id", ID)
        head = slurp(cls.path("empty.xml")).decode()
        given = head.replace("/>\n", ">\n") + slurp(TOP, "tests", "reading", "answers.xml").decode() + "</loan>\n"
        cls.write("given.xml", given)
        run("fill", FORM, cls.path("given.xml"), "-o", cls.path("given.pdf"))
        run("fill", FORM, cls.path("given.xml"), "-o", cls.path("plan.xml"))
        cls.pdf, cls.plan = slurp(cls.path("given.pdf")), slurp(cls.path("plan.xml"))
        run("build", FORM, "-o", cls.path("blank"), "--only", "pdf")
        cls.blank = slurp(cls.path("blank", "loan.pdf"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, *names):
        return os.path.join(cls.here, *names)

    @classmethod
    def write(cls, name, data):
        with open(cls.path(name), "wb") as f:
            f.write(data.encode() if isinstance(data, str) else data)

    def read(self, data, codes=(), expect=0, into="same", form=FORM, by="member"):
        """The plan as text, or None when the file was refused; and the report. codes: what is told,
        "R101" or ("R101", path)."""
        self.write("back", data)
        args = ["read", form, self.path("back"), "--by", by, "--at", AT, "-o", self.path("out.xml"), "--force",
                "--format", "json"]
        if into is not None:
            self.write("into.xml", self.plan if into == "same" else into)
            args += ["--into", self.path("into.xml")]
        if os.path.exists(self.path("out.xml")):
            os.remove(self.path("out.xml"))
        done = run(*args, expect=expect)
        self.assertEqual(done.stderr, b"")
        report = json.loads(done.stdout)
        told = {(f["code"], f.get("path", "")) for f in report["findings"]}
        self.assertEqual(told, {c if isinstance(c, tuple) else (c, "") for c in codes})
        plan = slurp(self.path("out.xml")).decode() if os.path.exists(self.path("out.xml")) else None
        self.assertEqual(plan is None, report["refused"])
        return plan, report

    def filled(self, answers, *args, **more):
        pdf = Pdf(self.pdf)
        for name, words in answers.items():
            pdf.fill(name, words)
        return self.read(pdf.bytes(), *args, **more)[0]

    def has(self, plan, element, words):
        self.assertIn("<%s>%s</%s>" % (element, words, element), plan)

    # -- nothing changed -------------------------------------------------------------------------

    def test_an_untouched_file_changes_nothing(self):
        plan, report = self.read(self.pdf)
        self.assertEqual(plan.encode(), self.plan)
        self.assertFalse(report["changed"])
        plan, _ = self.read(self.pdf, into=None)
        self.assertEqual(plan.encode(), self.plan)

    def test_the_same_file_written_anew_changes_nothing(self):
        plan, _ = self.read(Pdf(self.pdf).bytes())
        self.assertEqual(plan.encode(), self.plan)

    def test_a_blank_becomes_a_plan_with_an_id_of_the_file(self):
        one, _ = self.read(self.blank, into=None)
        other, _ = self.read(self.blank, into=None)
        self.assertEqual(one, other)
        self.assertRegex(one, r'p:id="urn:uuid:[0-9a-f-]{36}"')
        self.assertNotIn("<who>", one)

    # -- answers ---------------------------------------------------------------------------------

    def test_answers_come_in(self):
        plan = self.filled({"who.name": "Someone Else", "who.from": "3/2/2026", "who.trained": "yes",
                            "what.tool.1.item": "Hammer", "what.tool.2.item": "Plane", "value.price": "£2,000",
                            "value.bought": "02/2025", "notes.condition": "New\nand shiny"})
        for element, words in (("name", "Someone Else"), ("from", "2026-02-03"), ("trained", "yes"), ("item", "Hammer"),
                               ("item", "Plane"), ("price", "2000.00"), ("bought", "2025-02"),
                               ("condition", "New\nand shiny")):
            self.has(plan, element, words)
        self.assertIn('p:row="member-2"', plan)
        self.assertEqual(plan.count('via="pdf"'), 8)
        for entry in re.findall(r"<p:entry [^>]*>", plan):
            self.assertNotIn("Hammer", entry)

    def test_an_answer_that_was_taken_away(self):
        plan = self.filled({"who.name": None, "notes.condition": ""})
        self.assertNotIn("<name>", plan)
        self.assertNotIn("<condition>", plan)

    def test_a_choice_by_its_name_and_by_its_words(self):
        for words in ("yes", "Yes", b"/yes"):
            self.has(self.filled({"who.trained": words}), "trained", "yes")

    def test_what_was_worked_out_is_no_answer_and_another_one_is(self):
        self.assertNotIn("<deposit>", self.filled({"who.name": "X"}))
        self.has(self.filled({"value.deposit": "£5"}), "deposit", "5.00")

    def test_encodings(self):
        words = "Ŵyr Łódź Ελ"
        for value in (hexed(b"\xfe\xff" + words.encode("utf-16-be")), hexed(b"\xef\xbb\xbf" + words.encode()),
                      hexed(b"\xfe\xff\x00\x1b" + "cy".encode("utf-16-be") + b"\x00\x1b" + words.encode("utf-16-be"))):
            self.has(self.filled({"who.name": value}), "name", words)
        self.has(self.filled({"who.name": b"(\\222 \\223\\240 \\251 \\x)"}), "name", "™ ﬁ€ © x")  # PDFDocEncoding
        self.has(self.filled({"who.name": hexed(b"\xfe\xff" + "🙂".encode("utf-16-be"))}), "name", "🙂")

    def test_line_ends(self):
        for end in ("\r\n", "\r", "\n"):
            self.has(self.filled({"notes.condition": "One" + end + "two" + end}), "condition", "One\ntwo\n")

    def test_white_space_that_people_changed(self):
        self.has(self.filled({"notes.condition": "Some rust. Two teeth gone."}), "condition", "Some rust. Two teeth gone.")
        plan = self.filled({"who.name": " \r\n "})
        self.assertNotIn("<name>", plan)

    def test_what_a_plan_cannot_hold(self):
        plan = self.filled({"who.name": b"(A\\000B\\014C)"}, [("R131", "who/name")])
        self.has(plan, "name", "A\ufffdB\ufffdC")
        for value, name in ((b"\xfe\xff\xd8\x00\x00A", "\ufffdA"), (b"\xfe\xff\x00A\xdc", "A\ufffd"),  # half a character
                            (b"\xff\xfeA\x00\x00\xdcB\x00", "A\ufffdB"), (b"\xef\xbb\xbfA\xc3B", "A\ufffdB"), (b"A\x9fB", "A\ufffdB")):
            with self.subTest(value=value):
                self.has(self.filled({"who.name": hexed(value)}, [("R131", "who/name")]), "name", name)
        for value in (b"\xfe\xff\x00A\xff\xfd", b"\xef\xbb\xbfA\xef\xbf\xbd"):  # the sign itself, as somebody typed it
            self.has(self.filled({"who.name": hexed(value)}), "name", "A\ufffd")

    def test_an_answer_that_cannot_be_read_is_kept_as_typed(self):
        plan = self.filled({"who.from": "end of January"}, [("R114", "who/from")])
        self.has(plan, "from", "end of January")

    def test_a_value_in_a_stream(self):
        pdf = Pdf(self.pdf)
        long = pdf.add(pdf.stream(b"Much\rto say"))
        plan, _ = self.read(pdf.fill("notes.condition", b"%d 0 R" % long).bytes())
        self.has(plan, "condition", "Much\nto say")

    def test_what_is_too_long_for_a_field_is_kept(self):
        words = "word " * 5000
        given = self.plan.decode().replace("Some rust.\nTwo teeth gone.", words.strip())
        self.write("long.xml", given)
        run("fill", FORM, self.path("long.xml"), "-o", self.path("long.pdf"), "--force")
        pdf = slurp(self.path("long.pdf"))
        self.assertIn(b"too long for a form", b"".join(Pdf(pdf).objects.values()))
        self.assertEqual(self.read(pdf, into=given)[0], given)
        plan, _ = self.read(Pdf(pdf).fill("notes.condition", "Short").bytes(), into=given)
        self.has(plan, "condition", "Short")

    def test_words_of_empty_places_are_answers_here(self):
        self.has(self.filled({"who.name": "Enter text"}), "name", "Enter text")

    def test_the_plan_was_changed_since(self):
        into = self.plan.decode().replace("Quillfeather Example", "Mallory Example")
        plan = self.filled({"who.name": "Someone Else"}, [("R101", "who/name")], expect=1, into=into)
        self.assertIn("Someone Else", plan)
        self.has(plan, "name", "Mallory Example")
        self.assertEqual(self.filled({}, into=into), into)

    # -- names and inheritance ---------------------------------------------------------------------

    def test_value_and_type_from_above(self):
        pdf = Pdf(self.pdf)
        number = pdf.field("who.name")
        pdf.put(number, "V", None).put(number, "FT", None)
        up = int(re.search(rb"/Parent (\d+) 0 R", pdf.objects[number])[1])
        for other in list(pdf.objects):  # those beside it have their own
            if b"/Parent %d 0 R" % up in pdf.objects[other] and other != number and b"/V " not in pdf.objects[other]:
                pdf.put(other, "V", b"()")
        pdf.put(up, "FT", b"/Tx").put(up, "V", text("From Above"))
        self.has(self.read(pdf.bytes())[0], "name", "From Above")

    def two_places(self):
        """The field of the name with its two places below it."""
        pdf = Pdf(self.pdf)
        number = pdf.field("who.name")
        field = pdf.add(pdf.objects[number])
        for key in ("Type", "Subtype", "Rect", "F", "P", "BS", "StructParent"):
            pdf.put(field, key, None)
        pdf.put(field, "Kids", b"[ %d 0 R %d 0 R ]" % (number, number))
        pdf.put(number, "T", None).put(number, "V", None).put(number, "Parent", b"%d 0 R" % field)
        up = int(re.search(rb"/Parent (\d+) 0 R", pdf.objects[field])[1])
        pdf.objects[up] = re.sub(rb"\b%d 0 R" % number, b"%d 0 R" % field, pdf.objects[up], count=1)
        return pdf, field

    def test_two_places_of_one_field(self):
        pdf, field = self.two_places()
        self.assertEqual(self.read(pdf.bytes())[0].encode(), self.plan)
        self.has(self.read(pdf.put(field, "V", text("Both Places")).bytes())[0], "name", "Both Places")

    def test_a_field_that_is_gone(self):
        pdf = Pdf(self.pdf)
        number = pdf.field("who.name")
        for body in list(pdf.objects):
            pdf.objects[body] = re.sub(rb"(?<=[\[ ])%d 0 R " % number, b"", pdf.objects[body])
        plan, report = self.read(pdf.bytes(), [("R102", "who/name")], expect=1)
        self.has(plan, "name", "Quillfeather Example")
        self.assertEqual(report["not-found"], 1)

    def test_a_field_that_is_on_no_list_but_on_its_page(self):
        pdf = Pdf(self.pdf).fill("who.name", "On The Page")
        form = int(re.search(rb"/AcroForm (\d+) 0 R", pdf.objects[pdf.root])[1])
        pdf.objects[form] = re.sub(rb"/Fields \[[^\]]*\]", b"/Fields [ ]", pdf.objects[form])
        self.has(self.read(pdf.bytes())[0], "name", "On The Page")
        pdf.catalog(b"/AcroForm %d 0 R" % form, b"")
        self.has(self.read(pdf.bytes())[0], "name", "On The Page")

    def test_a_field_that_is_none_of_ours(self):
        pdf = Pdf(self.pdf)
        pdf.put(pdf.field("who.name"), "T", b"(nobody)")
        self.read(pdf.bytes(), ["R104", ("R102", "who/name")], expect=1)

    def test_two_fields_of_one_name(self):
        pdf = Pdf(self.pdf).fill("who.name", "One").fill("notes.condition", "Two")
        number = pdf.field("notes.condition")
        up = int(re.search(rb"/Parent (\d+) 0 R", pdf.objects[number])[1])
        pdf.put(up, "T", b"(who)").put(number, "T", b"(name)")
        self.read(pdf.bytes(), [("R101", "who/name"), ("R102", "notes/condition")], expect=1)

    def test_a_value_that_is_no_text(self):
        for value in (b"<< /A 1 >>", b"true", b"7"):
            self.filled({"who.name": value}, [("R102", "who/name")], expect=1)

    def test_several_values_of_one_list(self):
        self.filled({"who.trained": b"[ (yes) (no) ]"}, [("R101", "who/trained")], expect=1)
        self.has(self.filled({"who.trained": b"[ (yes) ]"}), "trained", "yes")

    def test_words_of_a_list_that_were_exchanged(self):
        pdf = Pdf(self.pdf).fill("who.trained", "yes")
        number = pdf.field("who.trained")
        body = pdf.objects[number]
        self.assertIn(b"(Yes)", body)
        pdf.objects[number] = body.replace(b"(Yes)", b"(#)").replace(b"(No)", b"(Yes)").replace(b"(#)", b"(No)")
        self.read(pdf.bytes(), [("R101", "who/trained")], expect=1)

    def test_rich_text(self):
        rich = b'(<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p>%s</p></body>)'
        pdf = Pdf(self.pdf).fill("who.name", "Plain Text")
        pdf.put(pdf.field("who.name"), "RV", rich % b"Plain <b>Text</b>")
        self.has(self.read(pdf.bytes())[0], "name", "Plain Text")
        pdf.put(pdf.field("who.name"), "RV", rich % b"Other")
        self.has(self.read(pdf.bytes(), [("R130", "who/name")])[0], "name", "Plain Text")

    # -- the file as a whole -----------------------------------------------------------------------

    def test_a_file_that_was_added_to(self):
        pdf = Pdf(self.pdf)
        first = pdf.fill("who.name", "First Time").appended(self.pdf, [pdf.field("who.name")])
        plan, _ = self.read(first, ["R223"])
        self.has(plan, "name", "First Time")
        second = pdf.fill("who.name", "Second Time").appended(first, [pdf.field("who.name")])
        plan, _ = self.read(second, ["R223"])
        self.has(plan, "name", "Second Time")
        self.assertNotIn("First", plan)

    def test_a_record(self):
        for more in ([], ["--with-data"]):
            run("fill", FORM, self.path("given.xml"), "-o", self.path("record.pdf"), "--as", "record", "--force", *more)
            self.read(slurp(self.path("record.pdf")), ["R013"], expect=3)

    def test_flattened(self):
        pdf = Pdf(self.pdf)
        pdf.objects = {n: re.sub(rb"/Annots \[[^\]]*\]", b"", b) for n, b in pdf.objects.items()}
        form = re.search(rb"/AcroForm \d+ 0 R", pdf.objects[pdf.root])[0]
        plan, report = self.read(pdf.catalog(form, b"").bytes(), ["R221"], expect=1)
        self.assertEqual(plan.encode(), self.plan)
        self.assertFalse(report["changed"])
        self.assertGreater(report["not-found"], 10)

    def test_another_form_version_or_plan(self):
        run("build", KINDS, "-o", self.path("kinds"), "--only", "pdf", "--force")
        name = os.listdir(self.path("kinds"))[0]
        self.read(slurp(self.path("kinds", name)), ["R201"], expect=3, into=None)
        pdf = Pdf(self.pdf)
        number = next(n for n, b in pdf.objects.items() if b"/Type /EmbeddedFile" in b)
        other = self.plan.decode().replace('p:version="1.0.0"', 'p:version="0.9.0"')
        pdf.objects[number] = pdf.stream(other.encode(), b"/Type /EmbeddedFile")
        self.read(pdf.bytes(), ["R202"], expect=3)
        pdf.objects[number] = pdf.stream(self.plan.replace(b"000000000001", b"000000000002"), b"/Type /EmbeddedFile")
        self.read(pdf.bytes(), ["R204"], expect=3)

    def test_what_it_was_issued_with_is_gone(self):
        pdf = Pdf(self.pdf).fill("who.name", "Someone Else")
        pdf.objects[pdf.root] = re.sub(rb"/AF \[[^\]]*\]|/Names \[[^\]]*\]", b"", pdf.objects[pdf.root])
        self.read(pdf.bytes(), ["R207"], expect=3, into=None)
        plan, _ = self.read(pdf.bytes(), ["R208", ("R101", "who/name")], expect=1)
        self.has(plan, "name", "Quillfeather Example")
        pdf.put(pdf.info, "Subject", None)
        self.read(pdf.bytes(), ["R206"], expect=3)


if __name__ == "__main__":
    unittest.main()
