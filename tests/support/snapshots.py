"""Pictures for pages of documentation, in colour: parts of pages with a thin edge, side by side. They
are kept as PNG files; what is kept is held against what is drawn now with the tolerance of pictures.py,
because another version of a program draws the edges of letters differently."""

import os
import re
import struct
import subprocess
import tempfile
import zlib

import pictures

GAP = 16  # pixels around each page
GROUND, EDGE = bytes([226, 229, 233]), bytes([150, 156, 163])


def read_ppm(path):
    """(width, rows of RGB)"""
    with open(path, "rb") as f:
        data = f.read()
    width, height = (int(n) for n in data.split(None, 4)[1:3])
    pixels = data[-3 * width * height:]
    return width, [pixels[3 * width * y:3 * width * (y + 1)] for y in range(height)]


def page(pdf, number, dpi):
    """One page of a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "page")
        subprocess.run(["pdftoppm", "-r", str(dpi), "-f", str(number), "-l", str(number), "-singlefile", pdf, name],
                       check=True)
        return read_ppm(name + ".ppm")


def places(pdf, words):
    """[(page, top, bottom)] in points from the top, wherever these words stand one behind the other."""
    text = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, stdout=subprocess.PIPE).stdout.decode()
    found = []
    for number, one in enumerate(text.split("<page ")[1:], 1):
        at = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<', one)
        found += [(number, float(at[i][0]), float(at[i + len(words) - 1][1])) for i in range(len(at))
                  if [word for _, _, word in at[i:i + len(words)]] == words]
    if not found:
        raise SystemExit("%s does not show: %s" % (pdf, " ".join(words)))
    return found


def part(pdf, words, above, below, dpi):
    """A page from so many points above these words to so many below them."""
    number, top, bottom = places(pdf, words)[0]
    width, rows = page(pdf, number, dpi)
    first = max(0, int((top - above) * dpi / 72))  # the height is the same wherever the words stand
    return edged(width, rows[first:first + int((bottom - top + above + below) * dpi / 72)])


def edged(width, rows):
    """The same with a thin edge."""
    line = EDGE * (width + 2)
    return width + 2, [line] + [EDGE + row + EDGE for row in rows] + [line]


def beside(drawn):
    """Pictures side by side."""
    height = max(len(rows) for _, rows in drawn)
    gap = GROUND * GAP
    lines = [GROUND * (sum(width for width, _ in drawn) + GAP * (len(drawn) + 1))] * GAP
    for y in range(height):
        lines.append(gap + b"".join((rows[y] if y < len(rows) else GROUND * width) + gap for width, rows in drawn))
    return len(lines[0]) // 3, lines + lines[:GAP]


def write(path, picture):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    width, rows = picture
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)) +
                chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)) + chunk(b"IEND", b""))


def read(path):
    """What write() wrote."""
    with open(path, "rb") as f:
        data = f.read()
    width, height = struct.unpack(">II", data[16:24])
    length = struct.unpack(">I", data[33:37])[0]
    lines = zlib.decompress(data[41:41 + length])
    line = 3 * width + 1
    return width, [lines[y * line + 1:(y + 1) * line] for y in range(height)]


def grey(picture):
    width, rows = picture
    return pictures.Picture(width, len(rows), bytes(sum(row[x:x + 3]) // 3 for row in rows for x in range(0, 3 * width, 3)))


def difference(kept, drawn):
    """None when two pictures show the same, otherwise what differs in words."""
    return pictures.difference(grey(kept), grey(drawn))
