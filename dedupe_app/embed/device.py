"""What this machine can compute on: which device, how much memory, which number format. Loads torch when asked."""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from dataclasses import dataclass

from dedupe_app.errors import EmbedderUnavailableError, UsageError

logger = logging.getLogger(__name__)

GB = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Device:
    """One device. `kind`: cuda (ROCm too), mps or cpu; `free_bytes`: what a model may take; `bf16`: has bfloat16."""

    kind: str
    name: str
    free_bytes: int
    total_bytes: int
    bf16: bool

    @property
    def dtype(self) -> str:
        """Name the number format: bfloat16 where the GPU has it, else float32. Never float16: it overflows here."""
        return "bfloat16" if self.bf16 else "float32"

    def __str__(self) -> str:
        """Name it with its memory, for people."""
        memory = (
            f"{self.free_bytes / GB:.1f} of {self.total_bytes / GB:.1f} GB free"
            if self.total_bytes
            else "memory unknown"
        )
        return f"{self.name} ({memory}, {self.dtype})"


def find_device(wanted: str = "auto") -> Device:
    """Return the device that was asked for, or the best there is.

    Raises:
        UsageError: there is no such kind of device.
        EmbedderUnavailableError: the device asked for is not in this machine, or torch does not see it.
    """
    import torch

    if wanted not in ("auto", "cuda", "mps", "cpu"):
        raise UsageError(f"There is no device named {wanted!r}.", "Choose auto, cuda, mps or cpu.")
    if wanted in ("auto", "cuda") and torch.cuda.is_available():
        return _cuda()
    if wanted in ("auto", "mps") and torch.backends.mps.is_available():
        return _mps()
    if wanted in ("auto", "cpu"):
        return find_cpu()
    raise EmbedderUnavailableError(
        f"No {wanted} device can be used here.",
        "Choose the device auto or cpu, or install the torch made for your card.",
    )


def find_cpu() -> Device:
    """Describe the processor; its memory is the machine's."""
    free, total = _host_memory()
    return Device("cpu", f"processor, {os.cpu_count()} cores", free, total, bf16=False)


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether an error of torch means that memory ran out; each device says it in other words."""
    import torch

    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    words = (
        "out of memory",
        "not enough memory",
        "can't allocate memory",
        "CUBLAS_STATUS_ALLOC_FAILED",
    )
    return isinstance(error, RuntimeError) and any(word in str(error) for word in words)


def empty_cache(kind: str) -> None:
    """Give cached blocks back to the driver, so that a smaller batch finds room in one piece."""
    import torch

    if kind == "cuda":
        torch.cuda.empty_cache()
    elif kind == "mps":
        torch.mps.empty_cache()


def _cuda() -> Device:
    import torch

    free, total = torch.cuda.mem_get_info()
    bf16 = torch.cuda.is_bf16_supported(including_emulation=False)
    return Device("cuda", torch.cuda.get_device_name(), free, total, bf16)


def _mps() -> Device:
    import torch

    total = int(torch.mps.recommended_max_memory())
    free = max(0, total - int(torch.mps.driver_allocated_memory()))
    try:  # macOS before 14 has no bfloat16 on Metal
        one = torch.ones(2, 2, dtype=torch.bfloat16, device="mps")
        bf16 = bool(torch.isfinite(one @ one).all().item())
    except (RuntimeError, TypeError) as error:
        logger.info("No bfloat16 on this Mac: %s", error)
        bf16 = False
    return Device("mps", "Apple GPU", free, total, bf16)


def _host_memory() -> tuple[int, int]:
    """Return free and total bytes of the machine; zeros where the system does not say."""
    if sys.platform == "win32":
        return _windows_memory()
    names = os.sysconf_names
    if "SC_PHYS_PAGES" not in names:
        return 0, 0
    page, total = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_PHYS_PAGES")
    # Free pages leave out what the cache would give up at once, so what is said to be available counts, where known.
    return _available_on_linux() or page * total, page * total


def _available_on_linux() -> int:
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:  # noqa: PTH123
            found = next((line for line in lines if line.startswith("MemAvailable:")), "")
    except OSError:
        return 0
    return int(found.split()[1]) * 1024 if found else 0


def _windows_memory() -> tuple[int, int]:
    """Ask GlobalMemoryStatusEx: a structure of two uint32 and seven uint64."""
    status = (ctypes.c_uint64 * 8)()
    ctypes.cast(status, ctypes.POINTER(ctypes.c_uint32))[0] = ctypes.sizeof(status)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return 0, 0
    return int(status[2]), int(status[1])
