"""Runs before the frozen program: other programs that it starts get their own libraries, not those that came with it.

Without it Tesseract, nvidia-smi or the file manager would load our copies of libraries that they were not built with.
"""

import os
import sys

if sys.platform.startswith("linux"):
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
    # Our own processes, which read files and do the work, are to find our libraries for themselves.
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
