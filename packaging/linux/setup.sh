#!/bin/sh
# Makes .venv with the program and all it needs; called by make when pyproject.toml or constraints.txt changed.
# Installs missing Debian packages when it may, otherwise names the command and stops.
set -eu
cd "$(dirname "$0")/../.."

python=${PYTHON:-}
if [ -z "$python" ]; then
    for candidate in python3 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            python=$candidate
            break
        fi
    done
fi

missing=
if [ -z "$python" ]; then
    missing="python3 python3-venv"
elif ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    missing="python3-venv"
fi
# numpy, torch and the readers are built against the C++ library, which a minimal system lacks.
found=
for library in /usr/lib/libstdc++.so.6 /usr/lib64/libstdc++.so.6 /usr/lib/*/libstdc++.so.6; do
    [ ! -e "$library" ] || found=yes
done
[ -n "$found" ] || missing="$missing libstdc++6"

# What Qt needs, by the library that tells whether it is there; and what it needs besides to show a window under X.
# On newer systems libglib2.0-0 has another name, which apt finds for itself.
qt="libglib-2.0.so.0=libglib2.0-0 libGL.so.1=libgl1 libEGL.so.1=libegl1 libfontconfig.so.1=libfontconfig1
    libdbus-1.so.3=libdbus-1-3 libxkbcommon.so.0=libxkbcommon0"
if [ -n "${DISPLAY:-}" ]; then
    qt="$qt libxkbcommon-x11.so.0=libxkbcommon-x11-0 libxcb-cursor.so.0=libxcb-cursor0
        libxcb-icccm.so.4=libxcb-icccm4 libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-shape.so.0=libxcb-shape0"
fi
if [ "$(uname -s)" = Linux ]; then
    for pair in $qt; do
        found=
        for library in /usr/lib/"${pair%%=*}" /usr/lib64/"${pair%%=*}" /usr/lib/*/"${pair%%=*}" /lib/*/"${pair%%=*}"; do
            [ ! -e "$library" ] || found=yes
        done
        [ -n "$found" ] || missing="$missing ${pair#*=}"
    done
fi

if [ -n "$missing" ]; then
    command="apt-get install -y --no-install-recommends $missing"
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "Missing, under their Debian names: $missing. Install them and try again." >&2
        exit 1
    elif [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        echo "Missing: $missing. Install with:" >&2
        echo "    sudo apt-get update && sudo $command" >&2
        exit 1
    fi
    echo "Installing $missing"
    $as_root apt-get update -q
    # shellcheck disable=SC2086 # words on purpose
    DEBIAN_FRONTEND=noninteractive $as_root $command
    python=${python:-python3}
fi
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or later is needed; $python is $("$python" -V 2>&1)." >&2
    exit 1
}

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear .venv
fi
echo "Installing the packages of constraints.txt into .venv (some minutes the first time)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
touch .venv/complete
