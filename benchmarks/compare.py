"""Two versions of one text compared for the window, against difflib on the same two texts.

Run: .venv/bin/python benchmarks/compare.py [--size 2000000] [--peer-size 100000] [--seed 0]

Ours: every paragraph, the words changed in it, figures told apart; once with the same line breaks in both versions,
once with others. Peers: difflib.SequenceMatcher on the words, and difflib.HtmlDiff, which marks changes inside of lines
as we do; both get the smaller texts. Then the window's side: a comparison of the large texts in its thread and a walk
through all of it, with how late a 10 ms timer was on the GUI thread meanwhile.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import os
import random
import sys
import textwrap
import time
from typing import TYPE_CHECKING, TypeVar

from dedupe_app.review.differences import compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe_app.review.differences import Differences

_WIDTH, _OTHER_WIDTH = 80, 70
_EDITED = 0.02
_BEAT_MS = 10
_SCROLLS = 60
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=2_000_000, help="characters, ours alone")
    parser.add_argument("--peer-size", type=int, default=100_000, help="characters, for both")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    sys.setswitchinterval(0.001)  # as the window does
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name, width in (("same line breaks", _WIDTH), ("other line breaks", _OTHER_WIDTH)):
        _against_peers(name, *versions(options.peer_size, width, options.seed))
        left, right = versions(options.size, width, options.seed)
        seconds, found = _timed(lambda left=left, right=right: compare(left, right))
        print(f"{name}, {len(left):,} characters: ours {seconds:.2f} s, {_counts(found)}")
        _beside_the_window(name, left, right)


def versions(size: int, width: int, seed: int) -> tuple[str, str]:
    """Return two versions of a text: in one of 50 paragraphs a word was exchanged; the right one wrapped at `width`."""
    chance = random.Random(seed)
    letters = "aaabcdeeeefghiiklmnooprsttuvw"
    words = ["".join(chance.choices(letters, k=chance.randrange(2, 10))) for _ in range(8000)]
    often = [1 / (rank + 1) for rank in range(len(words))]  # as in natural texts (Zipf)
    paragraphs: list[list[str]] = []
    total = 0
    while total < size:
        paragraphs.append(chance.choices(words, often, k=chance.randrange(20, 120)))
        total += sum(map(len, paragraphs[-1])) + len(paragraphs[-1])
    edited = [list(paragraph) for paragraph in paragraphs]
    for paragraph in chance.sample(edited, max(1, int(_EDITED * len(edited)))):
        paragraph[chance.randrange(len(paragraph))] = str(chance.randrange(1000))
    return _wrapped(paragraphs, _WIDTH), _wrapped(edited, width)


def _wrapped(paragraphs: list[list[str]], width: int) -> str:
    return "".join(textwrap.fill(" ".join(words), width) + "\n\n" for words in paragraphs)


def _against_peers(name: str, left: str, right: str) -> None:
    ours, found = _timed(lambda: compare(left, right))
    print(f"{name}, {len(left):,} characters: ours {ours:.3f} s, {_counts(found)}")
    words = left.split(), right.split()
    matcher, _ = _timed(lambda: difflib.SequenceMatcher(None, *words, autojunk=False).get_opcodes())
    print(f"  difflib.SequenceMatcher on words {matcher:.2f} s, ratio {matcher / ours:.1f}")
    lines = left.splitlines(), right.splitlines()
    table, _ = _timed(lambda: difflib.HtmlDiff().make_table(*lines))
    print(f"  difflib.HtmlDiff {table:.2f} s, ratio {table / ours:.1f}")


def _counts(found: Differences) -> str:
    coarse = ", coarse" if found.coarse else ""
    return f"{len(found.rows):,} rows, {len(found.changes):,} changes{coarse}"


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _beside_the_window(name: str, left: str, right: str) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from dedupe_app.ui.comparing import Comparing, How
    from dedupe_app.ui.difference_view import DifferenceView

    application = QApplication.instance() or QApplication([])
    view, comparing, loop = DifferenceView(), Comparing(), QEventLoop()
    view.resize(476, 700)
    view.show()
    beats: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start(_BEAT_MS)
    found: list[Differences] = []
    comparing.compared.connect(found.append)
    comparing.compared.connect(loop.quit)
    comparing.start(left, right, How.COMPARED)
    loop.exec()
    compared = _late(beats)
    beats.clear()
    shown, _ = _timed(lambda: view.show_differences(found[0], ("left", "right")))
    opened, _ = _timed(view.open_all)
    steps = []
    for number in range(0, len(found[0].changes), max(1, len(found[0].changes) // _SCROLLS)):
        steps.append(_timed(lambda number=number: view.go_to(number))[0])
        application.processEvents()
    comparing.close()
    print(
        f"  {name}, window while comparing: 10 ms timer late p99 {compared[0]:.0f} ms, at most {compared[1]:.0f} ms"
    )
    print(
        f"  shown in {1000 * shown:.0f} ms, all opened in {1000 * opened:.0f} ms, "
        f"to a difference in at most {1000 * max(steps):.0f} ms"
    )


def _late(beats: list[float]) -> tuple[float, float]:
    gaps = sorted(1000 * (after - before) - _BEAT_MS for before, after in itertools.pairwise(beats))
    return (gaps[int(0.99 * len(gaps))], gaps[-1]) if gaps else (0.0, 0.0)


if __name__ == "__main__":
    main()
