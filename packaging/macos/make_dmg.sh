#!/bin/sh
# Makes the disk image for macOS: make_dmg.sh APP OUT_FOLDER. Signs and notarises where it is told how, and says so where not.
#
#   SIGN_IDENTITY                              name of a "Developer ID Application" certificate in the key chain
#   NOTARY_APPLE_ID NOTARY_TEAM NOTARY_PASSWORD  an Apple ID, its team, and an app-specific password
set -eu
app=$1
out=$2
here=$(cd "$(dirname "$0")" && pwd)
version=$(/usr/libexec/PlistBuddy -c 'Print CFBundleShortVersionString' "$app/Contents/Info.plist")
image="$out/Dedupe-App-$version-macos-$(uname -m).dmg"

if [ -n "${SIGN_IDENTITY:-}" ]; then
    # From the inside out; --deep would give everything the entitlements of the program.
    find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
        xargs -0 codesign --force --timestamp --options runtime --sign "$SIGN_IDENTITY"
    find "$app/Contents/Frameworks" -type d -name '*.framework' -print0 2>/dev/null |
        xargs -0 -n 1 codesign --force --timestamp --options runtime --sign "$SIGN_IDENTITY" || true
    codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" \
        --sign "$SIGN_IDENTITY" "$app"
    codesign --verify --deep --strict --verbose=2 "$app"
else
    echo "Not signed: SIGN_IDENTITY is not set. macOS will ask people before it opens the program." >&2
    codesign --force --deep --sign - "$app"
fi

staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
cp -R "$app" "$staged/"
ln -s /Applications "$staged/Applications"
hdiutil create -volname "Dedupe App" -srcfolder "$staged" -fs HFS+ -format ULFO -ov "$image"

if [ -n "${SIGN_IDENTITY:-}" ] && [ -n "${NOTARY_APPLE_ID:-}" ]; then
    codesign --force --timestamp --sign "$SIGN_IDENTITY" "$image"
    xcrun notarytool submit "$image" --wait --apple-id "$NOTARY_APPLE_ID" --team-id "$NOTARY_TEAM" \
        --password "$NOTARY_PASSWORD"
    xcrun stapler staple "$image"
else
    echo "Not notarised: NOTARY_APPLE_ID is not set." >&2
fi
echo "$image"
