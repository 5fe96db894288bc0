"""Files that want to hurt, read by formc: each has its stated result, in 10 seconds and 512 MiB, and gives
no plan when it is refused."""

import json
import os
import subprocess
import sys
import tempfile
import warnings

FORMC = os.environ.get("FORMC", "build/formc")
TOP = os.environ.get("FORMC_SOURCE", ".")
FORM = os.path.join(TOP, "tests", "plans", "form.xml")  # the loan form
SECONDS, MEMORY = 10, 512 << 10  # kB
OK, FOUND, REFUSED = 0, 1, 3


def read(path, out, *more):
    """formc reads the file: its exit code, what it says on both ways, and what it and its child took."""
    if os.path.exists(out):
        os.remove(out)
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as beside:
        process = subprocess.Popen([FORMC, "read", FORM, path, "--by", "member", "--at", "2026-01-31T10:00:00Z", "-o", out,
                                    "--format", "json", *more], stdout=said, stderr=beside)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        beside.seek(0)
        return process.returncode, said.read(), beside.read(), usage


def too_much(usage, sanitize):
    """What took more than it may."""
    if usage.ru_utime + usage.ru_stime > SECONDS:
        yield "%.1f seconds" % (usage.ru_utime + usage.ru_stime)
    if usage.ru_maxrss > MEMORY and not sanitize:
        yield "%d MiB" % (usage.ru_maxrss >> 10)


def judge(path, exit_codes, codes, out, sanitize):
    """What is wrong with how formc reads the file. codes: None for any."""
    code, said, beside, usage = read(path, out)
    text = said + beside
    bad = []
    try:
        told = sorted({f["code"] for f in json.loads(text)["findings"]})
    except ValueError:
        told = ["not JSON: %s" % text[:300]]
        codes = codes or []
    # Under the sanitizers everything takes more of time and memory, so what is refused for its size may
    # be refused at another limit; that it is refused holds there, too.
    at_limit = sanitize and codes == ["R008"] and code == REFUSED
    if code not in exit_codes or (codes is not None and told != codes and not at_limit):
        bad.append("exit %d %s, expected %s %s" % (code, told, exit_codes, codes))
    if os.path.exists(out) != (code in (OK, FOUND)):
        bad.append("a plan was written" if os.path.exists(out) else "no plan was written")
    if b"Mallory" in text:
        bad.append("an answer is in what is said")
    return bad + list(too_much(usage, sanitize))


def make(folder, cases, kind):
    """Writes the files, and index.json: what has to come of each."""
    warnings.simplefilter("ignore")  # two parts of one name are meant
    subprocess.run([FORMC, "build", FORM, "-o", folder, "--only", kind, "--force"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(os.path.join(folder, "loan." + kind), "rb") as f:
        blank = f.read()
    index = []
    for name, data, exit_codes, codes in cases(blank):
        with open(os.path.join(folder, name + "." + kind), "wb") as f:
            f.write(data)
        index.append((name, exit_codes if isinstance(exit_codes, tuple) else (exit_codes,),
                      None if codes is None else sorted(codes)))
    with open(os.path.join(folder, "index.json"), "w", encoding="utf-8") as f:
        json.dump(index, f, indent=1)


def main(script, cases, kind, least):
    """script: the file that was started; least: as many cases there have to be."""
    if sys.argv[1:2] == ["make"]:
        make(sys.argv[2], cases, kind)
        return 0
    sanitize = sys.argv[1:] == ["sanitize"]
    with tempfile.TemporaryDirectory() as folder:
        # By another process: what a process of much memory starts counts its memory, too.
        subprocess.run([sys.executable, script, "make", folder], check=True)
        with open(os.path.join(folder, "index.json"), encoding="utf-8") as f:
            index = json.load(f)
        bad = []
        for name, exit_codes, codes in index:
            found = judge(os.path.join(folder, name + "." + kind), exit_codes, codes, os.path.join(folder, "out.xml"), sanitize)
            bad += ["%s: %s" % (name, b) for b in found]
    print("\n".join(bad))
    print("%d files, %d faults" % (len(index), len(bad)))
    return 1 if bad or len(index) < least else 0
