"""What the doctor says of one thing: how it is with it, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it is with one thing."""

    OK = "ok"
    LIMITED = "limited"
    MISSING = "missing"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `hint` says what to do, "" if there is nothing to do."""

    what: str
    state: State
    detail: str
    hint: str = ""
