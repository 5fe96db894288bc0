"""A real Debian 12, made from nothing but Debian's packages, with the .deb in it that apt installed:
scripts/make-image makes it, and what docs/windows.md tells people to type in it does what it says.
Takes minutes and the network: for the nights."""
import os
import re
import subprocess
import sys
import tempfile

import package

SOURCE = package.SOURCE
BLOCK = re.compile(r"^<!-- typed in the image -->\n+```console\n(.*?)^```$", re.M | re.S)
FINDS = ["/usr/bin/formc", "/usr/share/man/man1/formc.1.gz", "/usr/share/bash-completion/completions/formc"]


def typed(root, command):
    """What the user of the image gets to see; a fresh process of a shell in the home folder."""
    inside = ["/bin/bash", "-c", "cd && " + command]
    chroot = ["chroot", "--userspec=office:office", root, *inside]
    return subprocess.run(chroot, env={"HOME": "/home/office", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
                          executable="/usr/sbin/chroot", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=300)


def follow(root):
    """Does what the page says, in its order; the number of commands."""
    with open(os.path.join(SOURCE, "docs", "windows.md"), encoding="utf-8") as f:
        page = f.read()
    steps = 0
    for block in BLOCK.findall(page):
        for step in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, expected = step.partition("\n")
            code = re.search(r"^\(exit (\d)\)\n\Z", expected, re.M)
            expected = expected[:code.start()] if code else expected
            done = typed(root, command)
            pattern = ".*".join(re.escape(part) for part in expected.strip().split("..."))
            if done.returncode != int(code.group(1) if code else 0) or \
                    not re.fullmatch(pattern if expected.strip() else ".*", done.stdout.strip(), re.S):
                sys.exit("$ %s\nended with %d and printed\n%s" % (command, done.returncode, done.stdout))
            steps += 1
    return steps


def main():
    if os.geteuid() != 0:
        sys.exit("this test takes the rights of root, for chroot")
    with tempfile.TemporaryDirectory() as work:
        deb = package.pack(os.path.join(work, "packed"))[0]
        image, root = os.path.join(work, "image.tar"), os.path.join(work, "root")
        package.run(os.path.join(SOURCE, "scripts", "make-image"), deb, image)
        os.mkdir(root, 0o755)
        os.chmod(work, 0o755)
        package.run("tar", "-xf", image, "-C", root, "--exclude=./dev/*")
        for path in FINDS:
            if not os.path.exists(root + path):
                sys.exit("the image has no " + path)
        # what is no device will do for a shell that throws something away
        with open(root + "/dev/null", "w", encoding="ascii"):
            os.chmod(root + "/dev/null", 0o666)
        if follow(root) < 6:
            sys.exit("docs/windows.md has next to nothing to type")
        if "_formc" not in typed(root, "bash -ic '_completion_loader formc; complete -p formc' 2>/dev/null").stdout:
            sys.exit("bash in the image completes nothing")
        said = package.in_root(root, "/usr/bin/dpkg", "--verify", "formc")
        if said:
            sys.exit("files of the package were changed:\n" + said)


if __name__ == "__main__":
    main()
