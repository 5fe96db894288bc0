"""The logo of a theme: what becomes of a good one in Word, PDF and the page for browsers, and that a
bad or hostile one is told and makes nothing."""

import base64
import os
import random
import re
import struct
import subprocess
import tempfile
import unittest
import zipfile
import zlib

FORMC = os.environ["FORMC"]
TOP = os.environ["FORMC_SOURCE"]
FORM = os.path.join(TOP, "forms", "street-party")
PLAN = os.path.join(FORM, "examples", "complete.xml")
THEME = """<theme xmlns="urn:formc:theme:1" name="ours" from="plain">
  <organisation name="Quillfeather Vale"/>
  <logo %s/>
</theme>
"""
GOOD = 'file="logo.png" alt="Quillfeather &amp; Vale" height="40"'
SIGN = b"\x89PNG\r\n\x1a\n"
GREY, RGB, PALETTE, RGBA = 0, 2, 3, 6


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, pixels, colour=RGB, depth=8, before=b"", after=b"", packed=None):
    """pixels: one row of bytes, which is repeated."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    data = packed if packed is not None else zlib.compress((b"\0" + pixels) * height)
    return SIGN + chunk(b"IHDR", head) + before + chunk(b"IDAT", data) + chunk(b"IEND", b"") + after


def chunks(data):
    at, out = len(SIGN), []
    while at < len(data):
        n = struct.unpack(">I", data[at:at + 4])[0]
        out.append((data[at + 4:at + 8], data[at + 8:at + 8 + n]))
        at += n + 12
    return out


def pixels_of(data):
    """Rows of RGB of a picture as formc writes it, by the filters of the standard (9.2)."""
    parts = dict(chunks(data))
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert (depth, colour, interlace) == (8, RGB, 0)
    raw = zlib.decompress(b"".join(d for k, d in chunks(data) if k == b"IDAT"))
    rows, line = [], width * 3 + 1
    above = [0] * (width * 3)
    for y in range(height):
        kind, row = raw[y * line], list(raw[y * line + 1:(y + 1) * line])
        for i in range(len(row)):
            a = row[i - 3] if i >= 3 else 0
            b, c = above[i], above[i - 3] if i >= 3 else 0
            p = a + b - c
            nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            row[i] = (row[i] + (0, a, b, (a + b) // 2, nearest)[kind]) & 255
        rows.append(bytes(row))
        above = row
    return rows


class Logo(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, data):
        with open(os.path.join(self.folder, name), "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())

    def build(self, logo, attributes=GOOD, only="docx,pdf,html", code=0):
        """What it says, and the files; every run has a folder of its own."""
        out = tempfile.mkdtemp(dir=self.folder)
        if logo is not None:
            self.write("logo.png", logo)
        self.write("theme.xml", THEME % attributes)
        done = subprocess.run([FORMC, "build", FORM, "-o", os.path.relpath(out, self.folder), "--only", only, "--theme",
                               "theme.xml"], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              check=False, timeout=60)
        if code is not None:
            self.assertEqual(done.returncode, code, done.stderr)
        files = {}
        for name in os.listdir(out):
            with open(os.path.join(out, name), "rb") as f:
                files[name.rsplit(".", 1)[1]] = f.read()
        return done, files

    def media(self, docx):
        path = os.path.join(self.folder, "x.docx")
        with open(path, "wb") as f:
            f.write(docx)
        with zipfile.ZipFile(path) as z:
            return {n: z.read(n) for n in z.namelist()}

    def test_it_is_made_anew_and_the_same_in_every_output(self):
        secret = b"Comment\0taken at 51.5 N by Quillfeather"
        half = bytes((200, 0, 0, 255, 0, 0, 200, 128, 9, 9, 9, 0))
        logo = png(3, 2, half, RGBA, before=chunk(b"tEXt", secret) + chunk(b"eXIf", b"MM\0*xx"), after=b"PK\3\4 a file behind it")
        _, made = self.build(logo)
        parts = self.media(made["docx"])
        ours = parts["word/media/logo.png"]
        self.assertEqual([k for k, _ in chunks(ours)], [b"IHDR", b"IDAT", b"IEND"])
        # what is half transparent stands on white, and what is wholly so is white
        self.assertEqual(pixels_of(ours), [bytes((200, 0, 0, 127, 127, 227, 255, 255, 255))] * 2)
        for files in (made, self.build(png(3, 2, half, RGBA))[1]):
            self.assertEqual(files, made)
            for data in list(files.values()) + list(parts.values()):
                self.assertNotIn(b"51.5 N", data)
        document = parts["word/document.xml"].decode()
        for piece in ('<a:blip r:embed="rIdLogo"/>', '<wp:extent cx="762000" cy="508000"/>'):  # 60 and 40 points
            self.assertTrue(piece in document, piece)
        self.assertEqual(document.count('descr="Quillfeather &amp; Vale"'), 2)
        self.assertIn('Extension="png" ContentType="image/png"', parts["[Content_Types].xml"].decode())
        self.assertIn('Target="media/logo.png"', parts["word/_rels/document.xml.rels"].decode())
        page = made["html"].decode()
        image = re.search(r'<img class="logo" src="data:image/png;base64,([^"]*)" alt="([^"]*)" width="80" height="53">', page)
        self.assertEqual(base64.b64decode(image.group(1)), ours)
        self.assertEqual(image.group(2), "Quillfeather &amp; Vale")
        self.assertIn("img-src data:", page)
        self.write("x.pdf", made["pdf"])
        pdf = os.path.join(self.folder, "x.pdf")
        listed = subprocess.run(["pdfimages", "-list", pdf], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()[2:]
        self.assertEqual([line.split()[2:8] for line in listed], [["image", "3", "2", "rgb", "3", "8"]])
        subprocess.run(["pdfimages", "-png", pdf, os.path.join(self.folder, "p")], check=True)
        subprocess.run(["qpdf", "--qdf", "--object-streams=disable", pdf, "x.qdf"], cwd=self.folder, check=True)
        with open(os.path.join(self.folder, "x.qdf"), "rb") as f:
            figures = re.findall(rb"<<(?:(?!>>\n)[\s\S])*/BBox[\s\S]*?/S /Figure", f.read())
        self.assertEqual(len(figures), 1)
        self.assertTrue(b"/Alt (Quillfeather & Vale)" in figures[0])

    def test_every_kind_of_png(self):
        red = bytes((255, 0, 0))
        for logo, want in (
                (png(2, 2, b"\x80\x80", GREY), b"\x80" * 3),
                (png(2, 2, b"\x80\x01\x80\x01", GREY, 16), b"\x80" * 3),
                (png(8, 2, b"\x00", GREY, 1), b"\0" * 3),
                (png(2, 2, b"\0\0", PALETTE, before=chunk(b"PLTE", red)), red),
                (png(2, 2, b"\0\0", PALETTE, before=chunk(b"PLTE", red) + chunk(b"tRNS", b"\0")), b"\xff" * 3),
                (png(2, 2, red * 2, before=chunk(b"tRNS", b"\0\xff\0\0\0\0")), b"\xff" * 3)):
            _, made = self.build(logo, only="docx")
            rows = pixels_of(self.media(made["docx"])["word/media/logo.png"])
            self.assertEqual({row[i:i + 3] for row in rows for i in range(0, len(row), 3)}, {want})

    def test_a_record_has_it_too(self):
        self.build(png(2, 2, b"\xff\0\0" * 2))
        for name in ("r.pdf", "r.docx"):
            subprocess.run([FORMC, "fill", FORM, PLAN, "-o", name, "--as", "record", "--theme", "theme.xml"], cwd=self.folder,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
        with zipfile.ZipFile(os.path.join(self.folder, "r.docx")) as z:
            self.assertIn("word/media/logo.png", z.namelist())
        listed = subprocess.run(["pdfimages", "-list", os.path.join(self.folder, "r.pdf")], stdout=subprocess.PIPE, text=True,
                                check=True).stdout
        self.assertEqual(len(listed.splitlines()), 3)

    def refused(self, logo, words, attributes=GOOD, code="E604"):
        done, made = self.build(logo, attributes, only="model,pdf", code=1)
        self.assertRegex(done.stderr, r"^theme\.xml:3:\d+: error\[%s\]: .*%s" % (code, words))
        self.assertIn("= help: ", done.stderr)
        self.assertEqual(made, {})

    def test_what_is_no_such_picture_is_told(self):
        good = png(4, 4, b"\xff\0\0" * 4)
        svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        for logo, words in (
                (b"", "not a PNG"), (b"Quill", "not a PNG"), (svg, "SVG"), (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
                (b"GIF89a", "GIF"), (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"), (b"%PDF-1.7", "PDF"),
                (SIGN, "breaks off"), (SIGN + chunk(b"IDAT", b"x"), "damaged"), (good[:-12], "breaks off"),
                (good[:60], "breaks off"), (SIGN + chunk(b"IHDR", b"\0" * 13) + chunk(b"IEND", b""), "damaged"),
                (png(4, 4, b"", packed=b""), "damaged"), (png(4, 4, b"", packed=zlib.compress(b"\0" * 9)), "damaged"),
                (png(4, 4, b"\0" * 12, depth=3), "damaged"), (good.replace(b"IEND", b"iEND"), "breaks off"),
                (png(4, 4, b"\xff\0\0" * 4, before=chunk(b"acTL", struct.pack(">II", 2, 0))), "it moves"),
                (png(100000, 100000, b"", packed=b"x"), "too many pixels"), (png(2001, 1, b"\0" * 6003), "too many pixels"),
                (png(1001, 1000, b"\0" * 3003), "too many pixels"),
                (SIGN + b"\xff\xff\xff\xffIHDR", "breaks off"),
                (good + b" " * (1 << 20), "larger than")):
            with self.subTest(words=words):
                self.refused(logo, words)
        os.remove(os.path.join(self.folder, "logo.png"))
        self.refused(None, "cannot be the logo")
        noise = random.Random(1).randbytes(3 * 700)
        rows = b"".join(b"\0" + random.Random(y).randbytes(3 * 700) for y in range(560))
        self.refused(png(700, 560, noise, packed=zlib.compress(rows, 1)), "larger than|too detailed")

    def test_data_that_unpacks_to_very_much_costs_nothing(self):
        bomb = zlib.compressobj(9)
        packed = b"".join(bomb.compress(b"\0" * (1 << 20)) for _ in range(900)) + bomb.flush()
        self.assertLess(len(packed), 1 << 20)
        self.build(png(4, 4, b"", packed=packed), only="model", code=None)
        for kind in (b"zTXt", b"iCCP"):  # never unpacked
            self.build(png(4, 4, b"\0" * 12, before=chunk(kind, b"x\0\0" + packed)), only="model")

    def test_what_the_theme_says_of_it(self):
        good = png(400, 40, b"\xff\0\0" * 400)
        for attributes, words, code in (
                ('file="../logo.png" alt="x" height="40"', "not the name of a file here", "E604"),
                ('file="/etc/passwd" alt="x" height="40"', "not the name of a file here", "E604"),
                ('file="logo.png" height="20"', "no words for people", "E605"),
                ('file="logo.png" alt=" " height="20"', "words are empty", "E605"),
                ('file="logo.png" alt="x" height="30"', "300 points wide", "E604"),
                ('file="logo.png" alt="x" height="300"', "not a length", "E602")):
            with self.subTest(attributes=attributes):
                self.refused(good, words, attributes, code)

    def test_damaged_pictures_are_told_or_drawn(self):
        rand = random.Random(20)
        whole = png(40, 30, bytes(range(120)) + bytes(40), RGBA)
        for sample in range(150):
            data = bytearray(whole)
            for _ in range(rand.randrange(1, 4)):
                data[rand.randrange(8, len(data))] = rand.randrange(256)
            if rand.randrange(4) == 0:
                del data[rand.randrange(8, len(data)):]
            if rand.randrange(2):  # check sums that fit again, so that damage gets further in
                at = 8
                while at + 12 <= len(data):
                    n = struct.unpack(">I", data[at:at + 4])[0]
                    if at + 12 + n > len(data):
                        break
                    data[at + 8 + n:at + 12 + n] = struct.pack(">I", zlib.crc32(bytes(data[at + 4:at + 8 + n])))
                    at += 12 + n
            done, _ = self.build(bytes(data), only="model", code=None)
            self.assertIn(done.returncode, (0, 1), (sample, done.stderr))
            self.assertEqual(done.returncode == 1, "error[E604]" in done.stderr, (sample, done.stderr))


if __name__ == "__main__":
    unittest.main()
