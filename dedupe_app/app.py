"""Builds the window and what it needs, in one place; closes it all again."""

from __future__ import annotations
