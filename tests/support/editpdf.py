"""PDFs of formc, taken apart into objects and put together again, changed. Only for files that formc
wrote: every object stands by itself, none is packed."""

import re
import zlib


def text(words):
    """A text string as formc writes it."""
    if all(0 < ord(c) < 127 for c in words):
        return b"(" + re.sub(rb"([\\()])", rb"\\\1", words.encode()).replace(b"\r", b"\\r").replace(b"\n", b"\\n") + b")"
    return hexed(b"\xfe\xff" + words.encode("utf-16-be"))


def hexed(data):
    return b"<" + data.hex().encode() + b">"


class Pdf:
    def __init__(self, data):
        self.data = data
        self.objects = {}
        at = 0
        while True:
            match = re.compile(rb"(\d+) 0 obj\r?\n").search(data, at)
            if not match:
                break
            body = match.end()
            length = re.compile(rb"/Length (\d+) 0 R").search(data, body, data.index(b"endobj", body))
            if length and b"stream" in data[body:data.index(b"endobj", body)]:
                n = int(re.search(rb"\n%s 0 obj\r?\n(\d+)" % length[1], data)[1])
                begin = re.compile(rb"stream\r?\n").search(data, body).end()
                end = data.index(b"endobj", begin + n)
            else:
                end = data.index(b"endobj", body)
            self.objects[int(match[1])] = data[body:end].rstrip(b"\r\n")
            at = end
        self.last = max(self.objects)
        self.root = int(re.search(rb"/Root (\d+) 0 R", data)[1])
        self.info = int(re.search(rb"/Info (\d+) 0 R", data)[1])
        self.trailer = b""

    def add(self, body):
        self.last += 1
        self.objects[self.last] = body
        return self.last

    def stream(self, data, more=b"", packed=True):
        data = zlib.compress(data) if packed else data
        kind = b"/Filter /FlateDecode " if packed else b""
        return b"<< /Length %d %s%s >>\nstream\n%s\nendstream" % (len(data), kind, more, data)

    def name_of(self, number):
        """The full name of a field."""
        name = b""
        while number:
            body = self.objects[number]
            own, up = re.search(rb"/T \((.*?)\)", body), re.search(rb"/Parent (\d+) 0 R", body)
            name = own[1] + (b"." + name if name else b"") if own else name
            number = int(up[1]) if up else 0
        return name.decode()

    def field(self, name):
        """The number of a field."""
        for number, body in self.objects.items():
            if b"/Subtype /Widget" in body and self.name_of(number) == name:
                return number
        raise KeyError(name)

    def put(self, number, key, value):
        """Puts an entry into a dictionary, or takes it out (None)."""
        body = self.objects[number]
        body = re.sub(rb"(?m)^/%s (\((\\.|[^\\)])*\)|<[0-9a-fA-F\s]*>|\[[^\]]*\]|[^\n<]*)\n" % key.encode(), b"", body)
        if value is not None:
            i = body.rindex(b">>")
            body = body[:i] + b"/%s %s\n" % (key.encode(), value) + body[i:]
        self.objects[number] = body
        return self

    def fill(self, name, words):
        return self.put(self.field(name), "V", text(words) if isinstance(words, str) else words)

    def catalog(self, old, new, count=1):
        assert old in self.objects[self.root], old
        self.objects[self.root] = self.objects[self.root].replace(old, new, count)
        return self

    def replace(self, number, old, new):
        assert old in self.objects[number], old
        self.objects[number] = self.objects[number].replace(old, new)
        return self

    def bytes(self, trailer=b""):
        out, places, at = [b"%PDF-1.7\n%\xb5\xb5\xb5\xb5\n"], {}, 15
        for number, body in sorted(self.objects.items()):
            places[number] = at
            out.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            at += len(out[-1])
        size = max(places) + 1
        out.append(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        out += [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 00000 f \n" for n in range(1, size)]
        out.append(b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
            size, self.root, self.info, trailer or self.trailer, at))
        return b"".join(out)

    def appended(self, data, numbers):
        """The file, with these objects put behind it as viewers do that add to a file (7.5.6)."""
        before = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
        out, table = data, b""
        for n in numbers:
            table += b"%d 1\n%010d 00000 n \n" % (n, len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (n, self.objects[n])
        return out + b"xref\n%strailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
            table, max(self.objects) + 1, self.root, self.info, before, len(out))
