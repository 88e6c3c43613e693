"""Copies the samples into a folder, with the times at which they were written.

Run: .venv/bin/python packaging/copy_samples.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from dedupe_app.ui.samples import copy_samples

if __name__ == "__main__":
    copy_samples(Path(sys.argv[1]))
