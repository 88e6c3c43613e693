"""`dedupe-app watch`: keeps the library up to date without a window; one line per change."""

from __future__ import annotations
