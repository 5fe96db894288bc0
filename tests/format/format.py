"""Every C file has the layout of .clang-format, and every text file ends its lines with LF, has
no white space at their ends and ends in a line break (.editorconfig)."""

import os
import subprocess
import sys

TEXT = (".c", ".h", ".cmake", ".md", ".py", ".sh", ".xml", ".xsl", ".rng", ".json", ".mjs", ".txt", ".tsv")
TWO_SPACES_MEAN_A_BREAK = (".md",)
AS_IT_CAME = ("package-lock.json", "source.txt")  # written by npm; the wording of a paper form


def is_made(folder):
    """Made by building, testing or git; not part of the sources."""
    return folder in ("build", "out", "node_modules", "__pycache__") or folder.startswith((".", "build-"))


def sources_of(top):
    try:
        listing = subprocess.run(["git", "-c", "safe.directory=*", "-C", top, "ls-files", "-z"],
                                 capture_output=True)
        if listing.returncode == 0:
            return [p for p in listing.stdout.decode().split("\0") if p and os.path.isfile(os.path.join(top, p))]
    except FileNotFoundError:
        pass  # no git on this machine
    found = []
    for where, below, names in os.walk(top):
        below[:] = [b for b in below if not is_made(b)]
        found += [os.path.relpath(os.path.join(where, n), top) for n in names]
    return found


def main():
    top = sys.argv[1]
    files = sorted(sources_of(top))
    bad = 0
    # expected outputs of formc are as formc made them
    files = [f for f in files if "/golden/" not in f]
    sources = [f for f in files if f.endswith((".c", ".h"))]
    if not sources:
        print("found no C file to look at")
        return 1
    layout = subprocess.run(["clang-format", "--dry-run", "-Werror"] + sources, cwd=top,
                            capture_output=True, text=True)
    if layout.returncode:
        lines = [l for l in layout.stderr.split("\n") if "error:" in l]
        print(*lines[:40], sep="\n")
        print("clang-format -i puts them right")
        bad += 1
    for path in files:
        if not path.endswith(TEXT) or os.path.basename(path) in AS_IT_CAME:
            continue
        with open(os.path.join(top, path), "rb") as f:
            data = f.read()
        if data and not data.endswith(b"\n"):
            print("%s: the last line has no line break" % path)
            bad += 1
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.rstrip(b" \t\r") != line and not path.endswith(TWO_SPACES_MEAN_A_BREAK):
                print("%s:%d: white space at the end of the line" % (path, number))
                bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
