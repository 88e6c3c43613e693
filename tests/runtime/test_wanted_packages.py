"""What the environment is to hold against what the program is made of."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from packaging.utils import canonicalize_name

from dedupe_app.runtime.wanted import Wanted, wanted

ROOT = Path(__file__).parent.parent.parent
MAKER = runpy.run_path(str(ROOT / "packaging" / "make_card_packages.py"))


def test_packages_are_those_of_the_program_without_its_window():
    assert list(wanted("cu130").packages) == MAKER["lines"]()
    names = {each.partition("==")[0] for each in wanted("cu130").packages}
    assert not names & {"pyside6-essentials", "shiboken6", "pytest", "umap-learn"}


def test_each_package_has_the_version_of_the_constraints():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins = {
        canonicalize_name(name): version
        for name, version in re.findall(r"^([\w.-]+)==(\S+)$", text, re.MULTILINE)
    }
    for each in wanted("cu130").packages:
        name, _, version = each.partition("==")
        assert pins[name] == version


def test_fingerprint_changes_with_a_version_and_with_the_build():
    one = Wanted(("torch==1",), "cu130")
    assert one.fingerprint == Wanted(("torch==1",), "cu130").fingerprint
    assert (
        len(
            {
                one.fingerprint,
                Wanted(("torch==2",), "cu130").fingerprint,
                Wanted(("torch==1",), "cu126").fingerprint,
            }
        )
        == 3
    )
