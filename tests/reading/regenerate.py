"""formc regenerate: a folder of files that came back goes in, a folder of plans and documents comes
out, the same for any order, any number of workers and any number of interruptions."""

import contextlib
import json
import os
import pty
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from editpdf import Pdf
from reading import BODY, FORM, change, run, slurp, typed, words

FORMC = os.environ["FORMC"]
AT = "2026-01-31T10:00:00Z"
AS_OF = "2026-02-01"
FEW = ("--only", "docx,html")  # two documents of a plan, where three would show no more
SAID = ("Quillfeather", "Zebedee", "Marmaduke", "Persimmon")  # answers that no report may have


def tree(folder):
    """{name: bytes} of all files."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            found[os.path.relpath(path, folder)] = slurp(path)
    return found


def children(pid):
    """Processes whose parent this is."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open("/proc/%s/stat" % entry) as f:
                    if int(f.read().rsplit(")", 1)[1].split()[1]) == pid:
                        found.append(int(entry))
            except (OSError, IndexError):
                pass
    return found


class Regenerate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.common = os.path.join(cls.folder.name, "common")
        os.mkdir(cls.common)
        cls.plans = {}
        for i, name in enumerate(SAID):
            cls.plans[name] = cls.plan(i + 1, "<who><name>%s Example</name></who>" % name)
        run("build", FORM, "-o", cls.common, "--only", "docx")
        cls.blank = slurp(cls.common, "loan.docx")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def plan(cls, number, answers):
        """A canonical plan with this id."""
        path = os.path.join(cls.common, "plan.xml")
        run("new", FORM, "-o", path, "--force", "--id", "urn:uuid:00000000-0000-4000-8000-%012d" % number)
        text = slurp(path).decode().replace("/>\n", ">%s</loan>\n" % answers)
        with open(path, "w") as f:
            f.write(text)
        run("fill", FORM, path, "-o", path, "--force")
        return slurp(path)

    @classmethod
    def document(cls, plan, suffix=".docx"):
        path = os.path.join(cls.common, "plan.xml")
        with open(path, "wb") as f:
            f.write(plan)
        made = os.path.join(cls.common, "made" + suffix)
        run("fill", FORM, path, "-o", made, "--force")
        return slurp(made)

    def setUp(self):
        self.here = tempfile.mkdtemp(dir=self.folder.name)
        self.inbox = self.path("in")
        os.mkdir(self.inbox)

    def path(self, *names):
        return os.path.join(self.here, *names)

    def put(self, name, data):
        path = self.path("in", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def command(self, *more, out="out", files=None, at=AT):
        return ["regenerate", FORM, *(files or [self.inbox]), "-o", self.path(out), "--by", "store/desk", "--as-of",
                AS_OF, *(["--at", at] if at else []), *more]

    def go(self, *more, expect=0, **how):
        """The report as JSON."""
        done = run(*self.command("--format", "json", *more, **how), expect=expect)
        said = done.stdout + done.stderr
        for answer in SAID:
            self.assertNotIn(answer.encode(), said)
        report = json.loads(done.stdout)
        self.assertEqual(done.stdout, slurp(self.path(how.get("out", "out")), "report.json"))
        for name in ("report.txt", "report.json", "regenerate.state"):
            text = slurp(self.path(how.get("out", "out")), name)
            for answer in SAID:
                self.assertNotIn(answer.encode(), text, name)
        return report

    def codes(self, report):
        """{(file or plan, code)} of everything that was told while reading and writing."""
        found = set()
        for f in report["files"]:
            for told in f.get("reading", {}).get("findings", []):
                found.add((os.path.relpath(f["file"], self.inbox), told["code"]))
            if "same-as" in f:
                found.add((os.path.relpath(f["file"], self.inbox), "R304"))
        for p in report["plans"]:
            found |= {("plan", told["code"]) for told in p["findings"]}
        return found

    def mixed(self):
        """Everything that may come: good, bad, twice, in pieces."""
        for i, name in enumerate(SAID):
            self.put("plan %d.docx" % i, change(self.document(self.plans[name]),
                                                {BODY: typed("notes/condition", words("Persimmon wood %d" % i))}))
        self.put("plan 0 again.docx", change(self.document(self.plans[SAID[0]]),
                                             {BODY: typed("who/name", words("Zebedee the Second"))}))
        self.put("plan 0 as well.docx", change(self.document(self.plans[SAID[0]]),
                                               {BODY: typed("who/name", words("Marmaduke the Third"))}))
        self.put("post/blank.docx", change(self.blank, {BODY: typed("who/name", words("Persimmon New"))}))
        self.put("post/copy of blank.docx", slurp(self.path("in", "post", "blank.docx")))
        self.put("xml/plan.xml", self.plan(50, "<who><name>Zebedee As XML</name></who>"))
        self.put("json/plan.json", slurp(self.as_json(self.plan(51, "<who><name>Marmaduke As JSON</name></who>"))))
        self.put("pdf/plan.pdf", Pdf(self.document(self.plan(52, ""), ".pdf")).fill("who.name", "Quillfeather By PDF").bytes())
        self.put("html/page.html", self.document(self.plan(53, "<who><name>Zebedee On A Page</name></who>"), ".html"))
        self.put("half.xml", self.plans[SAID[0]][:200])
        self.put("notes.txt", b"Zebedee rang")
        self.put("empty.docx", b"")
        self.put("cut.docx", self.blank[:5000])
        self.put(".hidden.docx", self.blank)
        self.put("~$plan 0.docx", b"who has it open")
        os.mkfifo(self.path("in", "pipe.docx"))
        os.symlink("nowhere", self.path("in", "link.docx"))

    def as_json(self, plan):
        with open(os.path.join(self.common, "plan.xml"), "wb") as f:
            f.write(plan)
        run("fill", FORM, os.path.join(self.common, "plan.xml"), "-o", os.path.join(self.common, "plan.json"), "--force")
        return os.path.join(self.common, "plan.json")

    def same(self, made, wanted, what=""):
        """Two trees; a difference is told by name, since that of bytes takes difflib minutes."""
        self.assertEqual(sorted(made), sorted(wanted), what)
        for name in sorted(wanted):
            if made[name] != wanted[name]:
                at = next((i for i, (x, y) in enumerate(zip(made[name], wanted[name])) if x != y), -1)
                self.fail("%s %s differs at byte %d: %r, not %r" % (
                    what, name, at, made[name][max(at - 60, 0):at + 60], wanted[name][max(at - 60, 0):at + 60]))

    # -- what comes out -----------------------------------------------------------------------------

    def test_one_file_is_what_read_and_fill_make_of_it(self):
        back = self.put("back.docx", change(self.document(self.plans["Zebedee"]), {BODY: typed("who/name", words("Ada"))}))
        report = self.go()
        run("read", FORM, back, "--by", "store/desk", "--at", AT, "-o", self.path("read.xml"))
        self.assertEqual(slurp(self.path("read.xml")), slurp(self.path("out", "back.xml")))
        for suffix in ("docx", "pdf", "html"):
            run("fill", FORM, self.path("read.xml"), "-o", self.path("read." + suffix))
            self.assertEqual(slurp(self.path("read." + suffix)), slurp(self.path("out", "back." + suffix)), suffix)
        self.assertEqual(report["files"][0]["reading"]["read"], 1)
        self.assertEqual(report["plans"][0]["outputs"], ["back.xml", "back.docx", "back.pdf", "back.html"])
        self.assertEqual(sorted(tree(self.path("out"))), ["back.docx", "back.html", "back.pdf", "back.xml",
                                                          "regenerate.state", "report.json", "report.txt"])

    def test_targets_records_and_languages(self):
        self.put("a.docx", self.document(self.plans["Zebedee"]))
        self.go("--only", "docx", out="one")
        self.assertEqual(sorted(n for n in tree(self.path("one")) if n.startswith("a")), ["a.docx", "a.xml"])
        self.go("--as", "record", out="two")
        self.assertEqual(sorted(n for n in tree(self.path("two")) if n.startswith("a")), ["a.docx", "a.pdf", "a.xml"])
        run("fill", FORM, self.path("two", "a.xml"), "--as", "record", "-o", self.path("record.pdf"))
        self.assertEqual(slurp(self.path("record.pdf")), slurp(self.path("two", "a.pdf")))
        run(*self.command("--lang", "xx"), expect=2)

    def test_findings_are_those_of_validate(self):
        self.put("a.xml", self.plan(9, "<who><from>2027-01-01</from></who>"))
        report = self.go("--only", "docx", expect=1)
        plan = self.path("out", "a.xml")
        alone = json.loads(run("validate", FORM, plan, "--as-of", AS_OF, "--format", "json", expect=1).stdout)
        self.assertEqual(report["plans"][0]["review"], alone)

    def test_a_mixed_pile(self):
        self.mixed()
        report = self.go("-j2", expect=1)
        self.assertEqual(self.codes(report), {
            ("plan 0 again.docx", "R101"), ("post/copy of blank.docx", "R304"), ("half.xml", "R305"),
            ("notes.txt", "R001"), ("empty.docx", "R001"), ("cut.docx", "R007"), ("pipe.docx", "R301"),
            ("link.docx", "R301"), ("html/page.html", "R015")} if self.first_digest("plan 0 as well.docx", "plan 0 again.docx") else {
            ("plan 0 as well.docx", "R101"), ("post/copy of blank.docx", "R304"), ("half.xml", "R305"),
            ("notes.txt", "R001"), ("empty.docx", "R001"), ("cut.docx", "R007"), ("pipe.docx", "R301"),
            ("link.docx", "R301"), ("html/page.html", "R015")})
        made = tree(self.path("out"))
        self.assertFalse([n for n in made if n.startswith(".") or "~" in n])
        for name in ("plan 0.xml", "plan 1.docx", "post/blank.pdf", "xml/plan.html", "json/plan.docx", "pdf/plan.html"):
            # The first of the three files of one plan gives it its name.
            self.assertIn(name.replace("plan 0", "plan 0 again"), made)
        self.assertIn("<name>Quillfeather By PDF</name>", made["pdf/plan.xml"].decode())
        one = made["plan 0 again.xml"].decode()
        self.assertIn("Zebedee the Second", one)
        self.assertIn("Marmaduke the Third", one)
        self.assertIn("<condition>Persimmon wood 0</condition>", one)
        self.assertIn("<p:conflict", one)
        self.assertEqual(report["sum"], {"files": 18, "read": 10, "same": 1, "not-read": 7, "plans": 8,
                                         "to-look-at": report["sum"]["to-look-at"]})

    def first_digest(self, a, b):
        import hashlib
        return hashlib.sha256(slurp(self.path("in", a))).digest() < hashlib.sha256(slurp(self.path("in", b))).digest()

    # -- order and workers --------------------------------------------------------------------------

    def test_order_and_number_of_workers_change_nothing(self):
        self.mixed()
        files = sorted(os.path.join(self.inbox, n) for n in os.listdir(self.inbox) if not n.startswith((".", "~")))
        first = None
        for i, workers in enumerate(("1", "2", "5")):
            random.Random(i).shuffle(files)
            out = "out%d" % i
            done = run(*self.command(*FEW, "-j", workers, out=out, files=files), expect=1)
            made = tree(self.path(out))
            made["stdout"] = done.stdout
            first = first or made
            self.same(made, first)

    # -- files of one plan --------------------------------------------------------------------------

    def test_two_halves_become_one_plan(self):
        document = self.document(self.plans["Zebedee"])
        self.put("health.docx", change(document, {BODY: typed("notes/condition", words("Fair"))}))
        self.put("social.docx", change(document, {BODY: typed("who/training", words("Sawing"))}))
        report = self.go("--only", "docx")
        plan = slurp(self.path("out", "health.xml")).decode()
        self.assertIn("<condition>Fair</condition>", plan)
        self.assertIn("<training>Sawing</training>", plan)
        self.assertEqual(self.codes(report), set())
        self.assertEqual(len(report["plans"]), 1)
        self.assertNotIn("social.xml", tree(self.path("out")))

    def test_word_and_pdf_of_one_plan(self):
        """What only one says comes in; where both say something, both are kept, in whichever order they come."""
        plan = self.plans["Zebedee"]
        word = change(self.document(plan), {BODY: lambda body: typed("who/training", words("Sawing"))(
            typed("notes/condition", words("Fair"))(body))})
        pdf = Pdf(self.document(plan, ".pdf")).fill("who.training", "Planing").fill("what.tool.1.item", "Saw").bytes()
        made = []
        for first, second in ((("a.docx", word), ("b.pdf", pdf)), (("a.pdf", pdf), ("b.docx", word))):
            shutil.rmtree(self.inbox)
            self.put(*first)
            self.put(*second)
            out = "out " + first[0]
            report = self.go("--only", "docx", out=out, expect=1)
            made.append(slurp(self.path(out, "a.xml")).decode())
            self.assertEqual({code for _, code in self.codes(report)}, {"R101"})
            self.assertEqual(sum(f["reading"]["conflicts"] for f in report["files"]), 1)
        self.assertEqual(*made)
        for text in ("<condition>Fair</condition>", "<item>Saw</item>", "Sawing", "Planing", "<p:conflict"):
            self.assertIn(text, made[0])

    def test_what_one_was_issued_with_and_the_other_not_is_kept(self):
        """A document of an early state comes back beside one of a late state, which has more in it."""
        early = self.document(self.plans["Zebedee"])
        self.put("first.docx", change(early, {BODY: typed("who/training", words("Sawing"))}))
        self.go("--only", "docx")
        late = slurp(self.path("out", "first.docx"))
        shutil.rmtree(self.inbox)
        os.mkdir(self.inbox)
        self.put("early.docx", change(early, {BODY: typed("notes/condition", words("Fair"))}))
        self.put("late.docx", change(late, {BODY: typed("what/tool[1]/item", words("Saw"))}))
        self.put("untouched.docx", early)
        report = self.go("--only", "docx", out="again")
        plan = slurp(self.path("again", "early.xml")).decode()
        for text in ("<condition>Fair</condition>", "<training>Sawing</training>", "Zebedee Example", "<item>Saw</item>"):
            self.assertIn(text, plan)
        self.assertEqual(self.codes(report), set())
        self.assertEqual(plan.count('path="who/training"'), 1)  # one entry in one history

    def test_a_decision_in_one_state_counts_in_the_other(self):
        """A conflict that both had is ended in one; the other has more in it besides."""
        folder = self.path("states")
        os.makedirs(folder)
        for name, plan in (("mine", self.plan(7, "<who><name>Zebedee</name></who>")),
                           ("its", self.plan(7, "<who><name>Dylan</name></who>"))):
            with open(os.path.join(folder, name), "wb") as f:
                f.write(plan)
        step = ["--by", "store", "--at", AT, "-o"]
        run("read", FORM, folder + "/its", "--into", folder + "/mine", *step, folder + "/both.xml", expect=1)
        run("set", FORM, folder + "/both.xml", "who/trained", "--absent", "not-asked", *step, folder + "/a.xml")
        run("set", FORM, folder + "/a.xml", "who/from", "--absent", "not-asked", *step, folder + "/more.xml")
        for side, name in (("visible", "Dylan"), ("stored", "Zebedee")):
            run("set", FORM, folder + "/both.xml", "who/name", "--keep", side, *step, folder + "/chosen.xml", "--force")
            for state in ("more.xml", "chosen.xml"):
                self.put(state, slurp(folder, state))
            report = self.go("--only", "docx", "--force", out=side)
            plan = slurp(self.path(side, report["plans"][0]["outputs"][0])).decode()
            self.assertNotIn("<p:conflict", plan)
            self.assertIn("<name>%s</name>" % name, plan)
            self.assertIn('<from p:absent="not-asked"/>', plan)

    def test_what_the_page_saved_beside_what_it_was_made_from(self):
        """Such a plan has no entries for what was typed into it. What came in gets them, and what was
        taken out is a conflict."""
        folder = self.path("states")
        os.makedirs(folder)
        for name, answers in (("none", ""), ("name", "<who><name>Zebedee</name></who>")):
            with open(os.path.join(folder, name), "wb") as f:
                f.write(self.plan(7, answers))
        run("read", FORM, folder + "/name", "--into", folder + "/none", "--by", "member", "--at", AT, "-o", folder + "/sent.xml")
        sent = slurp(folder, "sent.xml")
        self.put("sent.xml", sent)
        self.put("typed.xml", sent.replace(b"</who>", b"  <from>2026-01-02</from>\n    <trained p:absent=\"asked-declined\"/>\n  </who>"))
        report = self.go("--only", "docx", out="typed")
        plan = slurp(self.path("typed", report["plans"][0]["outputs"][0])).decode()
        self.assertIn("<from>2026-01-02</from>", plan)
        self.assertIn('by="store/desk" via="plan"', plan)
        self.assertEqual(re.findall(r'did="(\w+)" path="([^"]*)"(?: to="([^"]*)")?/>', plan),
                         [("set", "who/name", ""), ("set", "who/from", ""), ("absent", "who/trained", "asked-declined")])
        os.remove(self.path("in", "typed.xml"))
        self.put("cleared.xml", sent.replace(b"    <name>Zebedee</name>\n", b""))
        report = self.go("--only", "docx", out="cleared", expect=1)
        self.assertEqual({code for _, code in self.codes(report)}, {"R101"})
        self.assertIn("Zebedee", slurp(self.path("cleared", report["plans"][0]["outputs"][0])).decode())

    def test_no_answer_of_many_is_lost_in_silence(self):
        """A conflict holds two. The others are told of their files, unless they are one of the two."""
        names = ("Zebedee", "Marmaduke", "Ermintrude", "Dylan")
        for name in names:
            self.put(name[0] + ".xml", self.plan(7, "<who><name>%s</name></who>" % name))
        self.put("Again.xml", self.plan(7, "<who><name>Dylan</name></who><notes><condition>Rust.</condition></notes>"))
        report = self.go("--only", "docx", expect=1)
        told = [(os.path.basename(f["file"]), t["code"]) for f in report["files"] for t in f["reading"]["findings"]]
        self.assertEqual(sorted(code for _, code in told).count("R101"), 1)
        plan = slurp(self.path("out", report["plans"][0]["outputs"][0])).decode()
        held = {n for n in names if n in plan}
        self.assertEqual(len(held), 2)
        lost = {n[0] + ".xml" for n in names if n not in held} | ({"Again.xml"} if "Dylan" not in held else set())
        self.assertEqual({name for name, code in told if code == "R103"}, lost)
        self.assertIn("Rust.", plan)

    def test_a_plan_that_went_two_ways(self):
        """Its history says which answer is the later one; where it does not, there is a conflict."""
        plan = self.path("plan.xml")
        with open(plan, "wb") as f:
            f.write(self.plans["Zebedee"])
        for out, text in (("a", "Sawing"), ("b", "Planing")):
            self.put("x.docx", change(self.document(self.plans["Zebedee"]), {BODY: typed("who/training", words(text))}))
            self.go("--only", "docx", out=out)
        shutil.rmtree(self.inbox)
        os.mkdir(self.inbox)
        self.put("a.docx", slurp(self.path("a", "x.docx")))
        self.put("b.xml", slurp(self.path("b", "x.xml")))
        self.put("old.xml", self.plans["Zebedee"])
        report = self.go("--only", "docx", out="both", expect=1)
        made = slurp(self.path("both", "a.xml")).decode()
        self.assertIn("<p:conflict", made)
        for text in ("Sawing", "Planing", "Zebedee Example"):
            self.assertIn(text, made)
        self.assertEqual({code for _, code in self.codes(report)}, {"R101"})

    def test_new_rows_of_two_files_are_two_rows(self):
        document = self.document(self.plans["Zebedee"])
        for name, tool in (("a", "Saw"), ("b", "Plane")):
            self.put(name + ".docx", change(document, {BODY: typed("what/tool[1]/item", words(tool))}))
        self.go("--only", "docx")
        plan = slurp(self.path("out", "a.xml")).decode()
        self.assertEqual(set(re.findall("<item>(.*)</item>", plan)), {"Saw", "Plane"})
        self.assertNotIn("<p:conflict", plan)

    def test_a_file_that_is_left_out_later(self):
        document = self.document(self.plans["Zebedee"])
        a = self.put("a.docx", change(document, {BODY: typed("notes/condition", words("Fair"))}))
        b = self.put("b.docx", change(document, {BODY: typed("who/training", words("Sawing"))}))
        self.go("--only", "docx")
        before = tree(self.path("out"))
        report = self.go("--only", "docx", files=[a], expect=1)
        self.assertEqual(self.codes(report), {("plan", "R307")})
        self.assertEqual(slurp(self.path("out", "a.xml")), before["a.xml"])
        report = self.go("--only", "docx", files=[a], expect=1)  # the next day, too
        self.assertEqual(self.codes(report), {("plan", "R307")})
        self.go("--only", "docx")
        self.same(tree(self.path("out")), before)
        self.go("--only", "docx", "--force", files=[a])
        self.assertNotIn(b"Sawing", slurp(self.path("out", "a.xml")))
        # A file that came again, corrected, is another matter.
        self.put("a.docx", change(document, {BODY: typed("notes/condition", words("Good"))}))
        self.go("--only", "docx", files=[a])
        self.assertIn(b"Good", slurp(self.path("out", "a.xml")))
        self.assertTrue(b)

    def test_versions(self):
        form = self.path("form")
        os.mkdir(form)
        text = slurp(FORM).decode().replace('status="draft"', 'status="published"')
        with open(os.path.join(form, "form.xml"), "w") as f:
            f.write(text)
        run("publish", form)
        old = slurp(self.made(form, self.plans_of(form, 7)))
        with open(os.path.join(form, "form.xml"), "w") as f:
            f.write(text.replace('version="1.0.0"', 'version="1.1.0"').replace('label="Full name"', 'label="Whole name"'))
        run("publish", form)
        self.put("old.docx", old)
        self.put("new.docx", slurp(self.made(form, self.plans_of(form, 8))))
        self.put("both.docx", slurp(self.made(form, self.plans_of(form, 7))))
        done = run("regenerate", form, self.inbox, "-o", self.path("out"), "--by", "store", "--as-of", AS_OF, "--at", AT,
                   "--only", "html", "--format", "json", expect=1)
        found = self.codes(json.loads(done.stdout))
        self.assertEqual(found, {("plan", "R306")})
        self.assertIn(b"Full name", slurp(self.path("out", "old.html")))
        self.assertIn(b"Whole name", slurp(self.path("out", "new.html")))
        self.assertIn(b"Whole name", slurp(self.path("out", "both.html")))

    def plans_of(self, form, number):
        path = os.path.join(self.common, "plan.xml")
        run("new", form, "-o", path, "--force", "--id", "urn:uuid:00000000-0000-4000-8000-%012d" % number)
        return path

    def made(self, form, plan):
        run("fill", form, plan, "-o", plan + ".docx", "--force")
        return plan + ".docx"

    # -- not twice ----------------------------------------------------------------------------------

    def test_what_is_there_is_not_made_again(self):
        self.mixed()
        self.go(expect=1)
        before = tree(self.path("out"))
        stamps = {n: os.stat(self.path("out", n)).st_ino for n in before if not n.startswith(("re",))}
        self.go("-j3", expect=1)
        self.same(tree(self.path("out")), before)
        self.assertEqual({n: os.stat(self.path("out", n)).st_ino for n in stamps}, stamps)
        # One input changes, one output is gone: these two are made, nothing else.
        self.put("plan 1.docx", change(self.document(self.plans[SAID[1]]), {BODY: typed("notes/condition", words("Bad"))}))
        os.remove(self.path("out", "plan 2.pdf"))
        self.go(expect=1)
        after = tree(self.path("out"))
        self.assertEqual(after["plan 2.pdf"], before["plan 2.pdf"])
        self.assertIn(b"Bad", after["plan 1.xml"])
        same = {n for n in stamps if os.stat(self.path("out", n)).st_ino == stamps[n]}
        self.assertEqual(set(stamps) - same, {"plan 1.xml", "plan 1.docx", "plan 1.pdf", "plan 1.html", "plan 2.pdf"})

    def test_other_settings_are_another_matter(self):
        self.put("a.xml", self.plan(9, "<who><from>2026-03-01</from></who>"))
        self.go("--only", "docx", expect=1)
        done = run(*["regenerate", FORM, self.inbox, "-o", self.path("out"), "--by", "store", "--as-of", "2026-04-01",
                     "--only", "docx,html", "--format", "json"])
        self.assertEqual(json.loads(done.stdout)["plans"][0]["outputs"], ["a.xml", "a.docx", "a.html"])

    def interrupted(self, instant, at):
        """A run that is killed after so many seconds, and one that goes on: the tree."""
        out = "out%d" % random.getrandbits(60)
        p = subprocess.Popen([FORMC, *self.command(*FEW, "-j2", out=out, at=at)], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
        time.sleep(instant)
        p.send_signal(signal.SIGKILL)
        p.wait()
        run(*self.command(*FEW, "-j2", out=out, at=at), expect=1)
        return tree(self.path(out))

    def test_killed_at_any_instant(self):
        self.mixed()
        start = time.monotonic()
        run(*self.command(*FEW, "-j2"), expect=1)
        whole = time.monotonic() - start
        undisturbed = tree(self.path("out"))
        chance = random.Random(117)
        for _ in range(int(os.environ.get("FORMC_KILLS", "5"))):
            instant = chance.uniform(0, whole)
            made = self.interrupted(instant, AT)
            self.same(made, undisturbed, "after %f s:" % instant)

    def wait_for_line(self, out, n):
        """Until so many lines stand in the state."""
        state = self.path(out, "regenerate.state")
        end = time.monotonic() + 60
        while time.monotonic() < end and not (os.path.exists(state) and slurp(state).count(b"\n") >= n):
            time.sleep(0.002)
        return state

    def test_a_run_goes_on_with_its_own_time(self):
        """Without --at the time of entries is now: for the run that goes on, that of the first."""
        self.mixed()
        p = subprocess.Popen([FORMC, *self.command(*FEW, "-j1", at=None)], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
        state = self.wait_for_line("out", 9)  # the first of the eight behind the head are of files that are not read
        p.send_signal(signal.SIGKILL)
        p.wait()
        begun = re.search(rb'"at": "([^"]+)"', slurp(state))[1]
        done = {name: os.stat(self.path("out", name)).st_ino for line in slurp(state).splitlines(True)[1:]
                if line.endswith(b"\n") for name in json.loads(line)["outputs"][::2]}
        self.assertTrue(done)
        time.sleep(1.1)
        report = self.go(*FEW, at=None, expect=1)
        times = {t for n, text in tree(self.path("out")).items() if n.endswith(".xml")
                 for t in re.findall(rb'at="([^"]+)"', text)}
        self.assertEqual(times, {begun})
        self.assertEqual({name: os.stat(self.path("out", name)).st_ino for name in done}, done)  # not made twice
        self.assertNotIn(("plan", "R308"), self.codes(report))

    def test_a_worker_that_dies_takes_one_file(self):
        self.mixed()
        run(*self.command(*FEW, "-j1"), expect=1)
        undisturbed = tree(self.path("out"))
        p = subprocess.Popen([FORMC, *self.command(*FEW, "-j1", out="dies")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.wait_for_line("dies", 1)
        killed = 0
        while p.poll() is None and killed < 3:
            for child in children(p.pid):
                with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
                    os.kill(child, signal.SIGKILL)
                    killed += 1
            time.sleep(0.03)
        text = p.communicate(timeout=60)[0]
        self.assertEqual(p.returncode, 1)
        self.assertGreater(killed, 0)
        self.assertIn(b"R302", text)
        run(*self.command(*FEW, "-j2", out="dies"), expect=1)
        self.same(tree(self.path("dies")), undisturbed)

    def test_two_runs_in_one_folder(self):
        self.mixed()
        runs = [subprocess.Popen([FORMC, *self.command(*FEW)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                for _ in range(2)]
        for p in runs:
            p.communicate(timeout=60)
        self.assertEqual([p.returncode for p in runs], [1, 1])  # one waits for the other, and finds all done
        self.assertFalse([n for n in tree(self.path("out")) if n.endswith(".part")])

    # -- what is there already ----------------------------------------------------------------------

    def test_others_files_are_not_overwritten(self):
        self.put("a.docx", self.document(self.plans["Zebedee"]))
        os.mkdir(self.path("out"))
        with open(self.path("out", "a.pdf"), "wb") as f:
            f.write(b"mine")
        report = self.go(expect=1)
        self.assertEqual(self.codes(report), {("plan", "R308")})
        self.assertEqual(slurp(self.path("out", "a.pdf")), b"mine")
        self.assertNotIn("a.xml", tree(self.path("out")))
        self.go("--force")
        self.assertEqual(slurp(self.path("out", "a.pdf"))[:5], b"%PDF-")
        # A document that somebody has filled in meanwhile is theirs.
        filled = change(slurp(self.path("out", "a.docx")), {BODY: typed("who/name", words("Ada"))})
        with open(self.path("out", "a.docx"), "wb") as f:
            f.write(filled)
        report = self.go(expect=1)
        self.assertEqual(self.codes(report), {("plan", "R308")})
        self.assertEqual(slurp(self.path("out", "a.docx")), filled)
        # It was put elsewhere, and what came in is another one: the other outputs are still ours.
        os.remove(self.path("out", "a.docx"))
        self.put("a.docx", change(self.document(self.plans["Zebedee"]), {BODY: typed("notes/condition", words("Fair"))}))
        self.go()
        self.assertIn(b"Fair", slurp(self.path("out", "a.xml")))

    def test_what_was_made_with_other_settings_is_still_ours(self):
        document = self.document(self.plans["Zebedee"])
        for only, text in (("docx,html", "Fair"), ("docx", "Good"), ("docx,html", "Bad")):
            self.put("a.docx", change(document, {BODY: typed("notes/condition", words(text))}))
            self.go("--only", only)
        self.assertIn(b"Bad", slurp(self.path("out", "a.html")))
        self.put("a.docx", b"cut off")  # which plan it is of is not to be seen
        self.go("--only", "docx,html", expect=1)
        self.put("a.docx", change(document, {BODY: typed("notes/condition", words("Fair"))}))
        self.go("--only", "docx,html")
        self.assertIn(b"Fair", slurp(self.path("out", "a.html")))

    def test_links_are_not_written_through(self):
        self.put("a.docx", self.document(self.plans["Zebedee"]))
        self.put("sub/b.docx", self.document(self.plans["Marmaduke"]))
        os.mkdir(self.path("out"))
        os.mkdir(self.path("elsewhere"))
        with open(self.path("target"), "wb") as f:
            f.write(b"mine")
        os.symlink(self.path("target"), self.path("out", "a.xml"))
        os.symlink(self.path("elsewhere"), self.path("out", "sub"))
        for force in ((), ("--force",)):
            report = self.go(*force, expect=1 if not force else None)
            self.assertTrue({code for _, code in self.codes(report)} <= {"R308"})
            self.assertEqual(slurp(self.path("target")), b"mine")
            self.assertEqual(os.listdir(self.path("elsewhere")), [])
        for name in ("report.txt", "regenerate.state"):
            out = "link of " + name
            os.mkdir(self.path(out))
            os.symlink(self.path("target"), self.path(out, name))
            run(*self.command("--force", out=out), expect=3)
            self.assertEqual(slurp(self.path("target")), b"mine")

    def test_a_state_or_report_of_somebody_else(self):
        self.put("a.docx", self.document(self.plans["Zebedee"]))
        for name in ("report.txt", "report.json", "regenerate.state"):
            out = "other " + name
            os.mkdir(self.path(out))
            with open(self.path(out, name), "w") as f:
                f.write("mine\n")
            run(*self.command(out=out), expect=3)
            self.assertEqual(slurp(self.path(out, name)), b"mine\n")

    def test_what_was_left_half_written_goes(self):
        self.put("a.docx", self.document(self.plans["Zebedee"]))
        os.mkdir(self.path("out"))
        for name in (".a.docx.123.part", ".report.txt.9.part", ".other.docx.1.part", ".a.docx.part"):
            with open(self.path("out", name), "w") as f:
                f.write("half")
        self.go("--only", "docx")
        self.assertEqual(sorted(n for n in tree(self.path("out")) if n.startswith(".")),
                         [".a.docx.part", ".other.docx.1.part"])

    # -- names --------------------------------------------------------------------------------------

    def test_names(self):
        """No two outputs of one name, whatever the files are called."""
        i = 100
        for name in ("a/plan.docx", "b/plan.docx", "plan.docx", "Plan.docx", "PLAN.docm", "plan.v1.docx", "plan",
                     "x" * 240 + ".docx", "y" * 240 + "1.docx", "y" * 240 + "2.docx", "line\nfeed.docx", "-o.docx",
                     "\u202egpj.docx", "caf\u00e9.docx", "report.docx"):
            i += 1
            self.put(name, self.document(self.plan(i, "")))
        with open(os.path.join(self.inbox.encode(), b"latin\xe9.docx"), "wb") as f:
            f.write(self.document(self.plan(i + 1, "")))
        report = self.go("--only", "docx", "-j2")
        made = [n for p in report["plans"] for n in p["outputs"]]
        self.assertEqual(len(made), 2 * 16)
        self.assertEqual(len({n.lower() for n in made}), 2 * 16)
        self.assertTrue(set(made) <= set(tree(self.path("out"))))
        for name in ("a/plan.xml", "b/plan.docx", "caf\u00e9.xml", "line_feed.docx", "plan.v1.xml", "report.docx", "-o.xml"):
            self.assertIn(name, made)
        before = tree(self.path("out"))
        self.go("--only", "docx")
        self.same(tree(self.path("out")), before)
        text = slurp(self.path("out", "report.txt")).decode()
        self.assertNotIn("\u202e", text)

    def test_two_folders_with_files_of_one_name(self):
        files = [self.put("one/back.docx", self.document(self.plans["Zebedee"])),
                 self.put("two/back.docx", self.document(self.plans["Marmaduke"]))]
        report = self.go("--only", "docx", files=[os.path.dirname(f) for f in files])
        made = [n for p in report["plans"] for n in p["outputs"]]
        self.assertEqual(len(set(made)), 4)
        for p in report["plans"]:
            self.assertIn(p["review"]["plan"].encode(), slurp(self.path("out", p["outputs"][0])))

    # -- how far it is ------------------------------------------------------------------------------

    def test_plain_lines_where_there_is_no_terminal(self):
        self.mixed()
        said = run(*self.command(*FEW), expect=1).stderr.decode()
        lines = said.splitlines()
        for line in lines:
            self.assertRegex(line, r"^\d+ of \d+ (files looked at|plans done)$")
        self.assertEqual([n for n in lines if "18 of 18 files" in n], ["18 of 18 files looked at"])
        self.assertRegex(lines[-1], r"^(\d+) of \1 plans done$")
        self.assertNotIn("\r", said)
        self.assertLessEqual(len(lines), 2 * 18)

    def test_a_bar_on_a_terminal(self):
        self.mixed()
        ours, theirs = pty.openpty()
        with subprocess.Popen([FORMC, *self.command(*FEW, "-j2")], stdout=subprocess.DEVNULL, stderr=theirs) as p:
            os.close(theirs)
            said = b""
            while True:
                try:
                    piece = os.read(ours, 65536)
                except OSError:  # nobody has the other end any more
                    break
                if not piece:
                    break
                said += piece
        os.close(ours)
        self.assertEqual(p.returncode, 1)
        lines = said.decode().replace("\r\n", "\n").split("\n")  # a terminal puts the carriage return there
        self.assertEqual(len(lines), 3, lines)  # one a crew, and nothing behind the last
        for line, what in zip(lines, ("files looked at", "plans done")):
            steps = line.split("\r")
            self.assertEqual(steps[0], "")
            widths = []
            for i, step in enumerate(steps[1:], 1):
                found = re.fullmatch(r"\[(#*) *\] (\d+) of (\d+) " + what, step)
                self.assertTrue(found, step)
                self.assertEqual((int(found[2]), int(found[3])), (i, len(steps) - 1))
                self.assertEqual(len(step), len(steps[-1]) - len(str(len(steps) - 1)) + len(str(i)))
                widths.append(len(found[1]))
            self.assertEqual(widths, sorted(widths))
            self.assertEqual(widths[-1], 32)
        for answer in SAID:
            self.assertNotIn(answer.encode(), said)

    # -- the command line ---------------------------------------------------------------------------

    def test_the_command_line(self):
        self.put("a.docx", self.document(self.plans["Zebedee"]))
        for wrong in (["-j", "0"], ["-j", "many"], ["-j", "65"], ["--only", "c"], ["--as", "copy"],
                      ["--as", "record", "--only", "html"], ["--format", "sarif"]):
            run(*self.command(*wrong), expect=2)
        run("regenerate", FORM, self.inbox, "--by", "store", "--as-of", AS_OF, expect=2)
        run("regenerate", FORM, self.inbox, "-o", self.path("out"), "--as-of", AS_OF, expect=2)
        run("regenerate", FORM, self.inbox, "-o", self.path("out"), "--by", "store", expect=2)
        run("regenerate", FORM, self.inbox, "-o", self.path("out"), "--by", "nobody", "--as-of", AS_OF, expect=2)
        run("regenerate", FORM, self.inbox, "-o", self.inbox, "--by", "store", "--as-of", AS_OF, expect=2)
        run(*self.command(files=[self.path("nothing")]), expect=4)

    def test_an_output_folder_in_the_input_folder(self):
        self.put("a.docx", self.document(self.plans["Zebedee"]))
        for _ in range(2):
            done = run("regenerate", FORM, self.inbox, "-o", self.path("in", "out"), "--by", "store", "--as-of", AS_OF,
                       "--at", AT, "--format", "json")
            self.assertEqual(json.loads(done.stdout)["sum"]["files"], 1)

    def test_nothing_to_do(self):
        report = self.go()
        self.assertEqual(report["sum"]["files"], 0)

    def test_a_folder_that_may_not_be_written_to(self):
        if os.geteuid() == 0:
            os.mkdir(self.path("out"))
            self.put("sub/a.docx", self.document(self.plans["Zebedee"]))
            with open(self.path("out", "sub"), "w") as f:
                f.write("a file where a folder has to be")
            report = self.go(expect=1)
            self.assertEqual(self.codes(report), {("plan", "R308")})


if __name__ == "__main__":
    unittest.main(verbosity=2)
