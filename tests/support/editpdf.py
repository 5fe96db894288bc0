"""PDFs of formc, taken apart into objects and put together again, changed. Only for files that formc or this
wrote. What is packed is unpacked, and each entry of a dictionary put on a line of its own, so that a change is
one of text: the file that bytes() gives has a table of objects and no packed ones."""

import re
import zlib


def text(words):
    """A text string as formc writes it."""
    if all(0 < ord(c) < 127 for c in words):
        return b"(" + re.sub(rb"([\\()])", rb"\\\1", words.encode()).replace(b"\r", b"\\r").replace(b"\n", b"\\n") + b")"
    return hexed(b"\xfe\xff" + words.encode("utf-16-be"))


def hexed(data):
    return b"<" + data.hex().encode() + b">"


TOKEN = re.compile(rb"\s*(<<|>>|[\[\]]|\((?:\\.|[^\\()])*\)|<[0-9a-fA-F\s]*>|/[^\s()<>\[\]{}/%]*|[^\s()<>\[\]{}/%]+)", re.DOTALL)
REFERENCE = re.compile(rb"\s+0\s+R(?![^\s()<>\[\]{}/%])")


def token(data, at):
    match = TOKEN.match(data, at)
    return match[1], match.end()


def value(data, at):
    """The value that begins at a place, laid out as described above, and where it ends."""
    word, at = token(data, at)
    if word == b"<<":
        out = b"<<\n"
        while True:
            key, at = token(data, at)
            if key == b">>":
                return out + key, at
            item, at = value(data, at)
            out += key + b" " + item + b"\n"
    if word == b"[":
        out = b"[ "
        while token(data, at)[0] != b"]":
            item, at = value(data, at)
            out += item + b" "
        return out + b"]", token(data, at)[1]
    if word.startswith(b"(\xfe\xff"):
        plain = re.sub(rb"\\(.)", lambda m: b"\r" if m[1] == b"r" else m[1], word[1:-1], flags=re.DOTALL)
        return hexed(plain), at
    if word.isdigit() and REFERENCE.match(data, at):
        return word + b" 0 R", REFERENCE.match(data, at).end()
    return word, at


def values(body):
    """The objects in an object stream (7.5.7), by their numbers."""
    entry = lambda key: int(re.search(rb"/%s (\d+)" % key, body)[1])  # noqa: E731
    data = zlib.decompress(re.search(rb"\nstream\n(.*)\nendstream", body, re.DOTALL)[1])
    numbers = [int(n) for n in data[:entry(b"First")].split()]
    assert len(numbers) == 2 * entry(b"N")
    return {n: value(data, entry(b"First") + at)[0] for n, at in zip(numbers[::2], numbers[1::2])}


class Pdf:
    def __init__(self, data):
        self.objects = {}
        at = 0
        while True:
            match = re.compile(rb"(\d+) 0 obj\n").search(data, at)
            if not match:
                break
            body, at = value(data, match.end())
            stream = re.compile(rb"\s+stream\n").match(data, at)
            if stream:
                at = stream.end() + int(re.search(rb"\n/Length (\d+)\n", body)[1])
                body += b"\nstream\n" + data[stream.end():at] + b"\nendstream"
            if b"\n/Type /ObjStm\n" in body:
                self.objects.update(values(body))
            elif b"\n/Type /XRef\n" not in body:
                self.objects[int(match[1])] = body
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

    def packed(self, header=None, stream=b"/N %(n)d /First %(first)d", rows=None, table=b"/W [ 1 4 2 ]"):
        """The file with one object stream and a stream for a table (7.5.7, 7.5.8). What may be changed: numbers
        and places of the objects in it; what its dictionary says; rows(rows, own, table): the kind and two
        numbers of each object, given the numbers of the object stream and of the table; what its dictionary says."""
        plain = {n: b for n, b in self.objects.items() if b"endstream" not in b}
        numbers, values, own = b"", b"", self.last + 1
        for number, body in sorted(plain.items()):
            numbers += b"%d %d " % (number, len(values))
            values += body + b"\n"
        numbers = header(numbers) if header else numbers
        words = {b"n": len(plain), b"first": len(numbers), b"own": own}
        out, where = b"%PDF-1.7\n%\xb5\xb5\xb5\xb5\n", [(0, 0, 65535)] * (own + 2)
        streams = {n: b for n, b in self.objects.items() if n not in plain}
        streams[own] = self.stream(numbers + values, b"/Type /ObjStm " + stream % words)
        for number, body in sorted(streams.items()):
            where[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        for i, number in enumerate(sorted(plain)):
            where[number] = (2, own, i)
        where[own + 1] = (1, len(out), 0)
        if rows:
            where = rows(where, own, own + 1)
        data = b"".join(a.to_bytes(1, "big") + b.to_bytes(4, "big") + c.to_bytes(2, "big") for a, b, c in where)
        more = b"/Type /XRef /Size %d /Root %d 0 R /Info %d 0 R %s" % (own + 2, self.root, self.info, table)
        return out + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (own + 1, self.stream(data, more), len(out))

    def appended(self, data, numbers):
        """The file, with these objects put behind it as viewers do that add to a file (7.5.6): with a table when
        it has one, else with a stream (7.5.8)."""
        before = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
        out, places = data, []
        for n in numbers:
            places.append((n, len(out)))
            out += b"%d 0 obj\n%s\nendobj\n" % (n, self.objects[n])
        size = max(self.objects) + 1
        rest = b"/Root %d 0 R /Info %d 0 R /Prev %d" % (self.root, self.info, before)
        end = b"startxref\n%d\n%%%%EOF\n" % len(out)
        if data[before:before + 4] == b"xref":
            table = b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places)
            return out + b"xref\n%strailer\n<< /Size %d %s >>\n" % (table, size, rest) + end
        size = max(size, int(re.findall(rb"/Size (\d+)", data)[-1]))
        rows = b"".join(b"\x01" + at.to_bytes(4, "big") + b"\x00" for _, at in places + [(size, len(out))])
        index = b" ".join(b"%d 1" % n for n, _ in places + [(size, 0)])
        return out + b"%d 0 obj\n<< /Type /XRef /Size %d /W [ 1 4 1 ] /Index [ %s ] %s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
            size, size + 1, index, rest, len(rows), rows) + end
