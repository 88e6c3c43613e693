"""`dedupe-app models`: lists, downloads and checks embedding models."""

from __future__ import annotations
