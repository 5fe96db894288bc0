"""A full disk at each point: every call of build and fill that changes something on disk fails in
turn. Afterwards each file is whole, the new one or the one that was there before, or is not there;
nothing else lies about, the command has said what happened, and its exit code is 4. Then the program
is killed at each of these calls, and after some other times: each file is whole, old or new, or not
there; what lies about is a temporary file, which nobody else can read while it is not whole, and the
same command works afterwards. Then the same for memory: under limits of the operating system build ends with all files or with 5 and none.

    disk.py FAILING.so
"""
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


def run(args, at=None, log=None, killed=False):
    env = dict(os.environ)
    if killed:
        env["FAIL_HOW"] = "kill"
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


with tempfile.TemporaryDirectory() as work:
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
    for name in ("open", "write", "fsync", "fchmod", "close", "rename", "link", "mkdir"):
        if name not in seen:
            failures.append(f"{name} never failed")
    ends = little_memory(work)

for line in failures[:40]:
    print(line)
if failures:
    sys.exit(1)
print(f"{total} calls failed in turn; killed {deaths} times; with too little memory: {ends}")
