"""A full disk at each point: every call of build and fill that changes something on disk fails in
turn. Afterwards each file is whole, the new one or the one that was there before, or is not there;
nothing else lies about, the command has said what happened, and its exit code is 4. Then the program
is killed at each of these calls, and after some other times: each file is whole, old or new, or not
there; what lies about is a temporary file, which nobody else can read while it is not whole, and the
same command works afterwards. A disk is also full after so and so many bytes, and stays so. Then the same for
memory: under limits of the operating system build ends with all files or with 5 and none.

regenerate works on a pile, with a worker: each of its calls and theirs fails, kills and comes to a full disk in
turn, in an empty folder and in one where the files of an earlier run are to be replaced. What it wrote is whole,
and the same command then comes to the bytes of a run that nobody disturbed.

    disk.py FAILING.so                     build and fill
    disk.py FAILING.so regenerate EVERY    regenerate, every so-manieth of its calls
"""
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FORMC = os.environ["FORMC"]
HERE = os.path.join(os.environ["FORMC_SOURCE"], "tests", "command")
FORM = os.path.join(HERE, "small.xml")
PLAN = os.path.join(HERE, "small-plan.xml")
FAILING = sys.argv[1]
SECRETS = ("Quillfeather", "Zebedee", "key safe")
failures = []
seen = set()      # the calls that failed, by name


def run(args, at=None, log=None, killed=False, full=None):
    env = dict(os.environ)
    if killed:
        env["FAIL_HOW"] = "kill"
    if full is not None:
        env["FAIL_BYTES"] = str(full)
    if log:
        env.update(LD_PRELOAD=FAILING, FAIL_AT=str(at), FAIL_LOG=log)
    return subprocess.run([FORMC] + args, capture_output=True, text=True, env=env, timeout=60)


def files_in(folder):
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            with open(path, "rb") as f:
                found[os.path.relpath(path, folder)] = f.read()
    return found


def put_old(folder, names):
    for name in names:
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(b"what was there before")


def check(what, result, got, new, old):
    if result.returncode not in (0, 4):
        failures.append(f"{what}: exit code {result.returncode}")
    if result.returncode == 0 and got != new:
        failures.append(f"{what}: says that all is well, and it is not")
    if result.returncode != 0 and not result.stderr.strip():
        failures.append(f"{what}: nothing is said")
    if any(s in result.stderr + result.stdout for s in SECRETS):
        failures.append(f"{what}: an answer is told")
    for name, data in got.items():
        if data != new.get(name) and data != old.get(name):
            failures.append(f"{what}: {name} is neither the new file nor the old one")
    for name in old:
        if name not in got:
            failures.append(f"{what}: {name} is gone")


def each_call_fails(work, what, args_for, over_old):
    new_folder = os.path.join(work, "new")
    args = args_for(new_folder)
    log = os.path.join(work, "log")
    if run(args, 0, log).returncode != 0:
        sys.exit(f"{what}: does not work with nothing failing")
    new = files_in(new_folder)
    calls = int(open(log).read().split()[0])
    old = {name: b"what was there before" for name in new} if over_old else {}
    for at in range(1, calls + (9 if over_old else 1)):
        folder = os.path.join(work, "out")
        put_old(folder, old)
        result = run(args_for(folder) + (["--force"] if over_old else []), at, log)
        failed = open(log).read().split()[1]
        seen.add(failed)
        check(f"{what}, call {at} ({failed})", result, files_in(folder), new, old)
        if failed != "-" and result.returncode == 0:
            failures.append(f"{what}, call {at} ({failed}): was not noticed")
        shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(new_folder)
    return calls


def left_behind(what, folder, new, old):
    """After a death: looks at what is there."""
    for name, data in files_in(folder).items():
        path = os.path.join(folder, name)
        if re.fullmatch(r"\..+\.\d+\.part", os.path.basename(name)):
            whole = data in new.values()
            if os.stat(path).st_mode & 0o077 and not whole:
                failures.append(f"{what}: others can read the half-made {name}")
        elif data not in (new.get(name), old.get(name)):
            failures.append(f"{what}: {name} is neither the new file nor the old one")
    for name in old:
        if not os.path.exists(os.path.join(folder, name)):
            failures.append(f"{what}: {name} is gone")


def each_call_kills(work, what, args_for):
    """Killed at each call, and at times that have nothing to do with calls; how often."""
    new_folder, folder, log = (os.path.join(work, name) for name in ("new", "out", "log"))
    begin = time.monotonic()
    run(args_for(new_folder), 0, log)
    took = time.monotonic() - begin
    new, calls = files_in(new_folder), int(open(log).read().split()[0])
    for over_old in (False, True):
        old = {name: b"what was there before" for name in new} if over_old else {}
        for at in [*range(1, calls + 1), *(took * n / 9 for n in range(10))]:
            put_old(folder, old)
            args = args_for(folder) + (["--force"] if over_old else [])
            if isinstance(at, int):
                if run(args, at, log, killed=True).returncode != -signal.SIGKILL and not over_old:
                    failures.append(f"{what}, call {at}: is not killed")
            else:
                with subprocess.Popen([FORMC] + args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as p:
                    time.sleep(at)
                    p.kill()
            left_behind(f"{what}, killed at {at:.3g}", folder, new, old)
            if run(args_for(folder) + ["--force"]).returncode != 0:
                failures.append(f"{what}, killed at {at:.3g}: does not work afterwards")
            if any(files_in(folder).get(name) != data for name, data in new.items()):
                failures.append(f"{what}, killed at {at:.3g}: something else afterwards")
            shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(new_folder)
    return 2 * (calls + 10)


def places(total):
    """Bytes after which a disk is full: the first and last ones, and some between."""
    return sorted({*range(5), *range(0, total, max(total // 23, 1)), *range(max(total - 5, 0), total)})


def full_after_each_byte(work, what, args_for):
    new_folder, folder, log = (os.path.join(work, name) for name in ("new", "out", "log"))
    run(args_for(new_folder), 0, log)
    new, total = files_in(new_folder), int(open(log).read().split()[2])
    for over_old in (False, True):
        old = {name: b"what was there before" for name in new} if over_old else {}
        for full in places(total):
            put_old(folder, old)
            result = run(args_for(folder) + (["--force"] if over_old else []), 0, log, full=full)
            check(f"{what}, full after {full} bytes", result, files_in(folder), new, old)
            if result.returncode == 0:
                failures.append(f"{what}, full after {full} bytes: was not noticed")
            shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(new_folder)
    return 2 * len(places(total))


# -- regenerate -------------------------------------------------------------------------------------

RUN = ("regenerate.state", "report.txt", "report.json")  # those of the run as a whole


class Pile:
    """A folder of files that came back, and what undisturbed runs make of it, first in its old and then in its new
    state."""

    def __init__(self, work):
        self.work, self.inbox = work, os.path.join(work, "in")
        self.log, self.out = os.path.join(work, "log"), os.path.join(work, "out")
        os.mkdir(self.inbox)
        with open(PLAN) as f:
            plan = f.read()
        for name in ("a.docx", "sub/b.pdf", "c.json"):
            path = os.path.join(self.inbox, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            other = os.path.join(work, "plan.xml")
            with open(other, "w") as f:
                f.write(plan.replace("000000000001", "%012d" % ord(os.path.basename(name)[0])))
            if run(["fill", FORM, other, "-o", path]).returncode:
                sys.exit("the pile cannot be made")
        with open(os.path.join(self.inbox, "letter.txt"), "w") as f:
            f.write("Zebedee rang")
        self.change(False)
        self.old, _, _ = self.undisturbed("old")
        self.change(True)
        self.new, self.calls, self.bytes = self.undisturbed("new")
        if len(self.new) != 11 or self.old.keys() != self.new.keys() or self.old["d.docx"] == self.new["d.docx"]:
            sys.exit(f"the pile gives {sorted(self.new)}")

    def change(self, new):
        """A plan that comes again, changed."""
        with open(PLAN) as f, open(os.path.join(self.inbox, "d.xml"), "w") as to:
            plan = f.read()
            to.write(plan.replace("In the spring", "In the autumn") if new else plan)

    def args(self):
        return ["regenerate", FORM, self.inbox, "-o", self.out, "--by", "office", "--as-of", "2026-02-01", "--at",
                "2026-02-01T09:00:00Z", "--only", "docx"]

    def undisturbed(self, what):
        if run(self.args(), 0, self.log).returncode != 1:  # the letter
            sys.exit("regenerate does not work with nothing failing")
        calls, _, size = open(self.log).read().split()
        shutil.copytree(self.out, os.path.join(self.work, what))
        shutil.rmtree(self.out)
        return files_in(os.path.join(self.work, what)), int(calls), int(size)

    def begin(self, over_old):
        if over_old:
            shutil.copytree(os.path.join(self.work, "old"), self.out)

    def look(self, what, over_old, killed):
        """At what is there after a disturbed run."""
        got = files_in(self.out)
        for name, data in got.items():
            part = re.fullmatch(r"\..+\.\d+\.part", os.path.basename(name))
            if part and not killed:
                failures.append(f"{what}: left {name}")
            elif part and os.stat(os.path.join(self.out, name)).st_mode & 0o077 and data not in self.new.values():
                # what is whole waits for its name only
                if not name.startswith((".report", ".regenerate")):
                    failures.append(f"{what}: others can read the half-made {name}")
            elif name == "report.json":
                try:
                    json.loads(data)
                except ValueError:
                    failures.append(f"{what}: half a {name}")
            elif not part and name not in RUN and data not in (self.new.get(name), self.old[name] if over_old else None):
                failures.append(f"{what}: {name} is neither the new file nor the old one")
            if name in RUN and any(s.encode() in data for s in SECRETS):
                failures.append(f"{what}: an answer is in {name}")
        for name in self.old if over_old else ():
            if name not in got:
                failures.append(f"{what}: {name} is gone")

    def afterwards(self, what):
        """The same command, undisturbed."""
        if run(self.args()).returncode != 1:
            failures.append(f"{what}: does not work afterwards")
        got = files_in(self.out)
        for name in sorted(set(got) | set(self.new)):
            if got.get(name) != self.new.get(name):
                failures.append(f"{what}: afterwards {name} is another one")
        shutil.rmtree(self.out, ignore_errors=True)

    def disturb(self, what, over_old, **how):
        killed = how.get("killed", False)
        self.begin(over_old)
        result = run(self.args(), how.get("at", 0), self.log, killed, how.get("full"))
        failed = open(self.log).read().split()[1]
        if not killed:
            seen.add(failed)
            whole = files_in(self.out) == self.new  # closing what has been replaced loses nothing
            if failed != "-" and result.returncode != 4 and not (failed == "close" and whole and result.returncode == 1):
                failures.append(f"{what} ({failed}): exit code {result.returncode}")
            if failed != "-" and not result.stderr.strip() and not result.stdout.strip():
                failures.append(f"{what} ({failed}): nothing is said")
        if any(s in result.stderr + result.stdout for s in SECRETS):
            failures.append(f"{what}: an answer is told")
        self.look(what, over_old, killed)
        self.afterwards(what)

    def little_memory(self):
        """From a limit at which the program does not start to one at which all is well: it gives up with a word, or
        plans do; what is there is whole."""
        ends = {}
        for mib in range(40, 400, 4):
            limit = mib << 20
            result = subprocess.run([FORMC] + self.args(), capture_output=True, text=True,
                                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
            ends[result.returncode] = ends.get(result.returncode, 0) + 1
            if result.returncode not in (1, 5, 127):
                failures.append(f"{mib} MiB: exit code {result.returncode}: {result.stderr[-200:]}")
            if any(s in result.stderr + result.stdout for s in SECRETS):
                failures.append(f"{mib} MiB: an answer is told")
            whole = os.path.exists(self.out) and files_in(self.out) == self.new
            os.makedirs(self.out, exist_ok=True)
            self.look(f"{mib} MiB", False, False)
            self.afterwards(f"{mib} MiB")
            if whole:
                break
        if not whole or not ends.get(5):
            failures.append(f"no limit was too small, or none enough: {ends}")
        return sum(ends.values())

    def all(self, every):
        """How often it was disturbed. Each of the four kinds begins with another call."""
        n = self.little_memory()
        for over_old in (False, True):
            for killed in (False, True):
                for at in range(1 + (2 * over_old + killed) * every // 4, self.calls + 1, every):
                    self.disturb(f"regenerate, {'killed at ' if killed else ''}call {at}", over_old, at=at, killed=killed)
                    n += 1
            for full in places(self.bytes)[::min(every, 3)]:
                self.disturb(f"regenerate, full after {full} bytes", over_old, full=full)
                n += 1
        return n


def regenerate(every):
    with tempfile.TemporaryDirectory() as work:
        return Pile(work).all(every)


def little_memory(work):
    """From a limit at which the program does not start to one at which all is well."""
    new_folder = os.path.join(work, "new")
    run(["build", FORM, "-o", new_folder])
    new, ends, enough = files_in(new_folder), {}, 0
    for mib in range(40, 400):
        folder = os.path.join(work, "out")
        limit = mib << 20
        result = subprocess.run([FORMC, "build", FORM, "-o", folder], capture_output=True, text=True,
                                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
        ends[result.returncode] = ends.get(result.returncode, 0) + 1
        got = files_in(folder)
        if result.returncode == 5 and (got or "memory ran out" not in result.stderr):
            failures.append(f"{mib} MiB: gave up, and left {sorted(got)} or said something else")
        elif result.returncode == 0 and got != new:
            failures.append(f"{mib} MiB: other files")
        elif result.returncode not in (0, 5, 127):  # 127: not all libraries could be loaded
            failures.append(f"{mib} MiB: exit code {result.returncode}: {result.stderr[-200:]}")
        shutil.rmtree(folder, ignore_errors=True)
        enough = enough + 1 if result.returncode == 0 else 0
        if enough == 3:
            break
    if not ends.get(5):
        failures.append(f"no limit was too small: {ends}")
    return ends


def build_and_fill(work):
    def build(folder):
        return ["build", FORM, "-o", folder, "--only", "docx,pdf,model"]

    def fill_into(name, *more):
        def args(folder):
            os.makedirs(folder, exist_ok=True)
            return ["fill", FORM, PLAN, "-o", os.path.join(folder, name), *more]
        return args

    jobs = {"build": build, "fill docx": fill_into("a.docx"), "fill pdf": fill_into("a.pdf"),
            "record": fill_into("a.pdf", "--as", "record"), "fill json": fill_into("a.json")}
    total = 0
    for what, args in jobs.items():
        for over_old in (False, True):
            total += each_call_fails(work, what + (" --force" if over_old else ""), args, over_old)
    deaths = each_call_kills(work, "build", build) + each_call_kills(work, "fill", fill_into("a.docx"))
    full = full_after_each_byte(work, "build", build) + full_after_each_byte(work, "fill", fill_into("a.docx"))
    ends = little_memory(work)
    return f"{total} calls failed in turn; killed {deaths} times; full {full} times; with too little memory: {ends}"


if sys.argv[2:]:
    every = int(sys.argv[3])
    result = f"disturbed {regenerate(every)} times"
    calls = ("open", "write", "fsync", "close", "rename", "link", "full")
    calls += ("mkdir", "ftruncate") if every == 1 else ()  # rare ones
else:
    with tempfile.TemporaryDirectory() as folder:
        result = build_and_fill(folder)
    calls = ("open", "write", "fsync", "fchmod", "close", "rename", "link", "mkdir")
for name in calls:
    if name not in seen:
        failures.append(f"{name} never failed")
for line in failures[:40]:
    print(line)
if failures:
    sys.exit(1)
print(result)
