#!/bin/sh
# Puts this copy of Dedupe App into your own menu and into those of file managers; --remove takes it out again.
# Nothing is copied: it stays where it is, and so does what it read.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
shown="applications/dedupe-app.desktop kio/servicemenus/dedupe-app.desktop nemo/actions/dedupe-app.nemo_action
    file-manager/actions/dedupe-app.desktop"
script=$data/nautilus/scripts/"Scan for duplicates"

if [ "${1:-}" = --remove ]; then
    for entry in $shown; do rm -f "$data/$entry"; done
    find "$data/icons/hicolor" -name 'dedupe-app.*' -delete 2>/dev/null || true
    rm -f "$script" "$HOME/.local/bin/dedupe-app"
    echo "Dedupe App is no longer in the menu. What it read is still in $data/dedupe-app."
    exit 0
fi

for entry in $shown; do
    mkdir -p "$data/$(dirname "$entry")"
    # In desktop entries a path stands in quotes, and % is written twice.
    program=$(printf '%s' "$here/dedupe-app" | sed 's/%/%%/g; s/[\\&|]/\\&/g')
    sed "s|^Exec=dedupe-app|Exec=\"$program\"|; /^TryExec=/d; /^Dependencies=/d" \
        "$here/desktop/usr/share/$entry" >"$data/$entry"
done
chmod 755 "$data/kio/servicemenus/dedupe-app.desktop"
mkdir -p "$data/icons" "$data/nautilus/scripts" "$HOME/.local/bin"
cp -R "$here/desktop/usr/share/icons/hicolor" "$data/icons/"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$here/dedupe-app" >"$script"
chmod 755 "$script"
ln -sf "$here/dedupe-app" "$HOME/.local/bin/dedupe-app"
echo "Dedupe App is in the menu, and is started by dedupe-app in a terminal if ~/.local/bin is on your PATH."
