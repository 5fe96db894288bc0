"""Pictures beside questions, from a language file: what becomes of them in Word, PDF and the page for
browsers; that stale, missing and bad ones are told; that translate keeps them and publish freezes them."""

import base64
import os
import re
import shutil
import struct
import subprocess
import tempfile
import unittest
import zipfile
import zlib

FORMC = os.environ["FORMC"]
TOP = os.environ["FORMC_SOURCE"]
SIGN = b"\x89PNG\r\n\x1a\n"
# A question with a heading, one in a table with details, one across a table, and one in rows of a table
# and of blocks; a block that is used twice.
FORM = """<form xmlns="urn:formc:form:1" id="pictured" version="1.0.0" status="published" xml:lang="en-GB"
    data-ns="urn:formc:data:pictured">
  <title>Pictured</title>
  <parties><party id="host" kind="person">The host</party></parties>
  <block id="visit" layout="table"><field id="day" label="Which day?" type="date"/></block>
  <section id="me" title="Me" completed-by="host" layout="stacked">
    <field id="good" label="What are you good at?" type="prose" lines="3"><hint>Anything</hint></field>
    <field id="alone" label="Do you live alone?" type="yes-no"><details id="who" when="alone eq no" label="Who with?"/></field>
  </section>
  <section id="house" title="House" completed-by="host" layout="table">
    <field id="where" label="Where is it?" type="line"/>
    <field id="how" label="How do we get there?" type="prose" lines="2" layout="wide"/>
    <field id="warm" label="Is it warm?" type="yes-no"><details id="why" when="warm eq no" label="Why not?"/></field>
    <repeat id="guest" label="Guests" max="4" blank-rows="2"><field id="name" label="Who comes?" type="line"/><field id="age" label="How old?" type="integer"/></repeat>
    <repeat id="pet" label="Pets" max="4" blank-rows="2" layout="blocks"><field id="kind" label="What is it?" type="line"/></repeat>
  </section>
  <section id="visits" title="Visits" completed-by="host">
    <use id="first" block="visit" title="The first"/>
    <use id="second" block="visit" title="The second"/>
  </section>
</form>
"""
TEXTS = (("block:visit/day label", "Which day?", "red"), ("me/good label", "What are you good at?", "red"), ("me/alone label", "Do you live alone?", "wide"),
         ("me/who label", "Who with?", "red"), ("house/where label", "Where is it?", "red"),
         ("house/how label", "How do we get there?", "wide"), ("house/warm label", "Is it warm?", "red"),
         ("house/why label", "Why not?", "red"), ("house/guest/name label", "Who comes?", "red"),
         ("house/pet/kind label", "What is it?", "wide"))
PLACES = 10 + 1  # the block is used twice
ENTRY = """    <text of="%s">
      <original>%s</original>
      <translation></translation>
      <picture file="%s.png" alt="A &amp; %s"/>
    </text>
"""
LANGUAGE = """<?xml version="1.0" encoding="UTF-8"?>
<language xmlns="urn:formc:language:1" form="pictured" xml:lang="en-GB-x-easyread" partial="yes">
  <texts>
%s  </texts>
</language>
"""


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, more=b""):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\xff\0\0" * width) * height
    return SIGN + chunk(b"IHDR", head) + more + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Pictures(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.lang = os.path.join(self.folder, "lang", "en-GB-x-easyread")
        os.makedirs(self.lang)
        self.write("form.xml", FORM)
        self.language = LANGUAGE % "".join(ENTRY % (of, words, file, file) for of, words, file in TEXTS)
        self.write("lang/en-GB-x-easyread.xml", self.language)
        self.write("lang/en-GB-x-easyread/red.png", png(40, 40, chunk(b"tEXt", b"Comment\0taken at 51.5 N")))
        self.write("lang/en-GB-x-easyread/wide.png", png(80, 40))

    def write(self, name, data):
        with open(os.path.join(self.folder, name), "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())

    def read(self, name):
        with open(os.path.join(self.folder, name), "rb") as f:
            return f.read()

    def formc(self, *args, code=0):
        done = subprocess.run([FORMC, *args], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def build(self, *more):
        self.formc("build", ".", "-o", "out", "--only", "docx,pdf,html,model", "--force", *more)
        end = ".en-GB-x-easyread." if "--lang" in more else "."
        return {e: self.read("out/%s%s%s" % ("model" if e == "xml" else "pictured", end, e)) for e in ("docx", "pdf", "html", "xml")}

    def figures(self, pdf):
        """The words of the figures of a PDF."""
        self.write("x.pdf", pdf)
        subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "x.pdf", "x.qdf"], cwd=self.folder, check=True)
        return re.findall(rb"/Alt \(([^)]*)\)[^>]*(?:<<[^>]*>>[^>]*)*/S /Figure", self.read("x.qdf"))

    def test_every_output_has_them(self):
        own, made = self.build(), self.build("--lang", "en-GB-x-easyread")
        for data in own.values():
            self.assertNotIn(b"A &amp; red", data)
        for data in made.values():
            self.assertNotIn(b"51.5 N", data)
        words = ["A &amp; " + f for _, _, f in TEXTS] + ["A &amp; red"]

        page = made["html"].decode()
        page = re.sub(r"<template[\s\S]*?</template>", "", page)
        images = re.findall(r'<img class="picture" src="data:image/png;base64,([^"]*)" alt="([^"]*)" width="(\d+)" height="(\d+)"', page)
        # those of rows stand in each row, and above the column
        self.assertEqual(sorted(alt for _, alt, _, _ in images), sorted(words + ["A &amp; red"] * 2 + ["A &amp; wide"]))
        sizes = {alt: (int(w), int(h)) for _, alt, w, h in images}
        self.assertEqual(sizes, {"A &amp; red": (40, 40), "A &amp; wide": (80, 40)})
        bytes_of = {alt: base64.b64decode(data) for data, alt, _, _ in images}

        self.write("x.docx", made["docx"])
        with zipfile.ZipFile(os.path.join(self.folder, "x.docx")) as z:
            parts = {n: z.read(n) for n in z.namelist()}
        media = {n: parts[n] for n in parts if n.startswith("word/media/")}
        self.assertEqual(sorted(media.values()), sorted(bytes_of.values()))  # each once, and the same as in the page
        document, links = parts["word/document.xml"].decode(), parts["word/_rels/document.xml.rels"].decode()
        ids = re.findall(r'<wp:docPr[^>]* id="(\d+)"', document)
        self.assertEqual(len(ids), PLACES + 1)  # a block of rows has two rows
        self.assertEqual(len(set(ids)), len(ids))
        for relation in re.findall(r'r:embed="([^"]*)"', document):
            target = re.search(r'Id="%s" Type="[^"]*/image" Target="([^"]*)"' % relation, links)
            self.assertIn("word/" + target.group(1), media)
        self.assertIn('Extension="png" ContentType="image/png"', parts["[Content_Types].xml"].decode())

        figures = self.figures(made["pdf"])
        self.assertEqual(sorted(figures), sorted([w.replace("&amp;", "&").encode() for w in words] + [b"A & wide"]))
        self.write("x.pdf", made["pdf"])
        listed = subprocess.run(["pdfimages", "-list", os.path.join(self.folder, "x.pdf")], stdout=subprocess.PIPE, text=True,
                                check=True).stdout.splitlines()[2:]
        objects = {tuple(line.split()[3:5] + line.split()[10:11]) for line in listed}
        self.assertEqual(len(objects), 2)  # each once in the file, however often it is drawn
        subprocess.run(["pdfimages", "-png", "x.pdf", "p"], cwd=self.folder, check=True)
        self.assertEqual({(w, h) for w, h, _ in objects}, {("40", "40"), ("80", "40")})
        shown = subprocess.run(["pdftoppm", "-r", "72", "-f", "1", "-l", "1", "x.pdf"], cwd=self.folder, stdout=subprocess.PIPE,
                               check=True).stdout
        pixels = shown[shown.index(b"255\n") + 4:]
        red = sum(pixels[i:i + 3] == b"\xff\0\0" for i in range(0, len(pixels), 3))
        self.assertGreater(red, 3000)  # a square of 84 points is 7,000
        self.assertEqual(made, self.build("--lang", "en-GB-x-easyread"))

    def test_a_record_has_them(self):
        self.formc("new", ".", "--id", "urn:uuid:0b6b2b8e-0000-4000-8000-000000000001", "-o", "p.xml")
        self.formc("fill", ".", "p.xml", "-o", "r.pdf", "--as", "record", "--lang", "en-GB-x-easyread")
        self.formc("fill", ".", "p.xml", "-o", "r.docx", "--as", "record", "--lang", "en-GB-x-easyread")
        self.assertIn(b"A & wide", self.figures(self.read("r.pdf")))
        with zipfile.ZipFile(os.path.join(self.folder, "r.docx")) as z:
            self.assertIn("word/media/picture1.png", z.namelist())
            self.assertIn(b'descr="A &amp; wide"', z.read("word/document.xml"))

    def test_a_page_of_what_is_missing_has_none(self):
        self.formc("new", ".", "-o", "p.xml")
        self.formc("validate", ".", "p.xml", "--as-of", "2026-11-26", "-o", "m.docx", "--lang", "en-GB-x-easyread")
        with zipfile.ZipFile(os.path.join(self.folder, "m.docx")) as z:
            self.assertFalse([n for n in z.namelist() if "media" in n])
            self.assertNotIn(b"image/png", z.read("[Content_Types].xml"))

    def test_what_came_back_is_read(self):
        self.formc("new", ".", "--id", "urn:uuid:0b6b2b8e-0000-4000-8000-000000000001", "-o", "p.xml")
        for end in ("docx", "pdf"):
            self.formc("fill", ".", "p.xml", "-o", "f." + end, "--lang", "en-GB-x-easyread")
            done = self.formc("read", ".", "f." + end, "--by", "host", "--into", "p.xml", "-o", "again-%s.xml" % end)
            self.assertNotIn("R1", done.stderr)

    def digest(self):
        return re.search(rb' digest="([^"]*)"', self.build()["xml"]).group(1)

    def test_one_digest_covers_them(self):
        before = self.digest()
        spoken = self.build("--lang", "en-GB-x-easyread")["xml"]
        self.assertIn(b'digest="%s"' % before, spoken)
        self.write("lang/en-GB-x-easyread/red.png", png(41, 40))
        other = self.digest()
        self.assertNotEqual(other, before)
        self.write("lang/en-GB-x-easyread.xml", self.language.replace('alt="A &amp; red"', 'alt="Red"', 1))
        self.assertNotIn(self.digest(), (before, other))

    def test_translate_keeps_them(self):
        done = self.formc("translate", ".", "--lang", "en-GB-x-easyread")
        self.assertIn(": 10 texts, 10 not translated, 0 to look at again, 0 obsolete", done.stderr)
        kept = self.read("lang/en-GB-x-easyread.xml").decode()
        self.assertEqual(kept.replace("<translation/>", "<translation></translation>"), self.language)
        # a question with other words: its picture is stale, is kept, and is not shown
        self.write("form.xml", FORM.replace("Where is it?", "Where do you live?"))
        self.assertIn('warning[W331]: the words of "house/where label" have changed since they had this picture',
                      self.formc("check", ".").stderr)
        self.assertEqual(len(self.figures(self.build("--lang", "en-GB-x-easyread")["pdf"])), PLACES)
        done = self.formc("translate", ".", "--lang", "en-GB-x-easyread")
        self.assertIn(": 10 texts, 10 not translated, 1 to look at again, 0 obsolete", done.stderr)
        stale = self.read("lang/en-GB-x-easyread.xml").decode()
        self.assertIn("<was>Where is it?</was>", stale)
        self.assertEqual(stale.count("<picture "), 10)
        self.assertIn("then delete <was>; until then the form's own words are used, and no picture", self.formc("check", ".").stderr)
        self.write("lang/en-GB-x-easyread.xml", re.sub(r"\s*<was>.*</was>", "", stale))
        self.assertIn("nothing wrong", self.formc("check", ".").stderr)
        self.assertEqual(len(self.figures(self.build("--lang", "en-GB-x-easyread")["pdf"])), PLACES + 1)
        # a question that has gone: its picture is kept among what is obsolete, and comes back with it
        gone = FORM.replace('<field id="where" label="Where is it?" type="line"/>', "")
        self.write("lang/en-GB-x-easyread.xml", self.language)
        self.write("form.xml", gone)
        self.assertIn("1 obsolete", self.formc("translate", ".", "--lang", "en-GB-x-easyread").stderr)
        self.write("form.xml", FORM)
        self.assertIn("0 obsolete", self.formc("translate", ".", "--lang", "en-GB-x-easyread").stderr)
        self.assertEqual(self.read("lang/en-GB-x-easyread.xml").decode().count("<picture "), 10)

    def test_bad_ones_are_told_where_they_are_named(self):
        for data, words in ((None, "it is not there"), (b"\xff\xd8\xff\xe0", "JPEG"), (b"<svg xmlns='x'/>", "SVG"),
                            (png(1001, 1), "too many pixels"), (png(40, 40)[:60], "breaks off"),
                            (png(4, 4).replace(b"IHDR", b"IHDr"), "damaged"), (png(4, 4) + b" " * (1 << 20), "larger than")):
            with self.subTest(words=words):
                path = os.path.join(self.lang, "wide.png")
                if data is None:
                    os.remove(path)
                else:
                    self.write("lang/en-GB-x-easyread/wide.png", data)
                for args in (("check", "."), ("build", ".", "-o", "bad", "--only", "pdf", "--lang", "en-GB-x-easyread")):
                    done = self.formc(*args, code=1)
                    self.assertRegex(done.stderr, r"lang/en-GB-x-easyread\.xml:17:22: error\[E507\]: wide\.png cannot be shown: .*" + words)
                self.assertFalse(os.path.exists(os.path.join(self.folder, "bad")))
        shutil.copy(os.path.join(self.lang, "red.png"), os.path.join(self.folder, "lang", "outside.png"))
        self.write("lang/en-GB-x-easyread.xml", self.language.replace("wide.png", "../outside.png", 1))
        self.assertIn("E507", self.formc("check", ".", code=1).stderr)

    def test_publish_freezes_them(self):
        self.formc("publish", ".")
        frozen = "published/1.0.0/lang/en-GB-x-easyread/"
        self.assertEqual(self.read(frozen + "red.png"), self.read("lang/en-GB-x-easyread/red.png"))
        self.formc("check", "published/1.0.0")
        self.assertIn("this is it", self.formc("publish", ".").stderr)
        self.write("lang/en-GB-x-easyread/red.png", png(41, 40))
        self.assertIn("is published and cannot change", self.formc("publish", ".", code=3).stderr)
        self.write("form.xml", FORM.replace('version="1.0.0"', 'version="1.0.1"'))
        self.assertRegex(self.formc("publish", ".").stdout, r"Translations into en-GB-x-easyread:\n(  .* picture: in other words\n)+")

    def test_damage_is_told_or_drawn(self):
        whole = bytearray(png(40, 40))
        for at in range(8, len(whole), 3):
            data = bytes(whole[:at]) + bytes([whole[at] ^ 0x55]) + bytes(whole[at + 1:])
            self.write("lang/en-GB-x-easyread/wide.png", data)
            done = subprocess.run([FORMC, "check", "."], cwd=self.folder, capture_output=True, text=True, check=False)
            self.assertIn(done.returncode, (0, 1), done.stderr)
            self.assertEqual(done.returncode == 1, "E507" in done.stderr)


if __name__ == "__main__":
    unittest.main()
