"""Stage 1: which files are there, and what has changed since the last look."""
