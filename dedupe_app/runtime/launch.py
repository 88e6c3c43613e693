"""How the Python of the environment is started with the program's own modules: same code, other packages.

The environment holds what others wrote. Our own modules are not copied into it: an upgraded program finds itself there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import dedupe_app
from dedupe_app.errors import CardError
from dedupe_app.runtime.places import python_of

# Set in a process that runs in the environment, to the folder of everything about the graphics card. Set to "off" by
# hand, it keeps everything in the program itself.
INSIDE = "DEDUPE_APP_CARD"
_NOT_PASSED_ON = ("PYTHONHOME", "VIRTUAL_ENV", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__")


def is_inside() -> bool:
    """Tell whether this process runs in the environment for the graphics card, or is to do without it."""
    return bool(os.environ.get(INSIDE))


def program_folder() -> Path:
    """Return the folder in which Python finds our own modules and none of anybody else.

    Raises:
        CardError: the program was installed together with other packages.
    """
    bundled = getattr(sys, "_MEIPASS", None)
    if bundled:
        return Path(bundled, "card_program")
    beside = Path(dedupe_app.__file__).parent.parent
    if beside.name in ("site-packages", "dist-packages"):
        raise CardError(
            "This copy of the program was installed with pip.",
            "Install the torch for your card beside it with pip; then the program uses it.",
        )
    return beside


def command(environment: Path, code: str, *arguments: str) -> list[str]:
    """Return the command that runs a line of code in an environment."""
    return [str(python_of(environment)), "-s", "-P", "-c", code, *arguments]


def variables(root: Path) -> dict[str, str]:
    """Return the variables for a process in the environment; those it starts get them too."""
    passed = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    return passed | {
        INSIDE: str(root),
        "PYTHONPATH": str(program_folder()),
        # The program's folder may belong to somebody else; what Python compiles is kept with the environment.
        "PYTHONPYCACHEPREFIX": str(root / "compiled"),
        "PYTHONNOUSERSITE": "1",
        "PYTHONSAFEPATH": "1",
    }
