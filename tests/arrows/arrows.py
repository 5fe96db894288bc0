"""Reads every #include of the project and complains of arrows that point back, of libraries that
are included in more than one place, and of rooms that know one particular form.

    arrows.py TOP            checks the tree
    arrows.py --self-test    checks that each kind of fault, put into a small tree, is found
"""

import os
import re
import sys
import tempfile

# room: the rooms whose headers it may include (its own always). A file belongs to the room with
# the longest matching folder.
ROOMS = {
    "runtime/base": [],
    "runtime/form": ["runtime/base"],
    "runtime/plan": ["runtime/base", "runtime/form", "runtime"],
    "runtime/program": ["runtime/base", "runtime/form", "runtime/plan"],
    "runtime/returned": ["runtime/base", "runtime/form", "runtime/plan", "runtime"],
    "runtime": [],  # fv.h: what generated code sees stands alone
    "compiler": ["runtime/base", "runtime/form", "runtime/plan", "runtime/program", "runtime"],
    "styles": ["runtime/base"],
    "output": ["runtime/base", "runtime/form", "runtime/plan", "runtime/program", "runtime", "compiler",
               "styles"],
    "output/c": ["output"],
    "output/docx": ["output"],
    "output/pdf": ["output"],
    "output/html": ["output"],
    "output/schema": ["output"],
    "cli": ["output", "compiler", "styles", "runtime/base", "runtime/form", "runtime/plan",
            "runtime/program", "runtime/returned"],
}
for target in ("output/c", "output/docx", "output/pdf", "output/html", "output/schema"):
    ROOMS[target] += ROOMS["output"]

# One file each includes these: replacing a library is a change in one place.
WALLS = {
    "libharu": r"hpdf\w*\.h",
    "libxslt": r"libe?xslt/.*",
    "libzip": r"zip\.h",
    "libpng": r"(libpng\d*/)?png\w*\.h",
    "libdeflate": r"libdeflate\.h",
    "HarfBuzz": r"(harfbuzz/)?hb(-\w+)*\.h",
    "FriBidi": r"(fribidi/)?fribidi\w*(-\w+)*\.h",
    "ICU": r"unicode/.*",
    "nettle": r"nettle/.*",
    "qpdf": r"qpdf/.*",
    "jansson": r"jansson\w*\.h",
}

# Rooms that must serve any form.
ANY_FORM = ("compiler", "output", "runtime", "styles")
ONE_FORM = re.compile(r"(?<![0-9])117(?![0-9])|aftercare", re.IGNORECASE)

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def room_of(path):
    folder = os.path.dirname(path)
    while folder and folder not in ROOMS:
        folder = os.path.dirname(folder)
    return folder


def files_below(top, folders):
    for folder in folders:
        for where, below, names in os.walk(os.path.join(top, folder)):
            below.sort()
            for name in sorted(names):
                yield os.path.relpath(os.path.join(where, name), top)


def check(top, every_wall=False):
    """The complaints about the tree, each "file:line: what". With every_wall a library that no
    file includes is one too."""
    complaints = []
    users = {library: {} for library in WALLS}
    for path in files_below(top, sorted({room.split("/")[0] for room in ROOMS})):
        if not path.endswith((".c", ".h")):
            continue
        room = room_of(path)
        with open(os.path.join(top, path), encoding="utf-8") as f:
            text = f.read()
        for match in INCLUDE.finditer(text):
            place = "%s:%d" % (path, text.count("\n", 0, match.start()) + 1)
            own, foreign = match.groups()
            header = own or foreign
            for library, pattern in WALLS.items():
                if re.fullmatch(pattern, header):
                    users[library].setdefault(path, place)
            if own is None:
                continue
            beside = os.path.normpath(os.path.join(os.path.dirname(path), own))
            target = next((t for t in (own, beside) if os.path.isfile(os.path.join(top, t))), None)
            if target is None:
                complaints.append('%s: there is no file "%s" in the tree' % (place, own))
            elif not room_of(target):
                complaints.append('%s: "%s" is in no room' % (place, own))
            elif room_of(target) != room and room_of(target) not in ROOMS[room]:
                complaints.append("%s: %s must not include %s (%s)" %
                                  (place, room, room_of(target), target))
    for library, where in sorted(users.items()):
        if len(where) > 1:
            complaints += ["%s: %s is included in %d files; one file is its wall" %
                           (place, library, len(where)) for place in where.values()]
        elif every_wall and not where:
            complaints.append("tests/arrows: no file includes %s: take it out of WALLS" % library)
    for path in files_below(top, ANY_FORM):
        with open(os.path.join(top, path), "rb") as f:
            data = f.read()
        if b"\0" in data:
            continue  # a font or a colour profile
        for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
            if ONE_FORM.search(line):
                complaints.append("%s:%d: %s serves any form and must not know this one" %
                                  (path, number, path.split("/")[0]))
    return complaints


GOOD = {
    "runtime/base/str.h": "#include <stddef.h>\n",
    "runtime/base/digest.c": '#include "runtime/base/str.h"\n#include <nettle/sha2.h>\n',
    "runtime/base/json.c": "#include <jansson.h>\n",
    "runtime/form/form.h": '#include "runtime/base/str.h"\n',
    "runtime/plan/plan.h": '#include "runtime/form/form.h"\n',
    "runtime/fv.h": "#include <stdint.h>\n",
    "compiler/compile.h": '#include "runtime/form/form.h"\n',
    "compiler/inside.h": "enum { A = 1170, B = 2117 };\n",
    "compiler/compile.c": '#include "inside.h"\n#include "runtime/plan/plan.h"\n',
    "styles/assets.h": '#include "runtime/base/str.h"\n',
    "output/target.h": '#include "compiler/compile.h"\n#include "styles/assets.h"\n',
    "output/docx/docx.c": '#include "output/target.h"\n#include <zip.h>\n',
    "output/pdf/pdf.h": "",
    "cli/main.c": '#include "output/target.h"\n',
    "styles/fonts/x.ttf": "\0 117",
}

FAULTS = [  # (file, its text, what the complaint must begin with)
    ("runtime/base/back.c", '#include "runtime/form/form.h"\n', "runtime/base/back.c:1: runtime/base must not"),
    ("runtime/form/back.c", '\n  #  include "runtime/plan/plan.h"\n', "runtime/form/back.c:2: runtime/form must not"),
    ("runtime/plan/back.c", '#include "compiler/compile.h"\n', "runtime/plan/back.c:1: runtime/plan must not"),
    ("runtime/back.h", '#include "runtime/base/str.h"\n', "runtime/back.h:1: runtime must not"),
    ("compiler/back.c", '#include "output/target.h"\n', "compiler/back.c:1: compiler must not"),
    ("compiler/back.c", '#include "../styles/assets.h"\n', "compiler/back.c:1: compiler must not"),
    ("styles/back.c", '#include "compiler/compile.h"\n', "styles/back.c:1: styles must not"),
    ("output/docx/side.c", '#include "output/pdf/pdf.h"\n', "output/docx/side.c:1: output/docx must not"),
    ("cli/none.c", '#include "gone.h"\n', 'cli/none.c:1: there is no file "gone.h"'),
    ("output/two.c", "#include <zip.h>\n", "output/docx/docx.c:2: libzip is included in 2"),
    ("cli/two.c", "#include <nettle/sha1.h>\n", "runtime/base/digest.c:2: nettle is included in 2"),
    ("runtime/plan/two.c", "#include <jansson.h>\n", "runtime/base/json.c:1: jansson is included in 2"),
    ("styles/base/one.xsl", "<x>\n<!-- S117 --></x>", "styles/base/one.xsl:2: styles serves any form"),
    ("compiler/one.c", "/* the Aftercare form */\n", "compiler/one.c:1: compiler serves any form"),
]


def write_tree(top, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(top, path)), exist_ok=True)
        with open(os.path.join(top, path), "w", encoding="utf-8") as f:
            f.write(text)


def self_test():
    failed = 0
    for path, text, expected in [(None, None, None)] + FAULTS:
        with tempfile.TemporaryDirectory() as top:
            write_tree(top, GOOD)
            if path:
                write_tree(top, {path: text})
            complaints = check(top)
        if expected is None and complaints:
            print("a good tree: expected nothing, but found:", *complaints, sep="\n  ")
            failed += 1
        elif expected and not any(c.startswith(expected) for c in complaints):
            print("%s: expected %r, but found:" % (path, expected), *complaints, sep="\n  ")
            failed += 1
    print("%d of %d cases as expected" % (len(FAULTS) + 1 - failed, len(FAULTS) + 1))
    return failed


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    complaints = check(sys.argv[1])
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
