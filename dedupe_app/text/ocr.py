"""Scanned pages to text through the Tesseract program, where it is installed.

Images go through a pipe: no temporary file is left behind when a reader is ended.
"""

from __future__ import annotations

import functools
import io
import locale
import os
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

from dedupe_app.records import SkipReason
from dedupe_app.text.reading import Reading, UnreadableError

if TYPE_CHECKING:
    import pypdfium2

    from dedupe_app.settings import ReadLimits

MAX_PAGES = 50
DPI = 200
_MAX_SIDE_PIXELS = 5000
# The rest of the time limit is for what came before, and for the answer to reach the program.
_SHARE_OF_TIME = 0.8
_MAX_LANGUAGES = 4
_NO_TESSERACT = (
    "Scanned pages without text. Install Tesseract (Debian: apt install tesseract-ocr) and scan "
    "again."
)


def recognise(document: pypdfium2.PdfDocument, limits: ReadLimits) -> Reading:
    """Return the recognised text of a scanned PDF, as far as the time limit allows.

    Raises:
        UnreadableError: Tesseract is missing, or it found nothing.
    """
    program = shutil.which("tesseract")
    if not program:
        raise UnreadableError(SkipReason.NO_TEXT, _NO_TESSERACT)
    end = time.monotonic() + limits.seconds * _SHARE_OF_TIME
    count = len(document)
    texts: list[str] = []
    for number in range(min(count, MAX_PAGES)):
        left = end - time.monotonic()
        if left <= 0:
            break
        try:
            texts.append(_recognise_page(program, _picture(document, number), left))
        except subprocess.TimeoutExpired:
            break
    if not any(text.strip() for text in texts):
        raise UnreadableError(SkipReason.NO_TEXT, "Scanned pages in which no text was recognised.")
    warning = "The text was recognised from scanned pages and may hold errors."
    if len(texts) < count:
        warning = f"Recognised from scanned pages; only {len(texts)} of {count} pages were read."
    return Reading("\n".join(texts), warning)


def _picture(document: pypdfium2.PdfDocument, number: int) -> bytes:
    page = document[number]
    try:
        scale = min(DPI / 72, _MAX_SIDE_PIXELS / max(1.0, *page.get_size()))
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            return _pgm(bitmap)
        finally:
            bitmap.close()
    finally:
        page.close()


def _pgm(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """Return a bitmap in the one picture format that needs no library to write."""
    pixels = memoryview(bitmap.buffer).cast("B")
    step, width = bitmap.n_channels, bitmap.width
    picture = io.BytesIO()
    picture.write(b"P5 %d %d 255\n" % (width, bitmap.height))
    for row in range(bitmap.height):
        start = row * bitmap.stride
        picture.write(pixels[start : start + width * step : step].tobytes())
    return picture.getvalue()


def _recognise_page(program: str, picture: bytes, timeout_s: float) -> str:
    done = subprocess.run(
        [program, "stdin", "stdout", "-l", _languages(program)],
        input=picture,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=timeout_s,
        check=False,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8", "replace")


@functools.cache
def _languages(program: str) -> str:
    """Return the installed languages, or a few likely ones: each one more makes it slower."""
    done = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False
    )
    names = [line.strip() for line in done.stdout.splitlines()[1:]]
    names = [name for name in names if name and name not in ("osd", "equ")]
    if len(names) > _MAX_LANGUAGES:
        own = (locale.getlocale()[0] or "")[:2].lower()
        likely = [name for name in names if own and name.startswith(own)]
        names = list(dict.fromkeys([*(n for n in names if n == "eng"), *likely]))[:_MAX_LANGUAGES]
    return "+".join(names) or "eng"
