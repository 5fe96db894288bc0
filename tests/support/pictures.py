"""Pictures of pages: made by poppler and LibreOffice, kept as small grey PNG files, and compared
with a tolerance, because another version of a renderer draws the edges of letters differently."""

import os
import subprocess
import struct
import tempfile
import zlib

DPI = 40  # a page of A4 is 331 x 468 pixels: words are grey bars, and that is enough
BLOCK = 4  # pixels; what is compared is the mean of a block
BLOCK_CHANGED = 40  # of 255: ink where there was none, not a softer edge
PAGE_CHANGED = 0.002  # this share of a page's blocks may differ: 20 of about 9,700


class Picture:
    def __init__(self, width, height, pixels):
        self.width, self.height, self.pixels = width, height, pixels

    def blocks(self):
        """Mean grey of every block, row by row."""
        means = []
        for top in range(0, self.height - BLOCK + 1, BLOCK):
            rows = [self.pixels[(top + y) * self.width:(top + y + 1) * self.width] for y in range(BLOCK)]
            for left in range(0, self.width - BLOCK + 1, BLOCK):
                means.append(sum(sum(row[left:left + BLOCK]) for row in rows) // (BLOCK * BLOCK))
        return means


def read_pgm(data):
    parts = data.split(None, 4)
    if parts[0] != b"P5" or parts[3] != b"255":
        raise ValueError("not a grey picture of eight bits")
    width, height = int(parts[1]), int(parts[2])
    return Picture(width, height, data[len(data) - width * height:])


def write_png(path, picture):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    width = picture.width
    lines = b"".join(b"\0" + picture.pixels[y * width:(y + 1) * width] for y in range(picture.height))
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, picture.height, 8, 0, 0, 0, 0)) +
                chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b""))


def read_png(path):
    """Reads what write_png wrote."""
    with open(path, "rb") as f:
        data = f.read()
    width, height = struct.unpack(">II", data[16:24])
    length = struct.unpack(">I", data[33:37])[0]
    lines = zlib.decompress(data[41:41 + length])
    return Picture(width, height, b"".join(lines[y * (width + 1) + 1:(y + 1) * (width + 1)] for y in range(height)))


def pages(pdf):
    """The pages of a PDF as pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), pdf, os.path.join(scratch, "p")], check=True)
        found = []
        for name in sorted(os.listdir(scratch)):
            with open(os.path.join(scratch, name), "rb") as f:
                found.append(read_pgm(f.read()))
        return found


def word_to_pdf(docx, folder):
    """Lets LibreOffice make a PDF of a Word document and returns its path."""
    subprocess.run(["soffice", "-env:UserInstallation=file://" + os.path.join(folder, "profile"), "--headless",
                    "--convert-to", "pdf", "--outdir", folder, docx], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return os.path.join(folder, os.path.splitext(os.path.basename(docx))[0] + ".pdf")


def difference(a, b):
    """None when the pictures show the same, otherwise what differs in words."""
    if (a.width, a.height) != (b.width, b.height):
        return "the size is %dx%d instead of %dx%d" % (b.width, b.height, a.width, a.height)
    one, two = a.blocks(), b.blocks()
    changed = sum(abs(x - y) > BLOCK_CHANGED for x, y in zip(one, two))
    if changed > len(one) * PAGE_CHANGED:
        return "%d of %d blocks differ" % (changed, len(one))
    return None
