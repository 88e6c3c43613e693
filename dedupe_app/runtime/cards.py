"""Sees which NVIDIA card is here, without torch: asks the driver's program, else looks where the driver lies."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_ANSWER_SECONDS = 10
_MIB = 1024 * 1024
_PROC = Path("/proc/driver/nvidia")
_ASKED = "name,driver_version,memory.total,compute_cap"
# Where Windows lists the display adapters, numbered from 0000.
_ADAPTERS = r"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}"
_MOST_ADAPTERS = 16


@dataclass(frozen=True, slots=True)
class NvidiaCard:
    """A card. `driver`: its version, "" when unknown; `capability`: of computing, None when unknown; memory 0 too."""

    name: str
    driver: str = ""
    capability: tuple[int, int] | None = None
    memory_bytes: int = 0


def find_card() -> NvidiaCard | None:
    """Return the first NVIDIA card, None when there is no sign of one."""
    return _asked() or (_in_registry() if sys.platform == "win32" else _in_proc(_PROC))


def _asked() -> NvidiaCard | None:
    program = shutil.which("nvidia-smi")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, f"--query-gpu={_ASKED}", "--format=csv,noheader,nounits"],
            capture_output=True,
            text=True,
            timeout=_ANSWER_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return read_answer(done.stdout)


def read_answer(answer: str) -> NvidiaCard | None:
    """Read the first line of what nvidia-smi prints: name, driver, MiB, capability; the last ones may be missing."""
    line = next((line for line in answer.splitlines() if line.strip()), "")
    name, *rest = (part.strip() for part in line.split(","))
    if not name or not rest:
        return None
    driver, memory, capability = (*rest, "", "")[:3]
    found = re.fullmatch(r"(\d+)\.(\d+)", capability)
    return NvidiaCard(
        name,
        driver if re.match(r"\d+\.", driver) else "",
        (int(found[1]), int(found[2])) if found else None,
        int(memory) * _MIB if memory.isdecimal() else 0,
    )


def _in_proc(folder: Path) -> NvidiaCard | None:
    """Read what the kernel module tells of itself."""
    try:
        told = (folder / "version").read_text(encoding="utf-8")
        cards = sorted(folder.glob("gpus/*/information"))
        about = cards[0].read_text(encoding="utf-8") if cards else ""
    except OSError:
        return None
    name = re.search(r"^Model:\s*(.+)$", about, re.MULTILINE)
    driver = re.search(r"Module(?: for \S+)?\s+(\d[\d.]+)", told)
    return NvidiaCard(name[1].strip(), driver[1] if driver else "") if name else None


def _in_registry() -> NvidiaCard | None:
    if sys.platform == "win32":
        import winreg

        for number in range(_MOST_ADAPTERS):
            try:
                with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, rf"{_ADAPTERS}\{number:04}") as key:
                    name = str(winreg.QueryValueEx(key, "DriverDesc")[0])
                    driver = str(winreg.QueryValueEx(key, "DriverVersion")[0])
            except OSError:
                continue
            if "nvidia" in name.lower():
                return NvidiaCard(name, windows_driver(driver))
    return None


def windows_driver(text: str) -> str:
    """Return NVIDIA's own number of a version as Windows writes it: "32.0.15.8088" is 580.88."""
    digits = "".join(text.split(".")[-2:])[-5:]
    return f"{digits[:3]}.{digits[3:]}" if re.fullmatch(r"\d{5}", digits) else ""
