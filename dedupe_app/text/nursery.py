"""Imported by the process from which readers are forked (dedupe_app.text.pool), before anything heavy is: sets it up.

For that process alone: importing this changes the environment.
"""

from __future__ import annotations

import atexit
import os

from dedupe_app.text.surroundings import set_surroundings

# It has nothing to leave in order: to take down all that was imported takes a tenth of a second.
atexit.register(os._exit, 0)
set_surroundings()
