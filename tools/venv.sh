#!/bin/sh
# Make the virtual environment named in $1 with $PYTHON, or say in one sentence what is missing.
set -eu
target=$1
python=${PYTHON:-python3}

say() { printf '%s\n' "$1" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

has_venv() { "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; }

if ! command -v "$python" >/dev/null 2>&1; then
    say "Python introuvable : installez python3 (3.11 ou plus récent). / Python not found: install python3 (3.11 or later)."
    exit 2
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "$("$python" --version) est trop ancien : il faut Python 3.11 ou plus récent, par exemple make run PYTHON=python3.11. / Too old: Python 3.11 or later is needed."
    exit 2
fi
if ! has_venv && command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null; then
    say "Installing python3-venv…"
    as_root apt-get update -qq >/dev/null || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null || true
fi
if ! has_venv; then
    say "Il manque le module venv de Python : installez le paquet python3-venv, puis recommencez. / Python's venv module is missing: install the package python3-venv, then try again."
    exit 2
fi
say "Setting up $target…"
"$python" -m venv --clear "$target"
