"""The makers of documents and of hostile files are with the tests of the stages that they were made for."""

import sys
from pathlib import Path

for _folder in ("text", "store", "review"):
    sys.path.append(str(Path(__file__).parents[1] / _folder))
