"""Does what README.md and the pages of docs/ tell people to do, in their order. What counts is a
block with a comment above it:

    <!-- run -->
    ```console
    $ build/formc check forms/s117-aftercare
    forms/s117-aftercare/form.xml: ... nothing wrong
    ```

Lines that begin with "$ " are commands; those below are what they print (both streams), where
"..." stands for anything. Without such lines the output does not matter. A command has to end
with 0, or with N where "(exit N)" ends its output.

    <!-- file: PATH -->       what follows in ``` is saved as that file
    <!-- find: PATH -->       these lines stand in that file, once ...
    <!-- replace -->          ... and become these, or
    <!-- below -->            ... get these below them
    <!-- shows: PATH ... -->  these words stand in each of these documents (.docx, .pdf)
    <!-- typed: PROGRAM DOCUMENT SAVED -->  what a person types into a document with another program;
                             tests/story does such pages, and they are left out here

All of a page happens in one copy of the tree's forms and of the pages' pictures with build/formc beside it. A page that runs
./run gets a copy of the whole tree and builds it, so it is done only when it is named. Words may
stand between the blocks.

Also checks that links to files of the project lead somewhere, and to headings too, and that a file
or folder of the project that a page names is there.

    examples.py [PAGE...]           these pages; README.md and all of docs/ without one
    examples.py --bless [PAGE...]   where a command prints what the page says but for numbers, such
                                    as that of a line, the page gets the new ones (tests/bless docs)
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

BLOCK = re.compile(r"^<!-- (run|file|find|replace|below|shows|typed)(?:: ([^\n]+))? -->\n+```(\w*)\n(.*?)^```$",
                   re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)]*))?\)")
BUILDS = re.compile(r"^<!-- run -->\n+```console\n(?:[^`]*\n)?\$ \./run\n", re.MULTILINE)
TYPES = re.compile(r"^<!-- typed: ", re.MULTILINE)
LEFT_OUT = ("build", "build-*", "out", ".git", "node_modules")  # of a copy of the whole tree


class Wrong(Exception):
    pass


def pages(top):
    yield "README.md"
    for where, _, names in os.walk(os.path.join(top, "docs")):
        for name in sorted(names):
            if name.endswith(".md"):
                yield os.path.relpath(os.path.join(where, name), top)


def commands(block):
    """[(command, expected lines)]"""
    found = []
    for line in block.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def numbers_of(expected, printed):
    """The lines of the page with the numbers that were printed; None when more than those differ."""
    def same(line):
        return re.sub(r" *\d+", " 0", line)
    lines, at = [], 0
    for line in expected:
        pattern = ".*".join(re.escape(piece) for piece in same(line).split("..."))
        while line != "..." and at < len(printed) and not re.fullmatch(pattern, same(printed[at])):
            at += 1
        if line != "..." and at == len(printed):
            return None
        lines.append(line if "..." in line else printed[at])
        at += line != "..."
    return lines


def run(block, folder, blessed):
    for command, expected in commands(block):
        code = 0
        if expected and re.fullmatch(r"\(exit \d\)", expected[-1]):
            code = int(expected.pop()[6:-1])
        done = subprocess.run(["sh", "-c", command], cwd=folder, stdout=subprocess.PIPE, timeout=1200,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, check=False,
                              env={**os.environ, "CCACHE_BASEDIR": folder})
        wanted = "\n".join(expected).strip()
        pattern = ".*".join(re.escape(piece) for piece in wanted.split("..."))
        if done.returncode != code:
            raise Wrong("$ %s\nended with %d instead of %d:\n%s" % (command, done.returncode, code, done.stdout))
        if wanted and not re.fullmatch(pattern, done.stdout.strip(), re.DOTALL):
            other = numbers_of(expected, done.stdout.rstrip("\n").split("\n"))
            if other and blessed is not None:
                blessed.append(("\n".join(expected), "\n".join(other)))
                continue
            raise Wrong("$ %s\nthe page says\n%s\nbut it prints\n%s%s" %
                        (command, wanted, done.stdout, "Only numbers differ: tests/bless docs keeps them." if other else ""))


def indent(lines):
    return min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)


def edit(path, find, how, put):
    """Changes a file as the page tells a person to. How far in the lines stand does not matter."""
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    find, put = find.rstrip("\n").split("\n"), put.rstrip("\n").split("\n")
    bare = [line[indent(find):].rstrip() for line in find]
    at = []
    for i in range(len(lines) - len(find) + 1):
        there = lines[i:i + len(find)]
        if [line[indent(there):].rstrip() for line in there] == bare:
            at.append(i)
    if len(at) != 1:
        raise Wrong("stands %d times in %s, not once:\n%s" % (len(at), path, "\n".join(find)))
    begin, end = at[0], at[0] + len(find)
    margin = " " * indent(lines[begin:end])
    put = [margin + line[indent(put):] if line.strip() else line for line in put]
    lines[end if how == "below" else begin:end] = put
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))


def words_of(path):
    if path.endswith(".pdf"):
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, stdout=subprocess.PIPE).stdout.decode()
    else:
        with zipfile.ZipFile(path) as package:
            text = re.sub(r"<[^>]*>", " ", package.read("word/document.xml").decode())
    return " ".join(text.split())


def copy_tree(top, scratch, formc, whole):
    if whole:
        shutil.copytree(top, scratch, ignore=shutil.ignore_patterns(*LEFT_OUT), dirs_exist_ok=True)
        return
    shutil.copytree(os.path.join(top, "forms"), os.path.join(scratch, "forms"))
    shutil.copytree(os.path.join(top, "docs", "pictures"), os.path.join(scratch, "docs", "pictures"))
    os.mkdir(os.path.join(scratch, "build"))
    os.symlink(formc, os.path.join(scratch, "build", "formc"))


def do_page(text, top, formc, blessed=None, shown=lambda paths, words: None, typed=None,
            done=lambda kind, block: None, folder=None):
    """Raises Wrong at the first step that is not as the page says; the later ones rest on it.
    blessed: gets pairs of lines that differ in numbers, which are then not wrong. shown: is called
    for documents that show what they should. typed: types; done: is called behind each block.
    folder: where it is done, for who wants to look afterwards."""
    blocks = BLOCK.findall(text)
    marked = re.findall(r"^<!-- (?!example: )\w+(?:: [^\n]*)? -->\n+```", text, re.MULTILINE)
    if len(marked) != len(blocks):
        raise Wrong("%d blocks are marked, but %d can be done" % (len(marked), len(blocks)))
    with contextlib.nullcontext(folder) if folder else tempfile.TemporaryDirectory() as scratch:
        if blocks:
            copy_tree(top, scratch, formc, bool(BUILDS.search(text)))
        found = None
        for kind, what, _, block in blocks:
            if kind == "run":
                run(block, scratch, blessed)
            elif kind == "file":
                path = os.path.join(scratch, what)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as f:
                    f.write(block)
            elif kind == "find":
                found = os.path.join(scratch, what), block
            elif kind == "shows":
                paths = [os.path.join(scratch, path) for path in what.split()]
                for path in paths:
                    if " ".join(block.split()) not in words_of(path):
                        raise Wrong("%s does not show:\n%s" % (path, block))
                shown(paths, block.split())
            elif kind == "typed":
                typed(what, block)
            elif not found:
                raise Wrong("no lines to find before:\n%s" % block)
            else:
                edit(*found, kind, block)
                found = None
            done(kind, block)
    return len(blocks)


def anchors(text):
    """The places of a page that a link can lead to, as GitHub makes them from headings."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def dead_links(page, text, top):
    for target, place in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if "://" in target or target.startswith("mailto:"):
            continue
        path = os.path.join(top, os.path.dirname(page), target) if target else os.path.join(top, page)
        if not os.path.exists(path):
            yield "%s: the link to %s leads nowhere" % (page, target)
        elif place and path.endswith(".md"):
            with open(path, encoding="utf-8") as f:
                if place not in anchors(f.read()):
                    yield "%s: the link to %s#%s leads to no heading" % (page, target, place)


PATH = re.compile(r"`((?:cli|cmake|compiler|docs|forms|output|runtime|scripts|styles|tests)/[\w./-]*)`")


def gone_paths(page, text, top):
    made = "\n".join(block for _, what, _, block in BLOCK.findall(text) for block in (what, block))
    for path in PATH.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if "NAME" not in path and "/".join(path.split("/")[:2]) not in made and not os.path.exists(os.path.join(top, path)):
            yield "%s: there is no %s" % (page, path)


def main():
    top, formc = os.environ["FORMC_SOURCE"], os.environ["FORMC"]
    bad, done = [], 0
    bless = sys.argv[1:2] == ["--bless"]
    for page in sys.argv[1 + bless:] or pages(top):
        with open(os.path.join(top, page), encoding="utf-8") as f:
            text = f.read()
        bad += dead_links(page, text, top)
        bad += gone_paths(page, text, top)
        if TYPES.search(text) or (BUILDS.search(text) and page not in sys.argv):
            continue
        blessed = [] if bless else None
        try:
            done += do_page(text, top, formc, blessed)
        except Wrong as e:
            bad.append("%s: %s" % (page, e))
        for old, new in blessed or ():
            text = text.replace(old, new)
        if blessed:
            with open(os.path.join(top, page), "w", encoding="utf-8") as f:
                f.write(text)
    print("\n".join(bad))
    print("%d blocks" % done)
    return 1 if bad or not done else 0


if __name__ == "__main__":
    sys.exit(main())
