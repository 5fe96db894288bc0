"""What check and build say, as data: --format json and --format sarif.

SARIF is held against the shape that the standard (OASIS SARIF 2.1.0, clause 3) gives the objects
we use: which members they must have, which they may have, and of what kind. Positions are worked
out here once more from the file itself."""

import json
import os
import re
import subprocess
import sys
import tempfile

FORMC = os.environ["FORMC"]
TOP = os.environ["FORMC_SOURCE"]
CASES = os.path.join(TOP, "tests", "diagnostics")

MESSAGE = {"text!": str}
REGION = {"startLine!": int, "startColumn!": int, "endLine!": int, "endColumn!": int}
PHYSICAL = {"artifactLocation!": {"uri!": str}, "region!": REGION}
RESULT = {"ruleId!": str, "ruleIndex!": int, "level!": ("error", "warning", "note"), "message!": MESSAGE,
          "locations": [{"physicalLocation!": PHYSICAL}],
          "relatedLocations": [{"physicalLocation": PHYSICAL, "message!": MESSAGE}]}
RULE = {"id!": str, "shortDescription!": MESSAGE}
LOG = {"$schema!": str, "version!": ("2.1.0",),
       "runs!": [{"tool!": {"driver!": {"name!": ("formc",), "version!": str, "rules!": [RULE]}},
                  "columnKind!": ("utf16CodeUnits",), "properties!": {"errorsNotShown!": int}, "results!": [RESULT]}]}
PLACE = {"line": int, "column": int, "end-line": int, "end-column": int, "file": str}
JSON = {"errors!": int, "warnings!": int, "not-shown!": int,
        "diagnostics!": [{"code!": str, "severity!": ("error", "warning", "advice"), "message!": str, "help": str,
                          "notes": [{"message!": str, **PLACE}], **PLACE}]}


def shape(value, like, where="log"):
    """What does not have the shape, in words."""
    if isinstance(like, tuple):
        return [] if value in like else ["%s is %r" % (where, value)]
    if isinstance(like, type):
        fine = isinstance(value, like) and not isinstance(value, bool) and (like is not int or value >= 0)
        return [] if fine else ["%s is %r" % (where, value)]
    if isinstance(like, list):
        if not isinstance(value, list):
            return ["%s is no list" % where]
        return [fault for i, v in enumerate(value) for fault in shape(v, like[0], "%s[%d]" % (where, i))]
    if not isinstance(value, dict):
        return ["%s is no object" % where]
    known = {k.rstrip("!"): v for k, v in like.items()}
    faults = ["%s has no %s" % (where, k[:-1]) for k in like if k.endswith("!") and k[:-1] not in value]
    faults += ["%s has %s" % (where, k) for k in value if k not in known]
    return faults + [f for k, v in value.items() if k in known for f in shape(v, known[k], "%s.%s" % (where, k))]


def run(*args):
    done = subprocess.run([FORMC, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def compare(path, said, data, log):
    """The three ways to tell the same thing agree with each other."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        lines = file.read().split("\n")
    bad = []
    heads = re.findall(r"^(?:%s:(\d+):(\d+): )?(error|warning|advice)\[(\w+)\]: (.*)$" % re.escape(path), said, re.M)
    told = [(d.get("line"), d.get("column"), d["severity"], d["code"], d["message"]) for d in data["diagnostics"]]
    if [(int(l) if l else None, int(c) if c else None, s, k, m) for l, c, s, k, m in heads] != told:
        bad.append("text and JSON differ: %s, %s" % (heads, told))
    run_ = log["runs"][0]
    rules = [r["id"] for r in run_["tool"]["driver"]["rules"]]
    if len(set(rules)) != len(rules) or len(run_["results"]) != len(told):
        bad.append("the rules or the number of results")
    for d, r in zip(data["diagnostics"], run_["results"]):
        if rules[r["ruleIndex"]] != d["code"] or r["ruleId"] != d["code"] or not r["message"]["text"].startswith(d["message"]):
            bad.append("SARIF says something else about %s" % d)
        if "line" not in d:
            continue
        region = r["locations"][0]["physicalLocation"]["region"]
        for line, column, wide in ((d["line"], d["column"], region["startColumn"]),
                                   (d["end-line"], d["end-column"], region["endColumn"])):
            if utf16(lines[line - 1][:column - 1]) + 1 != wide:
                bad.append("columns of %s: %d characters are not %d units" % (d["code"], column, wide))
        if (d["line"], d["end-line"]) != (region["startLine"], region["endLine"]):
            bad.append("lines of %s" % d["code"])
    return bad


def one(path):
    code, _, said = run("check", path)
    code_json, as_json, _ = run("check", "--format", "json", path)
    code_sarif, as_sarif, _ = run("check", "--format=sarif", path)
    if not code == code_json == code_sarif:
        return ["exit codes %d %d %d" % (code, code_json, code_sarif)]
    data, log = json.loads(as_json), json.loads(as_sarif)
    return shape(data, JSON) + shape(log, LOG) or compare(path, said, data, log)


def main():
    bad, seen = [], 0
    head = ('<form xmlns="urn:formc:form:1" id="f" version="1.0.0" status="draft" xml:lang="en-GB" '
            'data-ns="urn:x:f">\n<title>T</title>\n<section id="s" title="S">\n')
    with tempfile.TemporaryDirectory(prefix="formc ü ") as scratch:
        wide = os.path.join(scratch, "wide.xml")
        with open(wide, "w", encoding="utf-8") as out:
            out.write(head + '<field id="a" label="\U0001F600 ü" type="date" must="b le a"/>\n</section></form>\n')
        many = os.path.join(scratch, "many.xml")
        with open(many, "w", encoding="utf-8") as out:
            out.write(head + "".join('<field id="a%d" label="A" type="dat"/>\n' % i for i in range(70)) + "</section></form>\n")
        paths = [os.path.join(CASES, n) for n in sorted(os.listdir(CASES)) if n.endswith(".xml")]
        for path in [wide, many] + paths:
            seen += 1
            bad += ["%s: %s" % (os.path.basename(path), fault) for fault in one(path)]
        data = json.loads(run("check", "--format", "json", many)[1])
        if (data["errors"], data["not-shown"], len(data["diagnostics"])) != (70, 20, 50):
            bad.append("50 of 70 are shown: %s" % data["not-shown"])
        log = json.loads(run("check", "--format", "sarif", wide)[1])
        uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        if not re.fullmatch(r"file:///[A-Za-z0-9._~/%-]+wide\.xml", uri):
            bad.append("a path as URI: " + uri)
        code, out, _ = run("build", wide, "-o", os.path.join(scratch, "out"), "--format", "json")
        if code != 1 or shape(json.loads(out), JSON):
            bad.append("build --format json")
        for args in (("check", "--format", "xml", wide), ("build", wide, "-o", scratch, "--watch", "--format=json")):
            if run(*args)[0] != 2:
                bad.append("a format that there is not")
    # The shape test itself must not take anything.
    for wrong in ({}, {"version": "2.0.0"}, {**log, "more": 1}, {**log, "runs": {}}):
        if not shape(wrong, LOG):
            bad.append("the shape takes %r" % wrong)
    print("\n".join(bad))
    print("%d definitions" % seen)
    return 1 if bad or seen < 60 else 0


if __name__ == "__main__":
    sys.exit(main())
