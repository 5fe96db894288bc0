"""formc read: what comes back of a Word document that people and editors changed. Each case changes
one thing in a document and states what has to come of it."""

import io
import json
import os
import re
import subprocess
import tempfile
import unittest
import zipfile

FORMC = os.environ["FORMC"]
TOP = os.environ["FORMC_SOURCE"]
FORM = os.path.join(TOP, "tests", "plans", "form.xml")  # the loan form
AT = "2026-01-31T10:00:00Z"
PLAN = """<?xml version="1.0" encoding="UTF-8"?>
<loan xmlns="urn:formc:data:loan" xmlns:p="urn:formc:plan:1" p:form="loan" p:version="%s" p:id="urn:uuid:00000000-0000-4000-8000-000000000001">
"""
BODY = "word/document.xml"
STORE = "customXml/item1.xml"


def run(*args, expect=0):
    done = subprocess.run([FORMC, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if expect is not None and done.returncode != expect:
        raise AssertionError("%s: exit %d, not %d\n%s" % (args, done.returncode, expect, done.stderr.decode()))
    return done


def slurp(*path):
    with open(os.path.join(*path), "rb") as f:
        return f.read()


def control(field):
    """The control of a path, with its bookmark."""
    return re.compile(r'<w:bookmarkStart w:id="\d+" w:name="[^"]*"/><w:sdt><w:sdtPr>(?:(?!</w:sdtPr>).)*<w:tag w:val="%s"/>'
                      r'.*?</w:sdt><w:bookmarkEnd w:id="\d+"/>' % re.escape(field), re.DOTALL)


def typed(field, runs):
    """Puts runs into a control, as Word does: no placeholder mark."""
    def one(match):
        text = match[0].replace("<w:showingPlcHdr/>", "")
        return re.sub(r"<w:sdtContent>.*</w:sdtContent>", lambda _: "<w:sdtContent>%s</w:sdtContent>" % runs, text,
                      flags=re.DOTALL)
    return lambda body: control(field).sub(one, body, count=1)


def words(text):
    return '<w:r><w:t xml:space="preserve">%s</w:t></w:r>' % text


def stored(key, text):
    return lambda store: re.sub(r"<%s/>|<%s>.*?</%s>" % ((re.escape(key),) * 3),
                                lambda _: "<%s>%s</%s>" % (key, text, key), store, flags=re.DOTALL)


def change(data, edits=(), remove=(), add=()):
    """The document with parts changed (name: function on its text), taken away or added."""
    out = io.BytesIO()
    edits = dict(edits)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            part = old.read(item)
            if item.filename in remove:
                continue
            if item.filename in edits:
                part = edits[item.filename](part.decode())
            new.writestr(item.filename, part)
        for name, part in dict(add).items():
            new.writestr(name, part)
    return out.getvalue()


class Reading(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.here = cls.folder.name
        run("new", FORM, "-o", cls.path("empty.xml"), "--id", "urn:uuid:00000000-0000-4000-8000-000000000001")
        head = slurp(cls.path("empty.xml")).decode()
        cls.given = head.replace("/>\n", ">\n") + slurp(TOP, "tests", "reading", "answers.xml").decode() + "</loan>\n"
        cls.write("given.xml", cls.given)
        run("fill", FORM, cls.path("given.xml"), "-o", cls.path("given.docx"))
        run("fill", FORM, cls.path("given.xml"), "-o", cls.path("plan.xml"))
        cls.docx = slurp(cls.path("given.docx"))
        cls.plan = slurp(cls.path("plan.xml"))
        run("build", FORM, "-o", cls.path("blank"), "--only", "docx")
        cls.blank = slurp(cls.path("blank", "loan.docx"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, *names):
        return os.path.join(cls.here, *names)

    @classmethod
    def write(cls, name, text):
        with open(cls.path(name), "wb") as f:
            f.write(text.encode() if isinstance(text, str) else text)

    def read(self, data, expect=0, into=None, *more):
        """(the plan as text or None, the findings as {(code, path)}, the whole report)."""
        self.write("back", data)
        args = ["read", FORM, self.path("back"), "--by", "member", "--at", AT, "-o", self.path("out.xml"), "--force",
                "--format", "json", *more]
        if into is not None:
            self.write("into.xml", into)
            args += ["--into", self.path("into.xml")]
        if os.path.exists(self.path("out.xml")):
            os.remove(self.path("out.xml"))
        done = run(*args, expect=expect)
        self.assertEqual(done.stderr, b"")
        report = json.loads(done.stdout)
        plan = None
        if os.path.exists(self.path("out.xml")):
            plan = slurp(self.path("out.xml")).decode()
        self.assertEqual(plan is None, report["refused"])
        return plan, {(f["code"], f.get("path", "")) for f in report["findings"]}, report

    def changed(self, edits=(), expect=0, into="same", codes=(), remove=(), add=()):
        into = self.plan if into == "same" else into
        plan, found, report = self.read(change(self.docx, edits, remove, add), expect, into)
        self.assertEqual(found, set(codes))
        return plan, report

    def has(self, plan, element, text):
        self.assertIn("<%s>%s</%s>" % (element, text, element), plan)

    # -- nothing changed -------------------------------------------------------------------------

    def test_an_untouched_document_changes_nothing(self):
        plan, report = self.changed()
        self.assertEqual(plan.encode(), self.plan)
        self.assertFalse(report["changed"])
        plan, _ = self.changed(into=None)
        self.assertEqual(plan.encode(), self.plan)

    def test_a_blank_gets_an_id_from_its_digest(self):
        one, _, _ = self.read(self.blank)
        two, _, _ = self.read(self.blank)
        self.assertEqual(one, two)
        other, _, _ = self.read(change(self.blank))
        self.assertNotEqual(one, other)
        given, _, _ = self.read(self.blank, 0, None, "--id", "urn:uuid:00000000-0000-4000-8000-00000000000f")
        self.assertIn('p:id="urn:uuid:00000000-0000-4000-8000-00000000000f"', given)

    # -- one channel, both, and neither -----------------------------------------------------------

    def test_what_is_typed_is_read(self):
        plan, report = self.changed({BODY: typed("who/name", words("Ada Other"))})
        self.has(plan, "name", "Ada Other")
        self.assertEqual(report["read"], 1)
        self.assertIn('via="docx" file="sha256:', plan)
        again, _, report = self.read(change(self.docx, {BODY: typed("who/name", words("Ada Other"))}), 0, plan)
        self.assertEqual(again, plan)  # read twice, nothing more comes in
        self.assertEqual(report["known"], 1)

    def test_a_store_that_was_filled_alone_is_read(self):
        plan, _ = self.changed({STORE: stored("who.name", "Ada Other")})
        self.has(plan, "name", "Ada Other")

    def test_store_and_document_that_differ_are_a_conflict(self):
        plan, _ = self.changed({STORE: stored("who.name", "One"), BODY: typed("who/name", words("Two"))}, 1,
                               codes={("R101", "who/name")})
        self.has(plan, "p:stored", "One")
        self.has(plan, "p:visible", "Two")
        self.has(plan, "name", "Quillfeather Example")

    def test_a_plan_that_changed_since_is_a_conflict(self):
        plan, _ = self.changed({BODY: typed("who/name", words("Two"))}, 1,
                               into=self.plan.replace(b"Quillfeather Example", b"One"), codes={("R101", "who/name")})
        self.has(plan, "p:stored", "One")
        self.has(plan, "p:visible", "Two")

    def test_a_place_that_is_gone_is_not_found(self):
        plan, _ = self.changed({BODY: lambda body: control("who/name").sub("", body)}, 1, codes={("R102", "who/name")})
        self.assertEqual(plan.encode(), self.plan)

    def test_a_control_that_was_typed_over_is_found_by_its_bookmark(self):
        def flat(body):
            return control("who/name").sub(lambda m: re.sub(r"<w:sdt>.*</w:sdt>", words("Ada Other"), m[0],
                                                            flags=re.DOTALL), body)
        plan, _ = self.changed({BODY: flat})
        self.has(plan, "name", "Ada Other")

    def test_an_answer_that_was_torn_apart_is_a_conflict(self):
        """A paragraph break in a list or date control of LibreOffice leaves two bookmarks of one name."""
        def torn(*parts):
            def one(match):
                mark = re.match(r'<w:bookmarkStart w:id="\d+" w:name="([^"]*)"/>', match[0])[1]
                return "</w:p><w:p>".join('<w:bookmarkStart w:id="%d" w:name="%s"/>%s<w:bookmarkEnd w:id="%d"/>' % (
                    90000 + i, mark, words(part), 90000 + i) for i, part in enumerate(parts))
            return lambda body: control("who/name").sub(one, body)
        issued = re.search("<name>(.*)</name>", self.plan.decode())[1]
        for parts in ((issued, "the Younger"), ("the Elder", issued), ("the Elder", "the Younger")):
            plan, _ = self.changed({BODY: torn(*parts)}, 1, codes={("R101", "who/name")})
            for part in parts:
                self.assertIn(part, plan)

    def test_a_third_answer_is_told(self):
        """A plan holds two of them. Reading the file once more says it again."""
        def three(body):
            return control("who/name").sub(lambda m: m[0].replace("<w:bookmarkEnd", words("Three") + "<w:bookmarkEnd"),
                                           typed("who/name", words("Two"))(body))
        edits = {STORE: stored("who.name", "One"), BODY: three}
        plan, _ = self.changed(edits, 1, codes={("R101", "who/name"), ("R120", "who/name")})
        self.has(plan, "p:stored", "One")
        again, _ = self.changed(edits, 1, into=plan, codes={("R120", "who/name")})
        self.assertEqual(again, plan)

    def test_a_cleared_answer_is_none(self):
        def clear(body):
            return control("who/name").sub(lambda m: re.sub(
                r"<w:sdtContent>.*</w:sdtContent>", "<w:sdtContent>%s</w:sdtContent>" % words("Click to enter text"),
                m[0], flags=re.DOTALL), body)
        plan, _ = self.changed({BODY: clear})
        self.assertNotIn("<name>", plan)

    def test_white_space_that_an_editor_lost_is_no_answer(self):
        plan, _ = self.changed({BODY: typed("who/name", words("QuillfeatherExample"))}, codes={("R106", "who/name")})
        self.assertEqual(plan.encode(), self.plan)
        plan, _ = self.changed({BODY: typed("who/name", words("QuillfeatherExample")),
                                STORE: stored("who.name", "QuillfeatherExample")})
        self.has(plan, "name", "QuillfeatherExample")

    # -- as typed ----------------------------------------------------------------------------------

    def test_dates_are_read_as_people_write_them(self):
        for text in ("2/3/2026", "2 March 2026", "2nd Mar 2026", "2026-03-02"):
            plan, _ = self.changed({BODY: typed("who/from", words(text))})
            self.has(plan, "from", "2026-03-02")
        plan, _ = self.changed({BODY: typed("who/from", words("end of January"))}, codes={("R114", "who/from")})
        self.has(plan, "from", "end of January")

    # -- what editors and people do to a text -------------------------------------------------------

    def test_tracked_changes_are_read_as_accepted_and_told(self):
        runs = (words("Ada ") + '<w:del w:id="1" w:author="x"><w:r><w:delText>Old</w:delText></w:r></w:del>'
                '<w:ins w:id="2" w:author="x">%s</w:ins>' % words("New"))
        plan, _ = self.changed({BODY: typed("who/name", runs)}, codes={("R108", "who/name")})
        self.has(plan, "name", "Ada New")

    def test_moved_text_counts_where_it_is_now(self):
        runs = "<w:moveFrom>%s</w:moveFrom>%s<w:moveTo>%s</w:moveTo>" % (words("Ada"), words("Example "), words("Ada"))
        plan, _ = self.changed({BODY: typed("who/name", runs)}, codes={("R108", "who/name")})
        self.has(plan, "name", "Example Ada")

    def test_one_alternative_is_taken(self):
        runs = ('<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
                '<mc:Choice Requires="w14">%s</mc:Choice><mc:Fallback>%s</mc:Fallback></mc:AlternateContent>'
                % (words("Ada One"), words("Ada Two")))
        plan, _ = self.changed({BODY: typed("who/name", runs)})
        self.has(plan, "name", "Ada One")

    def test_other_signs(self):
        runs = '<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:instrText>DDE</w:instrText></w:r>'
        plan, _ = self.changed({BODY: typed("who/name", runs)})
        self.has(plan, "name", "a\u2011b\tc")

    def test_hidden_text_pictures_and_comments_are_told(self):
        runs = ('<w:commentRangeStart w:id="1"/>%s<w:r><w:rPr><w:vanish/></w:rPr><w:t> B</w:t></w:r>'
                '<w:r><w:drawing/></w:r>' % words("Ada"))
        plan, _ = self.changed({BODY: typed("who/name", runs)},
                               codes={(c, "who/name") for c in ("R109", "R110", "R111")})
        self.has(plan, "name", "Ada B")

    def test_strict_utf16_and_prefixes(self):
        edit = typed("who/name", words("Ada Other"))

        def strict(body):
            return edit(body).replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                                      "http://purl.oclc.org/ooxml/wordprocessingml/main")

        def prefixed(body):
            return re.sub(r"(</?|\s|:)w:", r"\1word:", edit(body)).replace("xmlns:w=", "xmlns:word=")

        def wide(body):
            return edit(body).replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
        for how in (strict, prefixed, wide):
            plan, _ = self.changed({BODY: how})
            self.has(plan, "name", "Ada Other")

    def test_places_that_became_plain_text_are_found_by_their_labels(self):
        """All controls and bookmarks are gone, as with editors that make plain text of them."""
        def plain(body):
            body = typed("who/name", words("Ada Other"))(body)
            body = re.sub(r"<w:bookmark(Start|End)[^>]*>", "", body)
            return re.sub(r"<w:sdt>.*?<w:sdtContent>(.*?)</w:sdtContent></w:sdt>", r"\1", body, flags=re.DOTALL)
        plan, found, report = self.read(change(self.docx, {BODY: plain}), 1, self.plan)
        self.has(plan, "name", "Ada Other")
        self.assertEqual(plan.count("did="), 1)  # the others came back as they were
        for path in ("who/name", "who/from", "notes/condition", "value/price"):
            self.assertIn(("R115", path), found)
            self.assertNotIn(("R102", path), found)
        self.assertIn(("R102", "who/trained"), found)  # blank, and nothing to tell it by
        self.assertIn(("R115", "what/tool[s-9]/item"), found)

    def test_the_place_of_one_question_is_not_taken_for_another(self):
        """The label is gone, too: what stands at the next question's label is that one's."""
        def gone(body):
            return control("who/name").sub("", body).replace("Full name", "")
        plan, found, _ = self.read(change(self.docx, {BODY: gone}), 1, self.plan)
        self.assertEqual(found, {("R102", "who/name")})
        self.assertEqual(plan.encode(), self.plan)

    def test_an_answer_in_the_next_cell_without_its_place(self):
        def flat(body):
            return control("who/name").sub(words("Ada Other"), body)
        plan, _ = self.changed({BODY: flat}, codes={("R115", "who/name")})
        self.has(plan, "name", "Ada Other")

    def test_a_control_round_many_places_is_none_of_them(self):
        """LibreOffice puts one with nothing but a title, or our tag, round several paragraphs."""
        for tag in ("", '<w:tag w:val="who/name"/>'):
            def wrapped(body):
                head, tail = '<w:sdt><w:sdtPr><w:alias w:val="x"/>%s</w:sdtPr><w:sdtContent>' % tag, "</w:sdtContent></w:sdt>"
                begin, end = body.index("<w:body>") + 8, body.index("<w:sectPr>")
                return body[:begin] + head + body[begin:end] + tail + body[end:]
            plan, _ = self.changed({BODY: wrapped})
            self.assertEqual(plan.encode(), self.plan)

    def test_text_beside_the_places_is_told_without_its_words(self):
        def beside(body):
            return body.replace("<w:sectPr>", "<w:p>%s</w:p><w:sectPr>" % words("Xyzzy"))
        plan, report = self.changed({BODY: beside}, codes={("R116", "value/check[member-1]/months")})
        self.assertEqual(plan.encode(), self.plan)
        self.assertNotIn("Xyzzy", json.dumps(report))

    def test_line_breaks_that_libreoffice_lost_are_told(self):
        broken = "<w:r><w:t>One</w:t><w:t>Two</w:t></w:r>"
        plan, report = self.changed({BODY: typed("who/name", broken)}, codes={("R118", "who/name")})
        self.has(plan, "name", "OneTwo")
        self.assertEqual([f["severity"] for f in report["findings"]], ["warning"])
        for apart in ("<w:r><w:t>One</w:t></w:r><w:r><w:t>Two</w:t></w:r>", "<w:r><w:t>One</w:t><w:tab/><w:t>Two</w:t></w:r>"):
            self.changed({BODY: typed("who/name", apart)})

    def test_answers_from_libreoffice_are_told_once(self):
        app = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><%s>%s</%s></Properties>'
        for element, program, codes in (("Application", "LibreOffice/7.4", {("R215", "")}), ("Application", "Microsoft Office Word", ()),
                                        ("Template", "LibreOffice", ())):
            self.changed({BODY: typed("who/name", words("Ada"))}, codes=codes,
                         add={"docProps/app.xml": app % (element, program, element)})
        self.changed(add={"docProps/app.xml": app % ("Application", "LibreOffice/7.4", "Application")})  # nothing came in

    def several(self, *texts, bound=False):
        """One control of a text as LibreOffice 7 writes it: without tags, several times over. bound: by the older
        binding, which it keeps."""
        def edit(body):
            found = control("who/name").search(body)[0]
            start, end = found[:found.index("<w:sdt>")], found[found.index("<w:bookmarkEnd"):]
            binding = re.search(r"<w15:dataBinding [^>]*/>", found)[0].replace("w15:", "w:") if bound else ""
            each = "".join("<w:sdt><w:sdtPr>%s<w:text/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>" % (binding, words(t))
                           for t in texts)
            return body.replace(found, start + each + end)
        return edit

    def test_a_control_that_libreoffice_wrote_several_times(self):
        plan, _ = self.changed({BODY: self.several("One 2", "OneOne 2", "2One 2", "One 2")})
        self.has(plan, "name", "One 2")
        given = "Quillfeather Example"
        plan, report = self.changed({BODY: self.several(given, "Quill" + given, given)})
        self.assertEqual(plan.encode(), self.plan)
        plan, _ = self.changed({BODY: self.several(given, "Somebody " + given, given)}, codes={("R118", "who/name")})
        self.assertEqual(plan.encode(), self.plan)  # as after a second save; but it may have been typed, so it is told
        plan, _ = self.changed({BODY: self.several("One 2", "OneOne 2", "3")})  # that is something else
        self.has(plan, "name", "One 2OneOne 23")

    def test_a_bound_control_that_libreoffice_wrote_several_times(self):
        given = "Quillfeather Example"
        plan, _ = self.changed({BODY: self.several(given, "Example" + given, given, bound=True)})
        self.assertEqual(plan.encode(), self.plan)
        plan, _ = self.changed({BODY: self.several(given, "Somebody " + given, bound=True)}, codes={("R118", "who/name")})
        self.has(plan, "name", "Somebody " + given)

    # -- rows --------------------------------------------------------------------------------------

    def test_rows_that_were_blank_or_copied(self):
        def fill(body):
            return typed("what/tool[2]/item", words("Plane"))(body)
        plan, _ = self.changed({BODY: fill})
        self.assertRegex(plan, r'<tool p:row="member-2">\s*<item>Plane</item>')

        def copied(body):
            row = next(r for r in re.findall(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>", body, re.DOTALL) if "what/tool[1]/item" in r)
            other = re.sub(r"<w:bookmark(Start|End)[^>]*>", "", row).replace("Saw", "Adze")
            return body.replace(row, row + other)
        plan, _ = self.changed({BODY: copied}, codes={("R113", "what/tool[member-3]")})
        self.assertRegex(plan, r'<tool p:row="member-3">\s*<item>Adze</item>\s*<due>2026-03-17</due>')
        again, _, _ = self.read(change(self.docx, {BODY: copied}), 0, plan)
        self.assertEqual(again, plan)

    def test_items_of_a_repeating_section_are_rows(self):
        """Word copies an item with its tags; bookmarks stay where they were."""
        def items(body):
            row = next(r for r in re.findall(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>", body, re.DOTALL) if "what/tool[1]/item" in r)
            bare = re.sub(r"<w:bookmark(Start|End)[^>]*>", "", row)
            item = ('<w:sdt><w:sdtPr><w15:repeatingSectionItem xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'
                    '</w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>')
            return body.replace(row, item % row + item % bare.replace("Saw", "Adze") + item % bare.replace("Saw", "Plane"))
        plan, _ = self.changed({BODY: items}, codes={("R113", "what/tool[member-3]"), ("R113", "what/tool[member-4]")})
        self.assertEqual(re.findall(r"<item>(.*?)</item>", plan), ["Saw", "Adze", "Plane"])

    # -- versions ----------------------------------------------------------------------------------

    def other_form(self, old, new):
        folder = os.path.join(self.here, "other")
        os.makedirs(folder, exist_ok=True)
        text = slurp(FORM).decode()
        self.assertIn(old, text)
        with open(os.path.join(folder, "form.xml"), "w", encoding="utf-8") as f:
            f.write(text.replace(old, new))
        return folder

    def test_a_draft_that_changed_since_is_read_by_its_paths(self):
        """A question more at the top: every number of the old document is now another question's."""
        form = self.other_form('<field id="name" label="Full name"', '<field id="title" label="Title" type="line"/>'
                               '<field id="name" label="Full name"')
        self.write("back", change(self.docx, {BODY: typed("who/name", words("Ada Other"))}))
        done = run("read", form, self.path("back"), "--by", "member", "--at", AT, "-o", self.path("out.xml"), "--force",
                   expect=1)  # the new question is not in the document
        plan = slurp(self.path("out.xml")).decode()
        self.assertIn(b"R203", done.stderr)
        self.assertEqual(re.findall(rb"error\[R\d+\]: [^\n]*\((.*?)\)", done.stderr), [b"who/title"])
        self.has(plan, "name", "Ada Other")
        self.assertEqual(plan.count('did="set"'), 1)

    def test_another_version_is_refused_unless_it_is_published_beside_the_form(self):
        form = self.other_form('version="1.0.0"', 'version="2.0.0"')
        self.write("back", self.docx)
        done = run("read", form, self.path("back"), "--by", "member", "-o", self.path("out.xml"), "--force", expect=3)
        self.assertIn(b"R202", done.stderr)
        os.makedirs(os.path.join(form, "published", "1.0.0"), exist_ok=True)
        self.write(os.path.join("other", "published", "1.0.0", "form.xml"), slurp(FORM))
        run("read", form, self.path("back"), "--by", "member", "-o", self.path("out.xml"), "--force")
        self.assertEqual(slurp(self.path("out.xml")), self.plan)

    # -- the file as a whole ------------------------------------------------------------------------

    def test_what_is_lost_is_told(self):
        edit = {BODY: typed("who/name", words("Ada Other"))}
        plan, _ = self.changed(edit, remove=[STORE], codes={("R209", "")})
        self.has(plan, "name", "Ada Other")
        plan, _ = self.changed({**edit, STORE: lambda _: ""}, codes={("R209", "")})
        self.has(plan, "name", "Ada Other")
        plan, _ = self.changed(edit, 1, remove=["customXml/item2.xml"],
                               codes={("R208", ""), ("R101", "who/name")})
        self.has(plan, "name", "Quillfeather Example")
        self.changed(edit, 3, into=None, remove=["customXml/item2.xml"], codes={("R207", "")})

    def test_another_plan_form_or_version_is_refused(self):
        self.changed(expect=3, into=self.plan.replace(b"000000000001", b"000000000002"), codes={("R204", "")})
        props = "docProps/custom.xml"
        self.changed({props: lambda p: p.replace(">loan<", ">lend<")}, 3, codes={("R205", "")})

        def everywhere(old, new):
            return {name: lambda p: p.replace(old, new) for name in (props, STORE, "customXml/item2.xml")}
        self.changed(everywhere("loan", "lend"), 3, codes={("R201", "")})
        nothing = [props, STORE, "customXml/item2.xml"]
        self.changed(expect=3, remove=nothing, codes={("R209", ""), ("R206", "")})

    def test_tags_that_were_exchanged_give_conflicts(self):
        def swap(body):
            return (typed("who/name", words("New"))(body).replace('w:val="who/name"', 'w:val="#"')
                    .replace('w:val="who/from"', 'w:val="who/name"').replace('w:val="#"', 'w:val="who/from"'))
        plan, _ = self.changed({BODY: swap}, 1, codes={("R101", "who/name"), ("R105", "who/name"), ("R105", "who/from")})
        self.has(plan, "name", "Quillfeather Example")
        self.has(plan, "p:visible", "New")

    # -- the command ---------------------------------------------------------------------------------

    def test_the_command_line(self):
        back = self.path("given.docx")
        run("read", FORM, back, "-o", self.path("x.xml"), expect=2)
        run("read", FORM, back, "--by", "nobody", "-o", self.path("x.xml"), expect=2)
        run("read", FORM, back, "--by", "member", expect=2)
        run("read", FORM, back, "--by", "member", "--at", "noon", "-o", self.path("x.xml"), expect=2)
        run("read", FORM, back, "--by", "member", "--id", "1", "-o", self.path("x.xml"), expect=2)
        run("read", FORM, self.path("none"), "--by", "member", "-o", self.path("x.xml"), expect=4)
        self.assertFalse(os.path.exists(self.path("x.xml")))
        done = run("read", FORM, back, "--by", "member", "-o", self.path("plan.xml"), expect=None)
        self.assertEqual(done.returncode, 3)  # it is there

    def test_no_answer_is_in_what_is_said(self):
        self.write("back", change(self.docx, {STORE: stored("who.name", "Xyzzy"), BODY: typed("who/name", words("Plugh"))}))
        done = run("read", FORM, self.path("back"), "--by", "member", "-o", self.path("out.xml"), "--force", expect=1)
        for answer in (b"Xyzzy", b"Plugh", b"Quillfeather"):
            self.assertNotIn(answer, done.stderr + done.stdout)
        self.assertIn(b"error[R101]", done.stderr)

    def test_a_page_for_browsers_is_not_read_for_what_was_put_into_it(self):
        run("fill", FORM, self.path("plan.xml"), "-o", self.path("page.html"), "--force")
        page = slurp(self.path("page.html"))
        run("build", FORM, "-o", self.path("blank-page"), "--only", "html")
        folded = b"\r\n".join(l[:70] + b"=\r\n" + l[70:] for l in page.replace(b"=", b"=3D").split(b"\n"))
        for data in (page, slurp(self.path("blank-page", "loan.html")), b"\xef\xbb\xbf\n" + page,
                     page.replace(b"<!DOCTYPE html>", b"<!doctype HTML>"), page.replace(b"<!DOCTYPE html>", b""),
                     b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\n" + folded,
                     b"MIME-Version: 1.0\r\n\r\n" + folded.replace(b"formc-form", b"for=\r\nmc-f=\r\norm")):
            for into in (None, self.plan):
                self.assertEqual(self.read(data, 3, into)[1], {("R015", "")})
        self.assertEqual(self.read(page[:len(page) // 2], 3)[1], {("R015", "")})
        for data in (b"<!DOCTYPE html>\n<title>A page</title>", b"<HTML><body>formc-for", b"MIME-Version: 1.0\r\n\r\nHello"):
            self.assertEqual(self.read(data, 3)[1], {("R001", "")})

    def test_a_form_may_be_called_html(self):
        form = self.other_form(' id="loan"', ' id="html"')
        run("new", form, "-o", self.path("html.xml"), "--force")
        self.assertIn(b"\n<html xmlns=", slurp(self.path("html.xml")))
        run("read", form, self.path("html.xml"), "--by", "member", "-o", self.path("out.xml"), "--force")
        self.assertEqual(slurp(self.path("out.xml")), slurp(self.path("html.xml")))

    def test_a_document_in_the_place_of_a_plan_is_told(self):
        run("fill", FORM, self.path("plan.xml"), "-o", self.path("page.html"), "--force")
        for name, said in (("given.docx", b"a plan is XML or JSON\n      = help: formc read makes a plan"),
                           ("page.html", b'not allowed\n      = help: if this is a page for browsers: its button "Save')):
            done = run("validate", FORM, self.path(name), "--as-of", "2026-08-01", expect=3)
            self.assertIn(b"error[P001]", done.stderr)
            self.assertIn(said, done.stderr)

    def test_plans_are_read_too(self):
        plan, found, report = self.read(self.plan)
        self.assertEqual((plan.encode(), found, report["changed"]), (self.plan, set(), False))
        two = self.plan.replace(b"Quillfeather Example", b"Two")
        plan, found, _ = self.read(two, 1, self.plan)
        self.assertEqual(found, {("R101", "who/name")})
        self.has(plan, "name", "Quillfeather Example")
        self.has(plan, "p:visible", "Two")
        again, found, report = self.read(two, 0, plan)
        self.assertEqual((again, found, report["changed"]), (plan, set(), False))
        third, found, _ = self.read(self.plan.replace(b"Quillfeather Example", b"Three"), 1, plan)
        self.assertEqual((third, found), (plan, {("R103", "who/name")}))

    def test_all_that_a_plan_has_comes_in(self):
        """Reasons, languages, rows; what is as it was, and what the file lacks, changes nothing."""
        given = (self.plan.replace(b"</who>", b'  <trained p:absent="asked-declined"/>\n  </who>')
                 .replace(b"</what>", b'  <tool p:row="x-1">\n      <item xml:lang="cy">Rhaw</item>\n    </tool>\n'
                          b'    <tool p:row="x-2"/>\n  </what>')
                 .replace(b"<price>1234.50</price>", b"<bought>about May</bought>"))
        plan, found, report = self.read(given, 0, self.plan)
        self.assertEqual((found, report["read"], report["conflicts"]), ({("R114", "value/bought")}, 3, 0))
        self.assertIn('<trained p:absent="asked-declined"/>', plan)
        self.assertIn('did="absent" path="who/trained" to="asked-declined"/>', plan)
        self.assertIn('<item xml:lang="cy">Rhaw</item>', plan)
        self.assertNotIn("x-2", plan)
        self.has(plan, "price", "1234.50")
        self.has(plan, "bought", "about May")
        again, found, report = self.read(given, 0, plan)
        self.assertEqual((again, found, report["changed"]), (plan, set(), False))

    def test_a_reason_and_an_answer_are_two_answers(self):
        given = self.plan.replace(b"<name>Quillfeather Example</name>", b'<name p:absent="%s"/>')
        plan, found, _ = self.read(given % b"asked-declined", 1, self.plan)
        self.assertEqual(found, {("R101", "who/name")})
        self.has(plan, "name", "Quillfeather Example")
        self.assertIn('<p:visible absent="asked-declined"/>', plan)
        plan, found, _ = self.read(given % b"masked", 0, self.plan)  # a copy without the answer
        self.assertEqual((plan.encode(), found), (self.plan, set()))

    def test_an_answer_that_was_taken_out_is_told(self):
        """Where the plan's own history has the answer; else it may only have come in later."""
        history = (b'  <p:history>\n    <p:entry n="1" at="2026-01-30T10:00:00Z" by="member" via="docx" did="set" path="who/name"/>\n'
                   b'  </p:history>\n</loan>')
        whole = self.plan.replace(b"</loan>", history)
        without = whole.replace(b"    <name>Quillfeather Example</name>\n", b"")
        plan, found, _ = self.read(without, 1, whole)
        self.assertEqual(found, {("R101", "who/name")})
        self.has(plan, "name", "Quillfeather Example")
        self.assertIn("<p:visible/>", plan)
        plan, found, _ = self.read(without.replace(history, b"</loan>"), 0, whole)
        self.assertEqual((plan.encode(), found), (whole, set()))

    def test_conflicts_of_a_plan_come_in_unless_somebody_has_chosen(self):
        both, _, _ = self.read(self.plan.replace(b"Quillfeather Example", b"Two"), 1, self.plan)
        plan, found, _ = self.read(both.encode(), 1, self.plan)
        self.assertEqual(found, {("R101", "who/name")})
        self.has(plan, "p:stored", "Quillfeather Example")
        self.has(plan, "p:visible", "Two")
        self.write("both.xml", both)
        run("set", FORM, self.path("both.xml"), "who/name", "--keep", "stored", "--by", "store", "--at", AT, "-o",
            self.path("settled.xml"), "--force")
        settled = slurp(self.path("settled.xml"))
        plan, found, report = self.read(both.encode(), 0, settled)
        self.assertEqual((plan.encode(), found, report["changed"]), (settled, set(), False))


if __name__ == "__main__":
    unittest.main()
