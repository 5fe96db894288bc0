"""formc regenerate over a pile of files that came back, in a mix: of ten files four are Word documents and
three PDFs in which an answer was changed, two plans as XML and one as JSON, each of a plan of its own. Each is
read, checked and issued afresh as a plan, a Word document and a PDF.

    pile.py N              plans a second with one and with two workers, the processor's milliseconds for
                           each, and the most memory that any process took
    pile.py N flat MIB     also a pile of a tenth of that: fails when a worker's own memory with N files is
                           more than MIB above that with a tenth

A process's own memory is what it does not share with the others: workers are made as copies of the program when
all is prepared, and what they leave as it is they share with it. It is looked at while they work, ten times a
second."""

import io
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

from editpdf import Pdf, text

FORMC = os.environ["FORMC"]
FORM = os.path.join(os.environ["FORMC_SOURCE"], "forms", "s117-aftercare")
PLAN = os.path.join(FORM, "examples", "complete.xml")
KINDS = ("docx", "pdf", "docx", "xml", "docx", "pdf", "json", "docx", "pdf", "xml")
QUESTION = "person/advocate", "person.advocate"  # as the tags of a Word document and the fields of a PDF call it
TYPED = "Someone Else"
ROW = "%7s %8s %9s %9s %13s %12s %11s %12s"


def slurp(path):
    with open(path, "rb") as f:
        return f.read()


def spill(path, data):
    with open(path, "wb") as f:
        f.write(data)


def regenerate(inbox, out, *more):
    return [FORMC, "regenerate", FORM, inbox, "-o", out, "--by", "icb/desk", "--as-of", "2026-08-01", "--at",
            "2026-08-01T09:00:00Z", *more]


def run(args):
    done = subprocess.run(args, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit("%s: exit %d: %s" % (args[1], done.returncode, done.stderr.decode()[-300:]))


# -- what came back ---------------------------------------------------------------------------------


def typed_docx(data):
    """An answer typed over, in its control."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for item in old.infolist():
            part = old.read(item)
            if item.filename == "word/document.xml":
                part, n = re.subn(rb'(<w:tag w:val="%s"/>.*?<w:sdtContent>.*?<w:t[^>]*>)[^<]*' % QUESTION[0].encode(),
                                  rb"\g<1>" + TYPED.encode(), part, count=1, flags=re.DOTALL)
                assert n == 1
            new.writestr(item, part)
    return out.getvalue()


def typed_pdf(data):
    """An answer typed over, put behind the file: as viewers do it."""
    pdf = Pdf(data)
    field = pdf.field(QUESTION[1])
    pdf.put(field, "V", text(TYPED))
    return pdf.appended(data, [field])


def plan(n):
    """A plan of its own: another id."""
    return slurp(PLAN).replace(b"117000000001", b"%012d" % (117000000000 + n))


def make_pile(folder, count):
    plans, sent, inbox = (os.path.join(folder, name) for name in ("plans", "sent", "in"))
    for name in (plans, sent, inbox):
        os.mkdir(name)
    for kind in ("docx", "pdf"):
        os.mkdir(os.path.join(plans, kind))
    for n in range(count):
        kind = KINDS[n % len(KINDS)]
        if kind in ("docx", "pdf"):
            spill(os.path.join(plans, kind, "%06d.xml" % n), plan(n))
        elif kind == "xml":
            spill(os.path.join(inbox, "%06d.xml" % n), plan(n))
        else:
            spill(os.path.join(plans, "x.xml"), plan(n))
            run([FORMC, "fill", FORM, os.path.join(plans, "x.xml"), "-o", os.path.join(inbox, "%06d.json" % n)])
    for kind, typed in (("docx", typed_docx), ("pdf", typed_pdf)):
        run(regenerate(os.path.join(plans, kind), os.path.join(sent, kind), "--only", kind, "-j2"))
        for name in os.listdir(os.path.join(sent, kind)):
            if name.endswith("." + kind):
                spill(os.path.join(inbox, name), typed(slurp(os.path.join(sent, kind, name))))
    return inbox


# -- memory -----------------------------------------------------------------------------------------


def fields_of(path):
    try:
        return {line.split(":")[0]: int(line.split()[1]) for line in slurp(path).decode().splitlines() if " kB" in line}
    except (OSError, ValueError, IndexError):
        return {}


class Watch(threading.Thread):
    """The most memory of a process and of its workers, in KiB."""

    def __init__(self, pid):
        super().__init__()
        self.pid, self.main, self.worker, self.own, self.over = pid, 0, 0, 0, False
        self.start()

    def run(self):
        while not self.over:
            self.main = max(self.main, fields_of("/proc/%d/status" % self.pid).get("VmHWM", 0))
            try:
                workers = slurp("/proc/%d/task/%d/children" % (self.pid, self.pid)).split()
            except OSError:
                workers = []
            for worker in workers:
                self.worker = max(self.worker, fields_of("/proc/%d/status" % int(worker)).get("VmHWM", 0))
                rollup = fields_of("/proc/%d/smaps_rollup" % int(worker))
                self.own = max(self.own, rollup.get("Private_Clean", 0) + rollup.get("Private_Dirty", 0))
            time.sleep(0.1)


def measure(inbox, count, workers):
    """Prints a line; a worker's own memory in KiB."""
    with tempfile.TemporaryDirectory() as out:
        begin = time.monotonic()
        p = subprocess.Popen(regenerate(inbox, out, "--only", "docx,pdf", "-j%d" % workers), stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
        watch = Watch(p.pid)
        last = p.stdout.read().decode().splitlines()[-1]
        _, status, use = os.wait4(p.pid, 0)  # of its workers and theirs, too
        took = time.monotonic() - begin
        p.returncode = os.waitstatus_to_exitcode(status)
        watch.over = True
        watch.join()
        made = sum(name.endswith((".docx", ".pdf", ".xml")) for name in os.listdir(out))
    if p.returncode or made != 3 * count or not last.startswith("%d files: %d read, 0 not read" % (count, count)):
        sys.exit("exit %d, %d outputs: %s" % (p.returncode, made, last))
    print(ROW % (count, workers, "%.1f" % took, "%.1f" % (count / took), "%.1f" % ((use.ru_utime + use.ru_stime) * 1e3 / count),
                 *("%.1f" % (kib / 1024) for kib in (watch.main, watch.worker, watch.own))), flush=True)
    return watch.own


def main():
    count = int(sys.argv[1])
    flat = float(sys.argv[3]) if sys.argv[2:] else None
    print(ROW % ("plans", "workers", "seconds", "a second", "processor ms", "program MiB", "worker MiB", "its own MiB"),
          flush=True)
    own = {}
    for n in ([count // 10] if flat else []) + [count]:
        with tempfile.TemporaryDirectory() as folder:
            inbox = make_pile(folder, n)
            own[n] = max(measure(inbox, n, workers) for workers in (1, 2))
    if flat and own[count] - own[count // 10] > flat * 1024:
        sys.exit("a worker's own memory grows with the pile")


if __name__ == "__main__":
    main()
