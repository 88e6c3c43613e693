#!/usr/bin/env bash
# Tries the .deb in a clean Debian made by debootstrap: install, self-check, start from the menu, drop a folder, export,
# upgrade in place, uninstall with the library left. Needs root, debootstrap, Xvfb, openbox, xdotool, imagemagick and .venv.
#
#   try_deb.sh DEB [OUT_FOLDER]       pictures and reports go to OUT_FOLDER (default: build/tried)
#   BASE=FOLDER                       a clean system made before, used instead of making one; it is copied, not changed
#   DISPLAY_NUMBER=51  SUITE=bookworm  MIRROR=http://deb.debian.org/debian
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python=$here/../../.venv/bin/python
deb=$(readlink -f "$1")
out=$(mkdir -p "${2:-$here/../../build/tried}" && cd "${2:-$here/../../build/tried}" && pwd)
suite=${SUITE:-bookworm}
export DISPLAY=:${DISPLAY_NUMBER:-51}
work=$(mktemp -d /var/tmp/try-deb-XXXXXX)
root=$work/root
home=$root/home/tester
began=
step=
pids=()

say() { printf '%s\n' "$*" | tee -a "$out/steps.txt"; }
begin() { step=$1 began=$(date +%s.%N); }
took() { say "$(printf '%-34s %6.1f s  %s' "$step" "$(echo "$(date +%s.%N) - $began" | bc)" "${1:-}")"; }
fail() { say "FAILED: $step: $*"; exit 1; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
user() {
    chroot "$root" /usr/sbin/runuser -u tester -- /usr/bin/env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME=/home/tester \
        DISPLAY="$DISPLAY" XDG_RUNTIME_DIR=/tmp/runtime "$@"
}
rows() { user dedupe-app export --csv - 2>/dev/null | tail -n +2 | wc -l; }
picture() { import -window root "$out/$1.png"; }
# Wait until a command succeeds: until 90 DESCRIPTION COMMAND...
wait_for() {
    local seconds=$1 what=$2 end
    shift 2
    end=$(($(date +%s) + seconds))
    until "$@"; do
        [ "$(date +%s)" -lt "$end" ] || fail "$what"
        sleep 0.05
    done
}
window() { xdotool search --onlyvisible --name '^Dedupe App$' >/dev/null 2>&1; }
no_window() { ! window; }
closed() {
    kill -TERM "$(xdotool search --onlyvisible --name '^Dedupe App$' getwindowpid)" # as when the session ends
    wait_for 20 "the window does not close" no_window
    wait_for 20 "the program does not end" ended
}
# The processes that run in the clean system, and no others.
ours() { for place in /proc/[0-9]*; do [ "$(readlink "$place/root")" != "$root" ] || echo "${place#/proc/}"; done; }
ended() { [ -z "$(ours)" ]; }
at_least() { [ "$(rows)" -ge "$1" ]; }
clean_up() {
    local status=$?
    [ "$status" = 0 ] || picture failed 2>/dev/null || true
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in $(ours); do kill -9 "$pid" 2>/dev/null || true; done
    sleep 1
    for place in dev/shm dev proc; do umount -l "$root/$place" 2>/dev/null || true; done
    if ! mountpoint -q "$root/proc" && ! mountpoint -q "$root/dev"; then rm -rf --one-file-system "$work"; fi
}
trap clean_up EXIT
: >"$out/steps.txt"

begin "clean $suite"
if [ -n "${BASE:-}" ]; then
    cp -a "$BASE" "$root"
else
    debootstrap --variant=minbase "$suite" "$root" "${MIRROR:-http://deb.debian.org/debian}" >"$work/debootstrap.log" ||
        fail "$(tail -3 "$work/debootstrap.log")"
fi
mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm" -o mode=1777
cp /etc/resolv.conf "$root/etc/resolv.conf"
inside useradd --create-home --uid 1234 tester
mkdir -m 1777 -p "$root/tmp"
install -d -o 1234 -m 700 "$root/tmp/runtime"
before=$(du -sm --one-file-system "$root" | cut -f1)
inside apt-get update -q >/dev/null
took "$before MB"

begin "install"
cp "$deb" "$root/tmp/first.deb"
inside apt-get install -y -q --no-install-recommends /tmp/first.deb >"$out/install.log" 2>&1 ||
    fail "$(tail -5 "$out/install.log")"
took "now $(du -sm --one-file-system "$root" | cut -f1) MB with the package in /tmp; package $(du -m "$deb" | cut -f1) MB, program $(du -sm "$root/usr/lib/dedupe-app" | cut -f1) MB"

begin "libraries"
missing=$(inside sh -c 'LD_LIBRARY_PATH=/usr/lib/dedupe-app/_internal find /usr/lib/dedupe-app/_internal/PySide6 -name "*.so*" \
    -type f -exec ldd {} + 2>/dev/null | grep "not found" | sort -u' || true)
[ -z "$missing" ] || fail "$missing"
took "all found for Qt and its plugins"

begin "self-check"
user dedupe-app --self-check | tee "$out/self-check.txt" | sed 's/^/    /'
[ "${PIPESTATUS[0]}" = 0 ] || fail "see $out/self-check.txt"
took

begin "metadata"
appstreamcli validate --no-net "$root"/usr/share/metainfo/*.xml >"$out/appstream.txt" || fail "$(cat "$out/appstream.txt")"
desktop-file-validate "$root/usr/share/applications/dedupe-app.desktop" || fail "the entry of the menu"
took "appstreamcli and desktop-file-validate find no fault"

begin "tools for the rest"
inside apt-get install -y -q --no-install-recommends libglib2.0-bin fonts-noto-cjk desktop-file-utils shared-mime-info \
    >"$work/tools.log" 2>&1 || fail "$(tail -3 "$work/tools.log")"
took
Xvfb "$DISPLAY" -screen 0 1440x900x24 -nolisten tcp >/dev/null 2>&1 & pids+=($!)
wait_for 10 "Xvfb does not start" xdotool getmouselocation >/dev/null 2>&1
openbox >/dev/null 2>&1 & pids+=($!)

begin "registered for folders"
inside gio mime inode/directory >"$work/mime.txt" # not through a pipe: grep -q would end it before its time
grep -q dedupe-app.desktop "$work/mime.txt" || fail "folders do not know it"
took "gio mime inode/directory"

cp -R "$here/../../resources/samples" "$home/Documents"
mkdir "$home/Dropped 文件"
cp "$home/Documents/Board/"* "$home/Dropped 文件/" 2>/dev/null || true
inside chown -R tester:tester /home/tester

# What is on the disk alone, without what the system keeps of it in memory.
forget() {
    "$python" - "$root/usr/lib/dedupe-app" <<'PYTHON'
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        try:
            handle = os.open(os.path.join(folder, name), os.O_RDONLY)
        except OSError:
            continue
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)
PYTHON
}
forget
begin "first start, from the disk"
user dedupe-app >"$out/window.log" 2>&1 &
wait_for 60 "no window" window
took "to a visible window"
sleep 2
picture first-start
closed
begin "second start"
user dedupe-app >>"$out/window.log" 2>&1 &
wait_for 60 "no window" window
took "to a visible window"
closed

begin "started from the menu with a folder"
user gio launch /usr/share/applications/dedupe-app.desktop /home/tester/Documents >>"$out/window.log" 2>&1 &
wait_for 60 "no window" window
took "to a visible window"
wait_for 120 "no groups" at_least 10
took "to $(rows) lines of report"
sleep 3
picture groups

begin "started again with another folder"
lines=$(rows)
mkdir "$home/Second folder"
cp "$home/Documents/Contracts/2024/"* "$home/Second folder/"
chown -R 1234:1234 "$home/Second folder"
timeout 30 chroot "$root" /usr/sbin/runuser -u tester -- /usr/bin/env -i PATH=/usr/bin:/bin HOME=/home/tester DISPLAY="$DISPLAY" \
    LANG=C.UTF-8 XDG_RUNTIME_DIR=/tmp/runtime dedupe-app "/home/tester/Second folder" ||
    fail "it does not give the folder to the window that is open"
wait_for 90 "nothing of the folder in the report" at_least $((lines + 1))
took "the window that was open took it: from $lines to $(rows) lines"

begin "a folder dropped on the window"
lines=$(rows)
"$python" "$here/drag_source.py" "/home/tester/Dropped 文件" >/dev/null 2>&1 & pids+=($!)
wait_for 20 "no window to drag from" xdotool search --onlyvisible --name '^drag source$' >/dev/null
source=$(xdotool search --onlyvisible --name '^drag source$' | tail -1)
xdotool windowraise "$source" windowmove "$source" 4 30
sleep 1
eval "$(xdotool getwindowgeometry --shell "$source")"
xdotool mousemove $((X + 60)) $((Y + 30)) sleep 0.3 mousedown 1 sleep 0.3
for place in "300 300" "500 400" "700 500" "720 520"; do xdotool mousemove ${place} sleep 0.2; done
picture dragging
xdotool mouseup 1
wait_for 90 "nothing of the folder in the report" at_least $((lines + 3))
took "from $lines to $(rows) lines of report"
sleep 2
picture dropped

begin "exported"
user dedupe-app export --csv /home/tester/report.csv
cp "$home/report.csv" "$out/report.csv"
grep -q 'Dropped 文件' "$out/report.csv" || fail "the folder is not in the report"
took "$(tail -n +2 "$out/report.csv" | wc -l) lines, $(du -k "$out/report.csv" | cut -f1) KB"
closed

begin "upgraded"
dpkg-deb -R "$deb" "$work/next"
sed -i 's/^Version: .*/&+next/' "$work/next/DEBIAN/control"
find "$work/next/usr/lib/dedupe-app/_internal" -name 'typing_extensions*' -prune -exec rm -rf {} +
dpkg-deb --root-owner-group -Znone --build "$work/next" "$root/tmp/next.deb" >/dev/null
rm -rf "$work/next"
began=$(date +%s.%N)
inside apt-get install -y -q --no-install-recommends /tmp/next.deb >"$out/upgrade.log" 2>&1 || fail "$(tail -5 "$out/upgrade.log")"
inside sh -c '! ls -d /usr/lib/dedupe-app/_internal/typing_extensions* 2>/dev/null' || fail "files of the version before are left"
[ "$(rows)" -eq "$(tail -n +2 "$out/report.csv" | wc -l)" ] || fail "the library says something else than before"
took "to $(inside dpkg-query -W -f '${Version}' dedupe-app); nothing left of the version before, library as it was"

begin "uninstalled"
library=$home/.local/share/dedupe-app/library.sqlite
sum=$(sha256sum <"$library")
inside apt-get purge -y -q dedupe-app >"$out/uninstall.log" 2>&1 || fail "$(tail -5 "$out/uninstall.log")"
left=$(find "$root/usr" -iname '*dedupe[-_]app*' | head -5)
[ -z "$left" ] || fail "left behind: $left"
[ "$(sha256sum <"$library")" = "$sum" ] || fail "the library was touched"
took "nothing left in /usr; the library is as it was"
say "All went well. $(date -u +%F)"
