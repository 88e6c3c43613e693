"""Dedupe App: finds documents that hold the same text, says why, and helps to clean up."""

__version__ = "0.1.0"
