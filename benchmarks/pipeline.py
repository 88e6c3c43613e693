"""A whole scan against a plain program made of kreuzberg and datasketch, on the same folders in the same run.

Run: .venv/bin/python benchmarks/pipeline.py FOLDER...

Ours is `python -m dedupe_app scan FOLDER --csv report.csv` with a new library, from start to end of the process, then
the same again on the unchanged folder. The peer, below, is a process as well: it reads every file with kreuzberg, makes
word 3-shingles, MinHash signatures of 128 permutations, LSH at 0.7, and connected components. It gets every file that
kreuzberg can read and is not asked for reasons, evidence or memory. Three forms of it: in two processes (peer/2) and in
one (peer/1), all shingles of a text handed over at once; and as datasketch's own introduction has it, in one process
and shingle by shingle (plainest).

Our modules are compiled before, as those of an installed program are (those of the peer are, by pip).
"""

from __future__ import annotations

import argparse
import compileall
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

CORES = 2
_PR_SET_CHILD_SUBREAPER = 36
_PERMUTATIONS, _THRESHOLD, _SHINGLE = 128, 0.7, 3
# Their processes, and whether all shingles of a text are handed over at once.
_PEERS = {"peer/2": (CORES, True), "peer/1": (1, True), "plainest": (1, False)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--peer", choices=_PEERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        print(*plain_program(options.folders, *_PEERS[options.peer]))
        return
    compileall.compile_dir(Path(__file__).parent.parent / "dedupe_app", quiet=1)
    _adopt_orphans()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; seconds of wall clock")
    columns = " ".join(f"{head:>8}" for head in ("ours", "again", *_PEERS))
    print(f"{'folder':24} {columns}  their ratios to ours  again/first, same report")
    for folder in options.folders:
        _print_rows("/".join(folder.parts[-2:]), *_measure([folder]))
    if len(options.folders) > 1:
        _print_rows("all in one scan", *_measure(options.folders))


def plain_program(folders: list[Path], processes: int, at_once: bool) -> tuple[int, int, int]:
    """Find groups the plain way: number of files, of those that were read, and of groups.

    `at_once`: datasketch gets all shingles of a text in one call.
    """
    from multiprocessing import Pool

    from datasketch import MinHashLSH

    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    if processes > 1:
        with Pool(processes) as pool:
            signatures = pool.map(partial(signature_of, at_once=at_once), files, chunksize=4)
    else:
        signatures = [signature_of(path, at_once) for path in files]
    index = MinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS)
    parents = list(range(len(files)))
    for number, signature in enumerate(signatures):
        if signature is None:
            continue
        for other in index.query(signature):
            parents[_root(parents, number)] = _root(parents, other)
        index.insert(number, signature)
    roots = [_root(parents, number) for number in range(len(files))]
    groups = sum(roots.count(root) > 1 for root in set(roots))
    return len(files), sum(signature is not None for signature in signatures), groups


def signature_of(path: Path, at_once: bool):  # noqa: ANN201
    """Return the MinHash of a file's text, None if it cannot be read."""
    from datasketch import MinHash
    from kreuzberg import extract_file_sync

    try:
        text = extract_file_sync(str(path)).content
    except BaseException:  # noqa: BLE001 a panic in Rust is none of Python's usual exceptions
        return None
    words = text.lower().split()
    if not words:
        return None
    count = max(1, len(words) - _SHINGLE + 1)
    signature = MinHash(num_perm=_PERMUTATIONS)
    shingles = [" ".join(words[place : place + _SHINGLE]).encode() for place in range(count)]
    if at_once:
        signature.update_batch(shingles)
    else:
        for shingle in shingles:
            signature.update(shingle)
    return signature


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _measure(folders: list[Path]) -> tuple[list[tuple[float, float]], str]:
    with tempfile.TemporaryDirectory() as temporary:
        library, reports = (
            Path(temporary, "library.sqlite"),
            [Path(temporary, f"{n}.csv") for n in (1, 2)],
        )
        ours = [_seconds(*_scan_command(folders, library, report)) for report in reports]
        same = reports[0].read_bytes() == reports[1].read_bytes()
    peers = [
        _seconds(sys.executable, __file__, "--peer", name, *map(str, folders)) for name in _PEERS
    ]
    return ours + peers, "yes" if same else "NO"


def _scan_command(folders: list[Path], library: Path, report: Path) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "dedupe_app", "scan", *map(str, folders)),
        *("--csv", str(report), "--library", str(library)),
    )


def _seconds(*command: str) -> tuple[float, float]:
    """Run a command; return the seconds it took by the clock, and on all processors together."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    _wait_for_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _adopt_orphans() -> None:
    """Have what the programs leave running become children of this process: their CPU seconds count. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _wait_for_orphans() -> None:
    """Wait for the processes from which readers were forked, which end right after the program."""
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return


def _print_rows(name: str, seconds: list[tuple[float, float]], same: str) -> None:
    for which, what in enumerate((name, "  CPU seconds")):
        ours, again, *peers = (own[which] for own in seconds)
        times = " ".join(f"{each:8.2f}" for each in (ours, again, *peers))
        ratios = " ".join(f"{peer / ours:5.1f}x" for peer in peers)
        print(
            f"{what:24} {times}  {ratios}  {again / ours:.3f} {'' if which else same}",
            flush=True,
        )


if __name__ == "__main__":
    main()
