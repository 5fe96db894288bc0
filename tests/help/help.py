"""What is made from the table of verbs: help, the manual page and the completions of shells.

The table says what a verb takes; the sources of the verbs say it, too, to the reader of the command
line. Both have to say the same. The manual page has to be flawless for mandoc and for man. The
completions are tried in each shell itself, as people press the Tab key.
"""
import glob
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
PAGES = os.path.join(os.environ["FORMC_BUILD"], "cli")
PLAIN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "dumb", "HOME": "/nonexistent"}


def run(*args, **more):
    return subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60, **more)


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def verbs():
    """verb -> the options of its shape, each with what stands behind it."""
    found = {}
    shapes = re.findall(r"^  formc (\w+)(.*\n(?: {13}.*\n)*)", run(FORMC, "help").stdout, re.M)
    for verb, rest in shapes:
        found[verb] = dict(re.findall(r"(?<![\w-])(--?\w[\w-]*)(?: ([^-\s|\[\]][^\s\]]*))?", rest))
    return found


VERBS = verbs()
TARGETS = re.findall(r"^  (\w+) +\S", run(FORMC, "help").stdout.split("Targets are:")[1], re.M)
THEMES = sorted(os.path.basename(os.path.dirname(p)) for p in glob.glob(SOURCE + "/styles/themes/*/theme.xml"))


class Table(unittest.TestCase):
    def test_shapes_and_sources_say_the_same(self):
        self.assertGreater(len(VERBS), 12)
        for verb, options in VERBS.items():
            file = "help.c" if verb == "help" else "cmd_%s.c" % verb
            source = read(os.path.join(SOURCE, "cli", file))
            self.assertEqual(set(options), set(re.findall(r'\.name = "(--?[\w-]+)"', source)), verb)

    def test_help_explains_each(self):
        for verb, options in VERBS.items():
            page = run(FORMC, "help", verb).stdout
            for option in options:
                self.assertRegex(page, r"(?m)^  %s\b.*(\n {20,})?  +[a-z]" % option)

    def test_only_one_thing_is_asked(self):
        for args in (["build", "--manual"], ["--manual", "--completion", "zsh"], ["--completion", "csh"], ["bild"]):
            done = run(FORMC, "help", *args)
            self.assertEqual((done.returncode, done.stdout), (2, ""), args)
            self.assertNotEqual(done.stderr, "")


class Manual(unittest.TestCase):
    page = os.path.join(PAGES, "formc.1")

    def test_mandoc_and_man_find_nothing(self):
        done = run("mandoc", "-Tlint", "-Wall", self.page)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))
        done = run("man", "--warnings", "-l", self.page, env=dict(PLAIN, MANWIDTH="80"))
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_everything_is_in_it(self):
        shown = run("man", "-l", self.page, env=dict(PLAIN, MANWIDTH="80")).stdout
        parts = dict(zip(*[iter(re.split(r"^   (\w+)$", shown, flags=re.M)[1:])] * 2))
        for verb, options in VERBS.items():
            for option, value in options.items():
                self.assertRegex(parts[verb], r"(?m)^       %s%s" % (option, " " + re.escape(value) if value else ""))
        for name in TARGETS + THEMES:
            self.assertRegex(shown, r"\b%s\b" % name)

    def test_no_clock(self):
        date = re.search(r"^set\(FORMC_DATE (\S+)\)", read(os.path.join(SOURCE, "CMakeLists.txt")), re.M).group(1)
        self.assertIn('"%s"' % date, read(self.page).split("\n")[1])
        self.assertEqual(run(FORMC, "help", "--manual", env={"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"}).stdout,
                         read(self.page))


class Shell:
    """What each shell has to offer for a line. `complete` gives the words offered."""

    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        for name in ("plan one.xml", "print.docx"):
            open(os.path.join(self.dir, name), "w").close()
        os.mkdir(os.path.join(self.dir, "places"))

    def offers(self, line, *words):
        self.assertEqual(sorted(self.complete(line)), sorted(words), line)

    def offers_among(self, line, *words):
        got = self.complete(line)
        self.assertEqual(sorted(set(words) - set(got)), [], "%s: %s" % (line, got))

    def test_verbs(self):
        self.offers_among("formc ", *VERBS)
        self.offers("formc tr", "translate")
        self.offers("formc help val", "validate")
        codes = re.findall(r"^(E60\d)  ", run(FORMC, "explain").stdout, re.M)
        self.assertGreater(len(codes), 2)
        self.offers("formc explain E60", *codes)

    def test_options(self):
        for verb, options in VERBS.items():
            # fish offers one letter and many apart
            self.offers_among("formc %s --" % verb, *[o for o in options if o.startswith("--")])
        self.offers("formc build form.xml --wa", "--watch")
        self.offers("formc fill a b --wi", "--with-data")

    def test_values(self):
        self.offers("formc fill a b --as ", "form", "record")
        self.offers("formc fill a b --to ", "docx", "pdf", "html", "xml", "json")
        self.offers("formc set a b --keep v", "visible")
        self.offers("formc set a b c --absent asked-", "asked-unknown", "asked-declined")
        self.offers_among("formc build a --theme ", *THEMES)
        self.offers_among("formc build a --only ", *self.listed("", TARGETS))
        self.offers("formc build a --only docx,p", *self.listed("docx,", ["pdf"]))
        self.offers("formc help --completion ", "bash", "zsh", "fish")

    def test_files(self):
        self.offers("formc fill places pl", *self.files("plan one.xml", "places/"))
        self.offers("formc build a -o pl", *self.files("places/"))
        self.offers("formc read a b --into plan", *self.files("plan one.xml"))

    def listed(self, before, words):
        return [before + w for w in words]

    def files(self, *names):
        return [n.rstrip("/") for n in names]


class Bash(Shell, unittest.TestCase):
    def complete(self, line):
        words = re.findall(r"=|[^\s=]+", line) + ([""] if line.endswith((" ", "=")) else [])
        script = ("source %s/formc.bash; compopt() { :; }; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); "
                  "complete -p formc >/dev/null && _formc && printf '%%s\\n' \"${COMPREPLY[@]}\"" % PAGES)
        done = run("bash", "--norc", "-u", "-c", script, "-", *words, cwd=self.dir, env=PLAIN)
        self.assertEqual((done.returncode, done.stderr), (0, ""), line)
        return done.stdout.split("\n")[:-1] if done.stdout.strip() else []

    def test_equals_sign(self):
        self.offers("formc fill a b --as=", "form", "record")
        self.offers("formc fill a b --as=r", "record")


class Fish(Shell, unittest.TestCase):
    def complete(self, line):
        script = "set -g fish_function_path $fish_function_path; source %s/formc.fish; complete -C '%s'" % (PAGES, line)
        done = run("fish", "--no-config", "-c", script, cwd=self.dir, env=dict(PLAIN, HOME=self.dir))
        self.assertEqual((done.returncode, done.stderr), (0, ""), line)
        return [w.split("\t")[0].replace("\\ ", " ") for w in done.stdout.splitlines()]

    def files(self, *names):
        return names


class Zsh(Shell, unittest.TestCase):
    """zsh completes only where somebody types: it runs in a terminal of its own, and what its
    completion adds is written down."""
    BEGIN = r"""
PS1='ready> '; fpath=({pages} $fpath)
autoload -Uz compinit; compinit -u -D
compadd() {{
    local -a hits
    [[ ${{@[1,(i)(-|--)]}} == *-[OAD]* ]] || {{ builtin compadd -O hits "$@"; print -rl -- $hits >>{log}; }}
    builtin compadd "$@"
}}
_told() {{ _main_complete; print -r -- '=end' >>{log} }}
zle -C told list-choices _told
bindkey '^I' told
print -r -- '=end' >>{log}
"""

    def setUp(self):
        super().setUp()
        self.log = os.path.join(self.dir, "..", os.path.basename(self.dir) + ".log")
        open(self.log, "w").close()
        self.addCleanup(os.unlink, self.log)
        begin = os.path.join(self.dir, ".begin")
        with open(begin, "w") as f:
            f.write(self.BEGIN.format(pages=PAGES, log=self.log))
        child, self.terminal = pty.fork()
        if child == 0:
            os.chdir(self.dir)
            os.execvpe("zsh", ["zsh", "-f", "-i"], dict(PLAIN, HOME=self.dir, COLUMNS="200", LINES="60"))
        self.addCleanup(os.waitpid, child, 0)
        self.addCleanup(os.close, self.terminal)
        self.type("source .begin\n")

    def type(self, text):
        """Types, and waits until what is typed has been dealt with; the lines that it wrote down."""
        open(self.log, "w").close()
        os.write(self.terminal, text.encode())
        for _ in range(1000):
            told = read(self.log)
            if told.endswith("=end\n"):
                return [w for w in told.split("\n")[:-2] if w]
            self.drain()
        self.fail("zsh did not answer: " + text)

    def drain(self):
        """Takes what the terminal shows, so that zsh never waits for a reader."""
        if select.select([self.terminal], [], [], 0.01)[0]:
            os.read(self.terminal, 65536)
        else:
            time.sleep(0.01)

    def complete(self, line):
        got = self.type("\x15" + line + "\t")
        return [w.replace("\\ ", " ") for w in dict.fromkeys(got)]

    def listed(self, before, words):
        return words

    def test_equals_sign(self):
        self.offers("formc fill a b --as=r", "record")


def main():
    missing = [c for c in ("bash", "zsh", "fish", "man", "mandoc") if not shutil.which(c)]
    if missing:
        sys.exit("not installed: " + " ".join(missing))
    unittest.main()


if __name__ == "__main__":
    main()
