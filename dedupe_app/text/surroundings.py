"""What native code shall find when it is loaded in a reader process: one thread, no network, the faster sorting.

Knows nothing of files or jobs; changes this process only.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKIO_WORKER_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}


def set_surroundings() -> None:
    """Set the environment of a reader; call it before numpy is imported."""
    os.environ.update(_ENVIRONMENT)
    _choose_instructions()


def _choose_instructions() -> None:
    """Let numpy sort without AVX-512 on processors of AMD: measured two to four times as fast on Zen 4.

    Their instruction that packs numbers together is a slow one; nothing but sorting is noticeably slower without.
    """
    if sys.platform == "linux":
        about = Path("/proc/cpuinfo").read_bytes()[:8192]
        if b"AuthenticAMD" in about and b"avx512f" in about:
            os.environ.setdefault("NPY_DISABLE_CPU_FEATURES", "X86_V4 AVX512_ICL")
            # An older numpy has other names for them, and says so.
            warnings.filterwarnings("ignore", message=".*NPY_DISABLE_CPU_FEATURES.*")
