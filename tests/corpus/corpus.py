"""Any folder of files, each read by formc as one that came back. Whatever a file is: the exit code is one
that docs/reading.md states, within 10 seconds and 512 MiB (with "sanitize": no limit on memory); what it
is refused for is said; a plan is there when it is read, and only then; nobody finds nothing in silence;
nothing crashes. Each file is read twice: by itself, and into a plan; those that are made here only into a
plan, since they are read by themselves where they are made.

    FORMC_CORPUS=FOLDER corpus.py [sanitize]
    corpus.py made    the files that tests/hostile-docx and tests/hostile-pdf make
"""

import collections
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib

from hostile_files import FORM, FORMC, FOUND, OK, REFUSED, TOP, read, too_much

STOPPED = "R011"  # the child died: at a limit, as documented, or of a fault
OURS = b"urn:formc:plan:1"
LOOK_AT = 1 << 20  # bytes of a part, for whether the file is ours
SANITIZER = re.compile(rb"(Address|Leak|UndefinedBehavior)Sanitizer|runtime error:")


def unpacked(package, part):
    try:
        with package.open(part) as f:
            return f.read(LOOK_AT)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError):
        return b""


def parts(data):
    """The file, the parts of a package and the streams of a PDF, as far as they can be unpacked."""
    yield data[:LOOK_AT]
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        yield from (unpacked(package, part) for part in package.infolist()[:200])
    except (zipfile.BadZipFile, ValueError, OSError):
        pass  # it is none, or damaged
    for match in re.finditer(rb"stream\r?\n", data):
        try:
            yield zlib.decompressobj().decompress(data[match.end():match.end() + LOOK_AT], LOOK_AT)
        except zlib.error:
            pass


def is_ours(path):
    """The file holds a plan: then it is no silence when nobody has filled it in."""
    with open(path, "rb") as f:
        return any(OURS in part for part in parts(f.read()))


def judge(path, out, into, sanitize):
    """(exit code, the codes that are told, what is wrong)"""
    code, said, beside, usage = read(path, out, *into)
    wrong = list(too_much(usage, sanitize))
    if SANITIZER.search(said + beside):
        wrong.append(beside.decode("utf-8", "replace"))
    if code not in (OK, FOUND, REFUSED):
        wrong.append("exit %d" % code)
    if os.path.exists(out) != (code in (OK, FOUND)):
        wrong.append("a plan was written" if os.path.exists(out) else "no plan was written")
    report = {"findings": [], "read": 0, "known": 0}
    try:
        report = json.loads(said) if said else report
    except ValueError:
        wrong.append("what is said is no JSON")
    told = {f["code"] for f in report["findings"]} | {c.decode() for c in re.findall(rb"\[([A-Z]\d{3})\]", beside)}
    if code != OK and not told and not beside:
        wrong.append("nobody says why")
    if code == OK and not told and not report["read"] + report["known"] and not is_ours(path):
        wrong.append("silently empty")
    return code, told, wrong


def files_of(folder):
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if os.path.isfile(os.path.join(where, name)):
                yield os.path.join(where, name)


def table(title, exits, codes):
    print(title)
    for code in sorted(exits):
        those = sorted(codes[code].items(), key=lambda c: (-c[1], c[0]))
        print("  exit %d: %5d files  %s" % (code, exits[code], ", ".join("%s %d" % c for c in those)))


WAYS = ("by itself", "into a plan")


def run(folder, sanitize, ways=WAYS):
    bad = count = 0
    stopped = []
    with tempfile.TemporaryDirectory(prefix="formc-corpus-") as scratch:
        plan, out = os.path.join(scratch, "plan.xml"), os.path.join(scratch, "out.xml")
        subprocess.run([FORMC, "new", FORM, "-o", plan], check=True)
        options = dict(zip(WAYS, ((), ("--into", plan))))
        exits = {way: collections.Counter() for way in ways}
        codes = {way: collections.defaultdict(collections.Counter) for way in ways}
        for path in files_of(folder):
            count += 1
            for way in ways:
                code, told, wrong = judge(path, out, options[way], sanitize)
                exits[way][code] += 1
                codes[way][code].update(told)
                if STOPPED in told:
                    stopped.append("%s, %s" % (os.path.relpath(path, folder), way))
                if wrong:
                    bad += 1
                    print("%s, %s: %s" % (os.path.relpath(path, folder), way, "; ".join(wrong)))
    for way in ways:
        table(way, exits[way], codes[way])
    if stopped:
        print("stopped at a limit (%s):\n  %s" % (STOPPED, "\n  ".join(stopped)))
    print("%d files, %d faults" % (count, bad))
    return 1 if bad or not count else 0


def made():
    with tempfile.TemporaryDirectory(prefix="formc-made-") as folder:
        for kind in ("docx", "pdf"):
            os.mkdir(os.path.join(folder, kind))
            script = os.path.join(TOP, "tests", "hostile-" + kind, "hostile.py")
            subprocess.run([sys.executable, script, "make", os.path.join(folder, kind)], check=True)
            os.remove(os.path.join(folder, kind, "index.json"))
        return run(folder, False, WAYS[1:])


def main(args):
    if "made" in args:
        return made()
    folder = os.environ.get("FORMC_CORPUS")
    if not folder or not os.path.isdir(folder):
        print("set FORMC_CORPUS to a folder: formc reads every file in it")
        return 1
    return run(folder, "sanitize" in args)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
