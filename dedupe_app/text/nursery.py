"""Imported by the process from which readers are forked (dedupe_app.text.pool), before anything heavy is: sets it up.

For that process alone: importing this changes the environment.
"""

from __future__ import annotations

from dedupe_app.text.surroundings import set_surroundings

set_surroundings()
