"""Inputs that want to hurt: a program is run on each with limits far above what any needs (they
measure well under a second and 100 MiB), and far below what an unbounded reader would take.
Under the sanitizers, whose shadow memory is counted too, memory is not limited, and time is
less so."""

import os
import resource
import subprocess
import sys
import tempfile

SANITIZED = "sanitize" in sys.argv
SECONDS = 60 if SANITIZED else 10
MEMORY = 512 << 20
SECRET = "the secret of the canary"


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def wrong(done, codes):
    """What is wrong with how the program ended and what it said."""
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    found = {c for c in codes if c and c in said}
    if done.returncode not in (0, 1, 3):
        yield "ended with %d" % done.returncode
    if codes and not found and "" not in codes:
        yield "none of %s was reported" % " ".join(sorted(codes))
    if not codes and done.returncode != 0:
        yield "refused"
    if SECRET in said:
        yield "read another file"
    if len(done.stderr) > 1 << 20:
        yield "complained with %d bytes" % len(done.stderr)


def run(cases, command, kind):
    """cases(canary) yields (name, bytes, codes): one of the codes or words has to be said; none at
    all: it has to be fine; "" among them: or it may be. canary is the path of a file that nothing
    may read. command(path) is what to run. Returns the exit code."""
    bad = count = 0
    with tempfile.TemporaryDirectory() as scratch:
        canary = os.path.join(scratch, "canary")
        with open(canary, "w", encoding="ascii") as out:
            out.write(SECRET)
        path = os.path.join(scratch, "input.xml")
        for name, data, codes in cases(canary.encode()):
            count += 1
            with open(path, "wb") as out:
                out.write(data)
            done = subprocess.run(command(path), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, preexec_fn=limits, timeout=6 * SECONDS, check=False)
            told = list(wrong(done, codes))
            if set(os.listdir(scratch)) != {"canary", "input.xml"}:
                told.append("left files")
            if told:
                bad += 1
                print("%s: %s\n%s" % (name, "; ".join(told), done.stderr.decode("utf-8", "replace")[:2000]))
    print("%d hostile %s, %d wrong" % (count, kind, bad))
    return 1 if bad else 0
