"""What the package puts where, and the portable archive's entries in the user's own menu."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "linux"))

import make_deb  # noqa: E402

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="for Linux")
TOOLS = ("dpkg-deb", "readelf", "zstd")
needs_tools = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}"
)
ENTRIES = (
    "applications/dedupe-app.desktop",
    "kio/servicemenus/dedupe-app.desktop",
    "nemo/actions/dedupe-app.nemo_action",
    "file-manager/actions/dedupe-app.desktop",
)


@pytest.fixture
def frozen(tmp_path):
    """A program that prints what it is given, in place of the frozen one."""
    folder = tmp_path / "frozen"
    (folder / "_internal").mkdir(parents=True)
    program = folder / "dedupe-app"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    shutil.copy(shutil.which("true"), folder / "_internal" / "binary")
    return folder


@pytest.fixture
def icons(tmp_path):
    folder = tmp_path / "icons"
    folder.mkdir()
    for size in make_deb.ICON_SIZES:
        (folder / f"{size}.png").write_bytes(b"png")
    return folder


def entry(path):
    parser = configparser.RawConfigParser(delimiters="=")
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    return parser


def commands(path):
    parser = entry(path)
    return [parser[section]["Exec"] for section in parser.sections() if "Exec" in parser[section]]


@needs_tools
def test_package_names_what_the_program_needs_and_says_where_things_go(frozen, icons, tmp_path):
    package = make_deb.make_deb(frozen, icons, tmp_path, tmp_path / "tree")
    field = ["dpkg-deb", "--field", str(package)]
    told = subprocess.run(field, capture_output=True, text=True, check=True).stdout
    assert f"Version: {make_deb.version()}\n" in told
    assert "libc6 (>= " in told
    assert "Recommends: fonts-noto-cjk" in told
    asked = ["dpkg-deb", "--contents", str(package)]
    contents = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert "./usr/bin/dedupe-app -> ../lib/dedupe-app/dedupe-app" in contents
    for name in (
        *ENTRIES,
        "icons/hicolor/48x48/apps/dedupe-app.png",
        f"metainfo/{make_deb.METAINFO}",
    ):
        assert f"./usr/share/{name}\n" in contents
    assert not [line for line in contents.splitlines() if " root/root " not in line]


def test_every_entry_starts_the_program_with_the_folders():
    for name in make_deb.FILES:
        if name.endswith((".desktop", ".nemo_action")):
            assert commands(make_deb.SHARE / name) == ["dedupe-app %F"], name


def test_a_library_that_nobody_brings_stops_the_build(monkeypatch, tmp_path):
    monkeypatch.setattr(make_deb, "missing_libraries", lambda _tree: {"libodd.so.3": "bin/x"})
    with pytest.raises(SystemExit, match=r"libodd\.so\.3 \(for bin/x\)"):
        make_deb.describe(tmp_path)


@needs_tools
def test_portable_program_goes_into_the_menu_and_out_again(frozen, icons, tmp_path):
    archive = make_deb.make_portable(frozen, icons, tmp_path, tmp_path / "portable")
    place = tmp_path / "a folder & 100 %"
    place.mkdir()
    subprocess.run(["tar", "--zstd", "-xf", archive, "-C", place], check=True)
    (unpacked,) = place.iterdir()
    home = tmp_path / "home"
    home.mkdir()
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    script = unpacked / "add-to-menu.sh"
    subprocess.run([script], check=True, env=environment, stdout=subprocess.DEVNULL)
    for name in ENTRIES:
        path = home / ".local/share" / name
        program = str(unpacked / "dedupe-app").replace("%", "%%")
        assert commands(path) == [f'"{program}" %F'], name
    scripts = home / ".local/share/nautilus/scripts/Scan for duplicates"
    told = subprocess.run([scripts, "/a b"], capture_output=True, text=True, check=True)
    assert told.stdout == "/a b\n"
    subprocess.run([script, "--remove"], check=True, env=environment, stdout=subprocess.DEVNULL)
    assert not [path for path in home.rglob("*") if not path.is_dir()]
