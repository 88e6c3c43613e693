"""`dedupe-app map`: draws the map of a library as a picture or writes it as CSV."""

from __future__ import annotations
