"""`dedupe-app search`: finds documents by words and by meaning."""

from __future__ import annotations
