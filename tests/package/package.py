"""The packages that cpack makes, as somebody would meet them who has nothing but the package.

The .deb is unpacked into a root folder that holds nothing else but the Debian packages which its
Depends names, and what those depend on; the command then runs with that folder as the root of its
world and an empty environment, so whatever it needs has to be named or inside. The .tar.gz is
unpacked into a folder with a space in its name, and programs are built with it, by CMake and by
make, in C and in C++, and run.
"""
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

FORMC = os.environ["FORMC"]
SOURCE = os.environ["FORMC_SOURCE"]
BUILD = os.environ["FORMC_BUILD"]
TOOLS = {"cpack": "cmake", "dpkg-deb": "dpkg", "dpkg-shlibdeps": "dpkg-dev", "file": "file", "lintian": "lintian",
         "readelf": "binutils", "chroot": "coreutils", "unshare": "util-linux", "pkg-config": "pkg-config",
         "g++": "g++", "make": "make"}
EXPECTED = """
bin/formc include/formc/fv.h share/bash-completion/completions/formc share/cmake/formc/formcConfig.cmake
share/cmake/formc/formcConfigVersion.cmake share/doc/formc/CHANGELOG.md share/doc/formc/LICENSE
share/doc/formc/NOTICE share/doc/formc/README.md share/doc/formc/docs/architecture.md
share/doc/formc/docs/embedding/CMakeLists.txt share/doc/formc/fonts/OFL.txt
share/doc/formc/sRGB.icc.LICENCE.txt share/fish/vendor_completions.d/formc.fish share/formc/forms/form.rng
share/formc/forms/s117-aftercare/form.xml share/formc/forms/s117-aftercare/examples/complete.xml
share/man/man1/formc.1.gz share/pkgconfig/formc-runtime.pc share/zsh/vendor-completions/_formc
""".split()
FORMS = ["interpreter-request-ar", "s117-aftercare", "street-party"]
ONLY_DEB = ["share/doc/formc/changelog.Debian.gz", "share/doc/formc/copyright", "share/lintian/overrides/formc"]
PLAIN = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}


def run(*args, expect=0, **more):
    done = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if done.returncode != expect:
        sys.exit("%s: ended with %d\n%s" % (" ".join(args), done.returncode, done.stdout))
    return done.stdout


def pack(folder, **environment):
    """Makes both packages in the folder: their paths."""
    os.makedirs(folder)
    run("cpack", "--config", os.path.join(BUILD, "CPackConfig.cmake"), "-B", folder, cwd=os.path.dirname(folder),
        env=dict(os.environ, **environment))
    found = glob.glob(os.path.join(folder, "*.deb")) + glob.glob(os.path.join(folder, "*.tar.gz"))
    if len(found) != 2:
        sys.exit("cpack made %s" % found)
    return found


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def tree(folder):
    """path -> what is there, of all files below."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            found[os.path.relpath(path, folder)] = os.readlink(path) if os.path.islink(path) else digest(path)
    return found


def same_bytes(work):
    """Packs twice, by different people in different places, and gives the one result."""
    first = pack(os.path.join(work, "one"))
    old = os.umask(0o077)
    second = pack(os.path.join(work, "two", "deeper"), TZ="Asia/Tokyo", LC_ALL="C", USER="somebody")
    os.umask(old)
    for a, b in zip(first, second):
        if digest(a) != digest(b):
            sys.exit("%s: packed again, it has other bytes" % os.path.basename(a))
    return first


def contents(deb, tar, work):
    """Unpacks both: the folders with bin/, share/ and so on. They hold what they should."""
    one, two = os.path.join(work, "deb"), os.path.join(work, "where I put it")
    run("dpkg-deb", "-x", deb, one)
    os.mkdir(two)
    run("tar", "-xzf", tar, "-C", two)
    top, = os.listdir(two)
    one, two = os.path.join(one, "usr"), os.path.join(two, top)
    a, b = tree(one), tree(two)
    if sorted(EXPECTED) != sorted(set(a) & set(EXPECTED)):
        sys.exit("not in the package: %s" % sorted(set(EXPECTED) - set(a)))
    if {p: d for p, d in a.items() if p not in ONLY_DEB} != b or not set(ONLY_DEB) <= set(a):
        sys.exit(".deb and .tar.gz differ in: %s" % sorted(set(a.items()) ^ set(b.items()))[:9])
    for path in a:
        full = os.path.join(one, path)
        if not os.path.islink(full):
            mode = os.stat(full).st_mode & 0o777
            if mode != (0o755 if path.startswith("bin/") else 0o644):
                sys.exit("%s has the mode %o" % (path, mode))
            with open(full, "rb") as f:
                data = f.read()
            for place in (SOURCE, BUILD):
                if place.encode() in data:
                    sys.exit("%s names the folder of the build" % path)
    for line in run("tar", "--numeric-owner", "-tvzf", tar).splitlines():
        if line.split()[1] != "0/0":
            sys.exit("in the .tar.gz somebody owns: " + line)
    return one, two


def flawless(deb):
    """lintian has neither errors nor warnings, but for those that say why."""
    said = run("lintian", "--allow-root", "--fail-on", "error,warning", deb)
    if said.strip():
        sys.exit(said)


# ---- what a package needs

def owner(library):
    for path in (library, os.path.realpath(library), library.replace("/usr/lib", "/lib"), "/usr" + library):
        done = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    sys.exit("no Debian package holds " + library)


def names(relations):
    """The packages of a Depends line, of alternatives the first that is there."""
    found = []
    for part in filter(None, re.split(r",\s*", relations.strip())):
        for choice in part.split("|"):
            name = re.match(r"[a-z0-9][a-z0-9+.-]*", choice.strip()).group()
            done = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}", name], capture_output=True,
                                  text=True)
            if done.stdout == "installed":
                found.append(name)
                break
    return found


def closure(packages):
    """These, and all that they depend on."""
    found, todo = set(), list(packages)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += names(run("dpkg-query", "-W", "-f", "${Pre-Depends}, ${Depends}", name))
    return sorted(found)


def depends_are_right(deb, binary):
    """Depends names the package of each library that the program is linked with."""
    depends = names(run("dpkg-deb", "-f", deb, "Depends"))
    linked = re.findall(r"\(NEEDED\).*\[(.+)\]", run("readelf", "-d", binary))
    where = dict(re.findall(r"(\S+) => (\S+)", run("ldd", binary)))
    for library in linked:
        if library not in where:
            sys.exit("%s is not found" % library)
        if owner(where[library]) not in depends:
            sys.exit("Depends does not name %s, for %s" % (owner(where[library]), library))
    if len(linked) < 8:
        sys.exit("the program is linked with %s only" % linked)
    return depends


def clean_root(root, depends):
    """A root folder of these packages, without their documentation, and nothing else."""
    for link in ("bin", "lib", "lib32", "lib64", "libx32", "sbin"):
        if os.path.islink("/" + link):
            os.makedirs(os.path.join(root, "usr", link), exist_ok=True)
            os.symlink("usr/" + link, os.path.join(root, link))
    for name in closure(depends):
        for path in run("dpkg", "-L", name).splitlines():
            if path.startswith(("/usr/share", "/etc", "/var")) or os.path.isdir(path) or not os.path.lexists(path):
                continue
            # where it really is: below /usr, since Debian's /lib is a link
            place = root + os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            if not os.path.lexists(place):
                shutil.copy2(path, place, follow_symlinks=False)


def in_root(root, *args, expect=0):
    """Runs a command of that root, with no environment at all."""
    command = ["chroot", root, *args]
    if os.geteuid() != 0:
        command[:0] = ["unshare", "--map-root-user"]
    done = subprocess.run(command, env={}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          executable=shutil.which(command[0]), timeout=120)
    if done.returncode != expect:
        sys.exit("%s: ended with %d\n%s" % (" ".join(args), done.returncode, done.stdout))
    return done.stdout


def works_alone(root, prefix, build):
    """The command builds the forms named, fills, reads back and checks; what it makes has the same
    bytes as here."""
    formc, forms = prefix + "/bin/formc", prefix + "/share/formc/forms"
    form, plan = forms + "/s117-aftercare", forms + "/s117-aftercare/examples/complete.xml"
    out = prefix + "/made"
    here = os.path.join(root + prefix, "here")
    in_root(root, formc, "--version")
    for name in build:
        in_root(root, formc, "build", forms + "/" + name, "-o", out + "/" + name)
        run(FORMC, "build", root + forms + "/" + name, "-o", here + "/" + name)
    for ending in ("docx", "pdf", "html", "json"):
        in_root(root, formc, "fill", form, plan, "-o", out + "/plan." + ending)
        run(FORMC, "fill", root + form, root + plan, "-o", here + "/plan." + ending)
    made, expected = tree(root + out), tree(here)
    if made != expected or len(made) < 10 * len(build):
        sys.exit("other bytes than here: %s" % sorted(set(made.items()) ^ set(expected.items()))[:9])
    in_root(root, formc, "read", form, out + "/plan.docx", "--into", plan, "--by", "person",
            "--at", "2026-02-01T10:04:00Z", "-o", out + "/back.xml")
    said = in_root(root, formc, "validate", form, out + "/back.xml", "--as-of", "2026-08-01")
    if "0 errors" not in said:
        sys.exit("what was read back is not what was filled in:\n" + said)
    in_root(root, formc, "validate", form, forms + "/s117-aftercare/examples/faulty.xml", "--as-of", "2026-08-01",
            expect=1)


# ---- programs of others

def findings(formc, form, plan):
    done = subprocess.run([formc, "validate", form, plan, "--as-of", "2026-08-01"], capture_output=True, text=True,
                          env={})
    return done.returncode, re.findall(r"^error: (\S+)", done.stdout, re.M)


def checks(program, formc, form):
    for name in ("complete", "faulty"):
        plan = os.path.join(form, "examples", name + ".xml")
        code, paths = findings(formc, form, plan)
        said = run(program, plan, "2026-08-01", expect=code, env={})
        missing = [p for p in paths if not re.search("^%s: " % re.escape(p), said, re.M)]
        if missing or bool(paths) != bool(code):
            sys.exit("%s does not find in %s.xml: %s" % (program, name, missing))


def programs(prefix, work):
    """The project of the documentation, with the package in this folder and no other."""
    example = os.path.join(prefix, "share/doc/formc/docs/embedding")
    formc, form = os.path.join(prefix, "bin/formc"), os.path.join(prefix, "share/formc/forms/street-party")
    build = os.path.join(work, "by cmake")
    run("cmake", "-S", example, "-B", build, "-DCMAKE_PREFIX_PATH=" + prefix, "-DCMAKE_BUILD_TYPE=Release",
        "-DCMAKE_C_FLAGS=-Wall -Wextra -Werror", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror", env=PLAIN)
    run("cmake", "--build", build, env=PLAIN)
    copy = os.path.join(work, "by-make")
    shutil.copytree(example, copy)
    # a prefix without spaces: make knows no names with them
    run("make", "-C", copy, "CFLAGS=-std=c11 -O1 -Wall -Wextra -Werror",
        "CXXFLAGS=-std=c++17 -O1 -Wall -Wextra -Werror",
        env=dict(PLAIN, PKG_CONFIG_PATH=os.path.join(work, "deb/usr/share/pkgconfig")))
    for folder in (build, copy):
        for program in ("check", "check-cpp"):
            checks(os.path.join(folder, program), formc, form)


def main():
    missing = sorted({package for tool, package in TOOLS.items() if not shutil.which(tool, path=PLAIN["PATH"])})
    if missing:
        sys.exit("not installed: " + " ".join(missing))
    with tempfile.TemporaryDirectory() as work:
        deb, tar = same_bytes(work)
        usr, prefix = contents(deb, tar, work)
        flawless(deb)
        depends = depends_are_right(deb, os.path.join(usr, "bin/formc"))
        root = os.path.join(work, "root")
        clean_root(root, depends)
        run("dpkg-deb", "-x", deb, root)
        works_alone(root, "/usr", FORMS)
        shutil.copytree(prefix, root + "/opt/a folder", symlinks=True)
        works_alone(root, "/opt/a folder", ["street-party"])
        programs(prefix, work)


if __name__ == "__main__":
    main()
