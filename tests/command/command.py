"""The command from outside: exit codes, what goes to standard output and what to standard error,
and that an output is whole or absent whatever happens to the disk."""

import os
import queue
import re
import resource
import shutil
import subprocess
import tempfile
import threading
import time
import unittest
import zipfile

FORMC = os.environ["FORMC"]
HERE = os.path.dirname(os.path.abspath(__file__))
OK, FOUND, USAGE, REFUSED, IO, INTERNAL = range(6)


class Command(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="formc test ")  # the space belongs to the test
        self.addCleanup(shutil.rmtree, self.dir)
        self.form = self.put("form.xml", self.given("small.xml"))
        self.plan = self.put("plan.xml", self.given("small-plan.xml"))
        self.out = os.path.join(self.dir, "out")

    def given(self, name):
        with open(os.path.join(HERE, name), encoding="utf-8") as f:
            return f.read()

    def put(self, name, text):
        path = os.path.join(self.dir, name)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path

    def formc(self, *args, expect=OK, **more):
        more.setdefault("stdin", subprocess.DEVNULL if "input" not in more else None)
        more.setdefault("stdout", subprocess.PIPE)
        if more["stdin"] is None:
            del more["stdin"]
        done = subprocess.run([FORMC, *args], stderr=subprocess.PIPE, timeout=60, **more)
        self.assertEqual(done.returncode, expect, "formc %s\n%s" % (args, done.stderr.decode("utf-8", "replace")))
        return done

    def files(self, folder=None):
        """path -> bytes of everything below the folder."""
        found = {}
        for where, _, names in os.walk(folder or self.out):
            for name in names:
                path = os.path.join(where, name)
                with open(path, "rb") as f:
                    found[os.path.relpath(path, folder or self.out)] = f.read()
        return found

    # -- the command line ----------------------------------------------------------------------

    def test_help_is_data_when_asked_for_and_talk_when_not(self):
        asked = self.formc("--help")
        self.assertEqual(asked.stdout, self.formc("help").stdout)
        self.assertEqual(asked.stderr, b"")
        for word in (b"formc check", b"formc build", b"formc fill", b"docx", b"pdf", b"Exit codes"):
            self.assertIn(word, asked.stdout)
        alone = self.formc(expect=USAGE)
        self.assertEqual(alone.stdout, b"")
        self.assertIn(b"formc build", alone.stderr)
        self.assertIn(b"--watch", self.formc("help", "build").stdout)
        self.assertRegex(self.formc("--version").stdout, rb"^formc \d+\.\d+\.\d+\n$")

    def test_a_command_line_that_is_not_understood(self):
        for args in (["bild", self.form], ["help", "bild"], ["check"], ["check", self.form, self.form],
                     ["check", "--loud", self.form], ["build", self.form],
                     ["build", self.form, "-o"], ["build", self.form, "-o", self.out, "-o", self.out],
                     ["build", self.form, "-o", self.out, "--only", "dokx"],
                     ["build", self.form, "-o", self.out, "--force=yes"],
                     ["build", self.form, "-o", self.out, "--binding", "v15"],
                     ["build", self.form, "-o", self.out, "--repeat", "often"],
                     ["build", self.form, "-o", self.out, "--rows", "visit/item"],
                     ["build", self.form, "-o", self.out, "--rows", "visit/item=-1"],
                     ["build", self.form, "-o", self.out, "--rows", "visit/item=10"],
                     ["build", self.form, "-o", self.out, "--rows", "visit/none=1"],
                     ["build", "-", "-o", self.out, "--watch"],
                     ["fill", self.form, self.plan], ["fill", self.form, self.plan, "-o", self.out],
                     ["fill", self.form, self.plan, "-o", self.out, "--to", "c"]):
            with self.subTest(args=args):
                said = self.formc(*args, expect=USAGE)
                self.assertTrue(said.stderr.startswith(b"formc: "))
                self.assertEqual(said.stderr.count(b"\n"), 1)
                self.assertFalse(os.path.exists(self.out))

    # -- check -----------------------------------------------------------------------------------

    def test_check(self):
        self.assertIn(b"nothing wrong", self.formc("check", self.form).stderr)
        self.formc("check", "-", input=self.given("small.xml").encode())
        self.formc("check", self.dir)  # a folder: its form.xml

    def test_mistakes_are_named_with_their_place(self):
        bad = self.put("bad.xml", self.given("small.xml").replace('day le as-of()', 'dya le as-of()'))
        said = self.formc("check", bad, expect=FOUND).stderr.decode()
        line = self.given("small.xml").split("\n")
        row = next(i for i, l in enumerate(line, 1) if "day le" in l)
        column = line[row - 1].index("day le") + 1
        self.assertTrue(said.startswith("%s:%d:%d: error" % (bad, row, column)), said)
        self.assertIn("^^^", said)
        self.formc("build", bad, "-o", self.out, expect=FOUND)
        self.assertFalse(os.path.exists(self.out))

    def test_what_cannot_be_read(self):
        self.formc("check", os.path.join(self.dir, "none.xml"), expect=IO)
        folder = os.path.join(self.dir, "empty")
        os.mkdir(folder)
        self.formc("check", folder, expect=IO)
        for text in (b"", b"word", b"<form", b"\xff\xfe", b"<!DOCTYPE x><x/>",
                     self.given("small.xml").encode("utf-16"), b"<x xmlns='urn:other'/>"):
            with self.subTest(text=text[:20]):
                self.formc("check", self.put("no.xml", text), expect=REFUSED)

    # -- explain ---------------------------------------------------------------------------------

    def test_explain_prints_the_page_of_a_code(self):
        page = self.formc("explain", "e201").stdout.decode()
        self.assertTrue(page.startswith("E201: a name that does not exist\n\n"), page)
        self.assertRegex(page, r"\nWrong:\n\n    <field [^`]*\n\nRight:\n\n    <field ")
        for mark in ("`", "<!--", "##"):
            self.assertNotIn(mark, page)
        self.assertNotIn("E202", page)
        self.assertIn("W322", self.formc("explain", "W322").stdout.decode())
        self.formc("explain", "E999", expect=USAGE)
        self.formc("explain", "E201x" * 9, expect=USAGE)
        self.formc("explain", "E201", "E202", expect=USAGE)

    def test_explain_lists_the_codes_and_has_a_page_for_each(self):
        codes = [line.split(b"  ", 1) for line in self.formc("explain").stdout.splitlines()]
        self.assertGreater(len(codes), 60)
        for code, title in codes:
            page = self.formc("explain", code.decode()).stdout
            self.assertTrue(page.startswith(code + b": " + title + b"\n\n"), page)
            self.assertGreater(len(page.splitlines()), 2)

    # -- build -----------------------------------------------------------------------------------

    def test_build_makes_every_output(self):
        said = self.formc("build", self.form, "-o", self.out).stderr.decode()
        made = self.files()
        for name in made:
            self.assertIn(os.path.join(self.out, name) + "  ", said)
        self.assertEqual({os.path.splitext(n)[1] for n in made} & {".docx", ".pdf", ".xml", ".c", ".h"},
                         {".docx", ".pdf", ".xml", ".c", ".h"})
        self.assertTrue(made["small.pdf"].startswith(b"%PDF-1."))
        self.assertIsNone(zipfile.ZipFile(os.path.join(self.out, "small.docx")).testzip())

    def test_only_makes_only_these(self):
        self.formc("build", self.form, "-o", self.out, "--only", "docx")
        self.assertEqual(list(self.files()), ["small.docx"])
        self.formc("build", self.form, "-o", self.out, "--only", "pdf,model")
        self.assertEqual(sorted(self.files()), ["model.xml", "small.docx", "small.pdf"])

    def test_nothing_is_overwritten_unless_asked(self):
        self.formc("build", self.form, "-o", self.out)
        before = self.files()
        os.remove(os.path.join(self.out, "small.docx"))
        self.put("form.xml", self.given("small.xml").replace("Who came", "Who was there"))
        said = self.formc("build", self.form, "-o", self.out, expect=REFUSED).stderr
        self.assertIn(b"--force", said)
        after = self.files()
        self.assertNotIn("small.docx", after)  # not even what would not have been in the way
        self.assertEqual(after["small.pdf"], before["small.pdf"])
        self.formc("build", self.form, "-o", self.out, "--force")
        self.assertNotEqual(self.files()["small.pdf"], before["small.pdf"])

    def test_it_does_not_write_through_a_symbolic_link(self):
        os.mkdir(self.out)
        precious = self.put("precious", b"kept")
        os.symlink(precious, os.path.join(self.out, "small.docx"))
        self.formc("build", self.form, "-o", self.out, "--only", "docx", "--force", expect=REFUSED)
        self.formc("fill", self.form, self.plan, "-o", os.path.join(self.out, "small.docx"), "--force",
                   expect=REFUSED)
        with open(precious, "rb") as f:
            self.assertEqual(f.read(), b"kept")

    def test_the_folder_cannot_be_made(self):
        self.put("out", b"a file")
        self.formc("build", self.form, "-o", self.out, expect=IO)
        self.formc("build", self.form, "-o", os.path.join(self.out, "deeper"), expect=IO)

    def test_blank_rows(self):
        def rows(*more):
            self.formc("build", self.form, "-o", self.out, "--only", "docx", "--force", *more)
            text = zipfile.ZipFile(os.path.join(self.out, "small.docx")).read("word/document.xml").decode()
            return len(set(re.findall(r"visit/item\[(\d+)\]/what", text)))
        self.assertEqual(rows(), 2)
        self.assertEqual(rows("--rows", "visit/item=5"), 5)

    def test_names_that_are_hard_to_handle(self):
        os.mkdir(os.path.join(self.dir, "-o"))
        shutil.copy(self.form, os.path.join(self.dir, "-o", "form.xml"))
        self.formc("check", "--", "-o", cwd=self.dir)
        name = os.path.join(self.dir.encode(), b"new\nline \xff.pdf")
        self.formc("fill", self.form, self.plan, "-o", name)
        self.assertTrue(os.path.getsize(name))

    # -- fill ------------------------------------------------------------------------------------

    def test_fill_puts_the_answers_in(self):
        word, pdf = os.path.join(self.dir, "a.docx"), os.path.join(self.dir, "a.pdf")
        self.formc("fill", self.form, self.plan, "-o", word)
        text = zipfile.ZipFile(word).read("word/document.xml").decode()
        for answer in ("Quillfeather Example", "31/01/2026", "In the spring", "Zebedee Sample"):
            self.assertIn(answer, text)
        self.formc("fill", self.form, self.plan, "-o", pdf)
        shown = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
        for answer in ("Quillfeather Example", "31/01/2026", "In the spring", "Zebedee Sample"):
            self.assertIn(answer, shown)
        self.formc("fill", self.form, self.plan, "-o", word, expect=REFUSED)
        self.formc("fill", self.form, self.plan, "-o", word, "--force")

    def test_fill_through_pipes(self):
        path = os.path.join(self.dir, "a.docx")
        self.formc("fill", self.form, self.plan, "-o", path)
        piped = self.formc("fill", self.form, "-", "-o", "-", "--to", "docx",
                           input=self.given("small-plan.xml").encode())
        with open(path, "rb") as f:
            self.assertEqual(piped.stdout, f.read())

    def test_a_plan_that_is_not_one_of_this_form(self):
        out = os.path.join(self.dir, "a.docx")
        for text in (b"", b"word", b"<!DOCTYPE small><small/>", b"<other xmlns='urn:formc:data:other'/>"):
            with self.subTest(text=text):
                self.formc("fill", self.form, self.put("p.xml", text), "-o", out, expect=REFUSED)
                self.assertFalse(os.path.exists(out))

    def test_no_message_holds_an_answer(self):
        faulty = self.given("small-plan.xml").replace("2026-01-31", "Xanthippe").replace(
            "<when>", "<wenn>Melchizedek</wenn><when>").replace("<again>yes", "<again>Ozymandias")
        said = self.formc("fill", self.form, self.put("p.xml", faulty), "-o", os.path.join(self.dir, "a.pdf"),
                          expect=FOUND).stderr.decode()
        self.assertIn("p.xml:", said)
        for answer in ("Xanthippe", "Melchizedek", "Ozymandias", "Quillfeather", "Zebedee"):
            self.assertNotIn(answer, said)

    # -- the disk --------------------------------------------------------------------------------

    def full_after(self, size):
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    def test_a_full_disk_leaves_the_old_file_whole(self):
        self.formc("build", self.form, "-o", self.out)
        before = self.files()
        self.put("form.xml", self.given("small.xml").replace("Who came", "Who was there"))
        for name in ("small.docx", "small.pdf"):
            for size in (0, 1, len(before[name]) // 2):
                with self.subTest(name=name, size=size):
                    self.formc("build", self.form, "-o", self.out, "--force", "--only", name.split(".")[1],
                               expect=IO, preexec_fn=self.full_after(size))
                    self.assertEqual(self.files(), before)

    def test_a_full_disk_leaves_nothing_new(self):
        self.formc("fill", self.form, self.plan, "-o", os.path.join(self.dir, "a.pdf"), expect=IO,
                   preexec_fn=self.full_after(100))
        self.assertEqual(sorted(os.listdir(self.dir)), ["form.xml", "plan.xml"])

    def test_a_full_or_closed_pipe_is_reported(self):
        with open("/dev/full", "wb") as full:
            self.formc("fill", self.form, self.plan, "-o", "-", "--to", "pdf", expect=IO, stdout=full)
        reading, writing = os.pipe()
        os.close(reading)
        try:
            self.formc("fill", self.form, self.plan, "-o", "-", "--to", "pdf", expect=IO, stdout=writing)
        finally:
            os.close(writing)

    def test_devices_and_folders_are_not_written_to(self):
        os.mkfifo(os.path.join(self.dir, "pipe"))
        os.mkdir(os.path.join(self.dir, "folder"))
        for path in ("/dev/null", os.path.join(self.dir, "pipe"), os.path.join(self.dir, "folder")):
            self.formc("fill", self.form, self.plan, "-o", path, "--to", "pdf", "--force", expect=REFUSED)

    # -- watch -----------------------------------------------------------------------------------

    def test_watch_says_in_one_line_what_changed_or_what_is_wrong(self):
        said = queue.Queue()
        with subprocess.Popen([FORMC, "build", self.form, "-o", self.out, "--watch"],
                              stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
            reader = threading.Thread(target=lambda: [said.put(line) for line in process.stderr])
            reader.start()
            try:
                self.assertIn("watching", said.get(timeout=30))
                self.assertIn("built in", said.get(timeout=30))
                first = self.files()["small.pdf"]
                time.sleep(0.05)  # a later time of change, on any file system
                self.put("form.xml", self.given("small.xml").replace("Who came", "Who was there"))
                line = said.get(timeout=30)
                self.assertIn("built in", line)
                self.assertIn("visit/who", line)
                self.assertNotEqual(self.files()["small.pdf"], first)
                second = self.files()
                self.put("form.xml", self.given("small.xml").replace("</section>", "</sektion>"))
                self.assertRegex(said.get(timeout=30), r"form\.xml:\d+:\d+: error")
                self.assertEqual(self.files(), second)
                self.put("form.xml", self.given("small.xml"))
                self.assertIn("built in", said.get(timeout=30))
                self.assertEqual(self.files()["small.pdf"], first)
                self.assertTrue(said.empty())
            finally:
                process.terminate()
                reader.join()


if __name__ == "__main__":
    unittest.main(verbosity=1)
