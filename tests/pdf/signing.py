"""Places for digital signatures: asked for, they are there beside each mark; poppler's pdfsig signs
one and then another, and both hold. The faithful form has none. Signed files are read back, and told
when they were changed after that."""
import json
import os
import re
import subprocess
import sys
import tempfile

FORMC = os.environ["FORMC"]
FORM = os.path.join(os.environ["FORMC_SOURCE"], "forms/s117-aftercare")
NAMES = ["signatures.%s.mark_digital" % who for who in ("person", "carer", "advocate", "health", "social")]


def run(*command):
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=120)
    if done.returncode:
        sys.exit("%s\n%s%s" % (" ".join(command), done.stdout, done.stderr))
    return done.stdout


def signatures(pdf, store):
    """What pdfsig says of each place: its name, and whether what is signed holds."""
    told = re.split(r"Signature #\d+:", run("pdfsig", "-nssdir", store, pdf))[1:]
    return {re.search(r"Field Name: (\S+)", t).group(1): "Signature is Valid." in t for t in told}


def told(pdf, plan, out):
    """What formc says when it reads the file into the plan it was made from."""
    report = json.loads(run(FORMC, "read", FORM, pdf, "--into", plan, "--by", "icb/nurse-a", "--at", "2026-02-01T10:04:00Z",
                            "-o", out, "--force", "--format", "json"))
    assert not report["changed"], report
    return {f["code"] for f in report["findings"]}


def main():
    with tempfile.TemporaryDirectory(prefix="formc-signing-") as work:
        path = lambda name: os.path.join(work, name)  # noqa: E731
        store = "sql:" + work
        run("certutil", "-N", "-d", store, "--empty-password")
        with open(path("seed"), "wb") as f:
            f.write(bytes(range(64)))  # no secret: the key is thrown away
        run("certutil", "-S", "-d", store, "-n", "tester", "-s", "CN=Invented Signer", "-x", "-t", "CT,C,C",
            "-m", "1", "-v", "120", "-z", path("seed"), "-g", "2048")
        plan = os.path.join(FORM, "examples/complete.xml")
        run(FORMC, "fill", FORM, plan, "-o", path("plain.pdf"))
        plain = subprocess.run(["pdfsig", path("plain.pdf")], capture_output=True, encoding="utf-8").stdout
        assert "does not contain any signatures" in plain, plain
        run(FORMC, "build", FORM, "-o", path("blank"), "--only", "pdf", "--sign-fields")
        assert list(signatures(path("blank/s117-aftercare.pdf"), store)) == NAMES
        run(FORMC, "fill", FORM, plan, "-o", path("0.pdf"), "--sign-fields")
        signed = []
        for i, name in enumerate((NAMES[0], NAMES[3])):
            run("pdfsig", "-nssdir", store, "-sign", name, "-nick", "tester", path("%d.pdf" % i), path("%d.pdf" % (i + 1)))
            signed.append(name)
            found = signatures(path("%d.pdf" % (i + 1)), store)
            assert found == {n: n in signed for n in NAMES}, found
        # A signature that is broken is seen: the test can fail.
        with open(path("2.pdf"), "rb") as f:
            data = f.read()
        with open(path("broken.pdf"), "wb") as f:
            f.write(data.replace(b"formc", b"farmc", 1))
        assert not signatures(path("broken.pdf"), store)[NAMES[0]]
        assert told(path("0.pdf"), plan, path("out.xml")) == set()
        for signed in ("1.pdf", "2.pdf"):
            assert told(path(signed), plan, path("out.xml")) == {"R223"}, signed  # pdfsig adds to the file
        run("qpdf", path("2.pdf"), path("3.pdf"))
        assert told(path("3.pdf"), plan, path("out.xml")) == {"R224"}
    print("two signatures hold beside each other")


if __name__ == "__main__":
    main()
