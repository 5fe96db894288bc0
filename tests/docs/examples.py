"""Runs the examples in README.md and docs/. A block counts when a comment stands above it:

    <!-- run -->
    ```console
    $ build/formc check forms/s117-aftercare
    forms/s117-aftercare/form.xml: ... nothing wrong
    ```

Lines that begin with "$ " are commands; those below are what they print (both streams), where
"..." stands for anything. Without such lines the output does not matter. A command has to end
with 0, or with N where "(exit N)" ends its output. All blocks of a page run in order, in a copy of
the tree's forms with build/formc beside it.

Also checks that links to files of the project lead somewhere.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^<!-- run -->\n+```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def pages(top):
    yield "README.md"
    for where, _, names in os.walk(os.path.join(top, "docs")):
        for name in sorted(names):
            if name.endswith(".md"):
                yield os.path.relpath(os.path.join(where, name), top)


def steps(block):
    """[(command, expected lines)]"""
    found = []
    for line in block.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def run_page(page, text, top, formc):
    bad = 0
    blocks = BLOCK.findall(text)
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(os.path.join(top, "forms"), os.path.join(scratch, "forms"))
        os.mkdir(os.path.join(scratch, "build"))
        os.symlink(formc, os.path.join(scratch, "build", "formc"))
        for command, expected in [step for block in blocks for step in steps(block)]:
            code = 0
            if expected and re.fullmatch(r"\(exit \d\)", expected[-1]):
                code = int(expected.pop()[6:-1])
            done = subprocess.run(["sh", "-c", command], cwd=scratch, stdout=subprocess.PIPE, timeout=120,
                                  stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)
            wanted = "\n".join(expected).strip()
            pattern = ".*".join(re.escape(piece) for piece in wanted.split("..."))
            if done.returncode != code:
                print("%s: $ %s\nended with %d instead of %d:\n%s" % (page, command, done.returncode, code, done.stdout))
                bad += 1
            elif wanted and not re.fullmatch(pattern, done.stdout.strip(), re.DOTALL):
                print("%s: $ %s\nthe page says\n%s\nbut it prints\n%s" % (page, command, wanted, done.stdout))
                bad += 1
    return bad, len(blocks)


def main():
    top, formc = os.environ["FORMC_SOURCE"], os.environ["FORMC"]
    bad = ran = 0
    for page in pages(top):
        with open(os.path.join(top, page), encoding="utf-8") as f:
            text = f.read()
        for target in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
            if "://" in target or target.startswith("mailto:"):
                continue
            if not os.path.exists(os.path.join(top, os.path.dirname(page), target)):
                print("%s: the link to %s leads nowhere" % (page, target))
                bad += 1
        failed, blocks = run_page(page, text, top, formc)
        bad += failed
        ran += blocks
    print("%d blocks run" % ran)
    return 1 if bad or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
