# Read by run and test (". scripts/install.sh"): installs the Debian packages that are missing.
# Needs: set -eu, and the top folder of the project as the working folder.

say() { printf '%s\n' "==> $*"; }
stop() { printf '%s\n' "$0: $*" >&2; exit 1; }

# missing_packages LIST...: prints the packages of the lists that are not there.
missing_packages() {
    cat "$@" | while read -r package command _; do
        case "$package" in '' | '#'*) continue ;; esac
        if [ "$command" = - ]; then
            dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
                printf '%s ' "$package"
        else
            command -v "$command" >/dev/null 2>&1 || printf '%s ' "$package"
        fi
    done
}

# install_missing LIST...: installs them with apt-get, as root or through sudo.
install_missing() {
    command -v dpkg-query >/dev/null 2>&1 ||
        stop "this script installs Debian packages, and this is not a Debian system. docs/limits.md says what else is possible."
    missing=$(missing_packages "$@")
    if [ -z "$missing" ]; then
        say "every package that is needed is there"
        return 0
    fi
    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null 2>&1 ||
            stop "these packages are missing: $missing
Installing them needs root, and there is no sudo. As root: apt-get install $missing"
        as_root="sudo"
    fi
    say "installing with ${as_root:+$as_root }apt-get (this can take some minutes): $missing"
    log=$(mktemp)
    # $missing is a list of words on purpose.
    # shellcheck disable=SC2086
    if ! {
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q ||
            say "apt-get update failed; trying with the lists of packages that are there"
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
    } >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        stop "apt-get failed; what it said stands above"
    fi
    rm -f "$log"
    missing=$(missing_packages "$@")
    [ -z "$missing" ] || stop "apt-get ended well, but these are still missing: $missing"
}

# How many compilers to run at once: one a core, and no more than 4.
jobs() {
    n=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
    [ "$n" -le 4 ] || n=4
    echo "$n"
}
