"""Installs into a scratch folder and works from there: the installed program needs nothing of the
source folder, and what the guide says is installed is installed."""

import os
import subprocess
import sys
import tempfile

EXPECTED = ["bin/formc", "share/doc/formc/LICENSE", "share/doc/formc/NOTICE", "share/doc/formc/README.md",
            "share/formc/forms/form.rng", "share/formc/forms/s117-aftercare/form.xml"]


def main():
    with tempfile.TemporaryDirectory() as scratch:
        prefix = os.path.join(scratch, "prefix")
        subprocess.run(["cmake", "--install", os.environ["FORMC_BUILD"], "--prefix", prefix], check=True,
                       stdout=subprocess.DEVNULL)
        missing = [p for p in EXPECTED if not os.path.isfile(os.path.join(prefix, p))]
        if missing:
            print("not installed:", *missing)
            return 1
        formc = os.path.join(prefix, "bin/formc")
        # An empty environment, another folder, and no way to find the source by accident.
        subprocess.run([formc, "build", os.path.join(prefix, "share/formc/forms/s117-aftercare"), "-o", "made"],
                       cwd=scratch, env={}, check=True)
        made = os.listdir(os.path.join(scratch, "made"))
        if not {"s117-aftercare.docx", "s117-aftercare.pdf"} <= set(made):
            print("made only:", *made)
            return 1
        with open(formc, "rb") as f:
            if os.environ["FORMC_SOURCE"].encode() + b"/styles" in f.read():
                print("the program names the source folder")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
