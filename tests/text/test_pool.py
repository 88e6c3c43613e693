"""Reader processes: whatever a file does to its reader, the other files are read."""

from __future__ import annotations

import ctypes
import functools
import logging
import multiprocessing
import os
import select
import signal
import socket
import subprocess
import sys
import time
from multiprocessing import forkserver
from pathlib import Path

import pytest
from tiny_files import docx, paragraph, pdf

from dedupe_app.records import Extracted, Skipped, SkipReason
from dedupe_app.settings import MIB, ReadLimits
from dedupe_app.text import forking
from dedupe_app.text.extract import extract
from dedupe_app.text.pool import JOBS_IN_FLIGHT, ReaderPool, ReadersUnavailableError

LIMITS = ReadLimits(seconds=20)
HURRIED = ReadLimits(seconds=1)


def named(path):
    """Do what the name of the path says, in a reader process."""
    return ACTS.get(path.name.split("-")[0], lambda: path.name)()


def _hang():
    signal.pause()


def _crash():
    ctypes.string_at(0)


def _kill():
    os.kill(os.getpid(), signal.SIGKILL)


def _fail():
    raise RuntimeError("a bug in the reader")


def _eat():
    return len(bytearray(900 * MIB))


def _log():
    logging.getLogger("dedupe_app.odd").warning("something odd")
    logging.getLogger("a.library").warning("the text of a document")
    return "logged"


def _interrupt():
    os.kill(os.getpid(), signal.SIGINT)
    return "still here"


def _print():
    os.write(2, b"NOISE\n")
    return "quiet"


def _look():
    return os.getpid(), os.nice(0), os.environ["OMP_NUM_THREADS"], os.environ["HF_HUB_OFFLINE"]


ACTS = {
    "hang": _hang,
    "crash": _crash,
    "kill": _kill,
    "abort": os.abort,
    "fail": _fail,
    "eat": _eat,
    "log": _log,
    "interrupt": _interrupt,
    "print": _print,
    "look": _look,
    "variable": lambda: os.environ.get("SET_MEANWHILE"),
    "large": lambda: "x" * (8 * MIB),
    "slow": lambda: time.sleep(0.4),
    "number": os.getpid,
}


def connect(path):
    """Try to reach a port of this machine in the ways that Python has."""
    port = int(path.name)
    tries = (
        lambda: socket.create_connection(("127.0.0.1", port), timeout=1).close(),
        lambda: socket.getaddrinfo("localhost", port),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
    )
    failures = []
    for attempt in tries:
        try:
            attempt()
        except PermissionError as error:
            failures.append(str(error))
    return failures


class EndsReader:
    """Work that ends the process that unpickles it."""

    def __reduce__(self):
        return os._exit, (3,)

    def __call__(self, path):
        return path


def jobs(*names):
    return list(enumerate(map(Path, names)))


def read_all(limits, processes, *names, work=named):
    with ReaderPool(work, limits, processes) as pool:
        return dict(pool.map(jobs(*names)))


def reasons(results):
    return {key: getattr(result, "reason", result) for key, result in results.items()}


def test_each_job_gets_one_result_under_its_key():
    names = [f"file-{i}" for i in range(100)]
    assert read_all(LIMITS, 2, *names) == dict(enumerate(names))


def test_no_jobs_start_no_reader():
    with ReaderPool(named, LIMITS, 2) as pool:
        assert list(pool.map([])) == []
        assert multiprocessing.active_children() == []


def test_extract_runs_in_a_reader(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf("The rent is due."))
    (tmp_path / "b.docx").write_bytes(docx(paragraph("The rent is due.")))
    (tmp_path / "c.rtf").write_bytes(b"{\\rtf1\\ansi The rent is due.\\par}")
    files = sorted(map(str, tmp_path.iterdir()))
    results = read_all(LIMITS, 1, *files, work=functools.partial(extract, limits=LIMITS))
    assert [results[i].text.strip() for i in range(3)] == ["The rent is due."] * 3
    assert isinstance(results[0], Extracted)


@pytest.mark.parametrize("processes", [1, 2])
def test_only_the_overdue_file_is_given_up(processes):
    results = read_all(HURRIED, processes, "a", "hang", "b", "c", "d")
    assert results.pop(1) == Skipped(SkipReason.TIMED_OUT, "Took longer than 1 s.")
    assert results == {0: "a", 2: "b", 3: "c", 4: "d"}


def test_time_is_counted_from_the_start_of_each_file():
    assert set(read_all(HURRIED, 1, *["slow"] * 4).values()) == {None}


@pytest.mark.parametrize("act", ["crash", "kill"])
def test_only_the_file_that_ends_its_reader_is_given_up(act):
    results = read_all(LIMITS, 1, "a", act, "b", f"{act}-too", "c")
    stopped = Skipped(SkipReason.DAMAGED, "The reader stopped unexpectedly on this file.")
    assert results == {0: "a", 1: stopped, 2: "b", 3: stopped, 4: "c"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_reader_that_gives_up_by_itself_had_no_memory_left():
    """So do the libraries that read PDF and the old Office formats."""
    results = read_all(LIMITS, 1, "a", "abort", "b")
    assert reasons(results) == {0: "a", 1: SkipReason.TOO_LARGE, 2: "b"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_only_the_file_that_eats_memory_is_given_up():
    results = read_all(ReadLimits(memory_bytes=400 * MIB), 1, "a", "eat", "b")
    assert reasons(results) == {0: "a", 1: SkipReason.TOO_LARGE, 2: "b"}


def test_a_bug_in_the_work_is_logged_with_its_place_and_no_text_of_a_document(caplog):
    with caplog.at_level(logging.WARNING):
        results = read_all(LIMITS, 1, "fail", "log", "b")
    assert reasons(results) == {0: SkipReason.DAMAGED, 1: "logged", 2: "b"}
    assert "RuntimeError at " in caplog.text
    assert f"{Path(__file__).name}:" in caplog.text
    assert "a bug in the reader" not in caplog.text  # a message may quote the document
    assert ("dedupe_app.odd", logging.WARNING, "something odd") in caplog.record_tuples
    assert "the text of a document" not in caplog.text


def test_large_results_do_not_block():
    results = read_all(LIMITS, 2, *["large"] * 8)
    assert [len(results[i]) for i in range(8)] == [8 * MIB] * 8


def test_jobs_are_taken_as_they_are_needed():
    taken = []

    def endless():
        while True:
            taken.append(len(taken))
            yield len(taken), Path("a")

    with ReaderPool(named, LIMITS, 2) as pool:
        results = pool.map(endless())
        for count in range(1, 20):
            next(results)
            # Both readers may have answered at once: the one result then waits while jobs are handed out.
            assert len(taken) <= count + 2 * JOBS_IN_FLIGHT + 1
        results.close()


def test_an_abandoned_run_leaves_no_process():
    with ReaderPool(named, LIMITS, 2) as pool:
        results = pool.map(jobs("a", "hang", "hang", "hang", "hang"))
        assert next(results) == (0, "a")
        assert multiprocessing.active_children()
    assert multiprocessing.active_children() == []


def test_ctrl_c_leaves_no_process():
    def interrupted():
        yield from jobs("a", "hang", "b")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), ReaderPool(named, LIMITS, 2) as pool:
        list(pool.map(interrupted()))
    assert multiprocessing.active_children() == []


def test_a_pool_serves_one_run_after_another():
    with ReaderPool(named, LIMITS, 1) as pool:
        first = pool.map(jobs("a", "hang"))
        assert next(first) == (0, "a")
        with pytest.raises(RuntimeError, match="in use"):
            next(pool.map(jobs("b")))
        first.close()
        assert list(pool.map(jobs("c"))) == [(0, "c")]
        assert list(pool.map(jobs("d"))) == [(0, "d")]


def test_a_reader_that_cannot_start_is_reported():
    with (
        ReaderPool(EndsReader(), LIMITS, 1) as pool,
        pytest.raises(ReadersUnavailableError, match="cannot be started"),
    ):
        list(pool.map(jobs("a")))


def test_a_reader_that_is_ended_before_it_is_ready_is_replaced():
    with ReaderPool(named, LIMITS, 1) as pool:
        pool.start(1)
        os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)
        assert dict(pool.map(jobs("a", "b"))) == {0: "a", 1: "b"}


@pytest.mark.parametrize("error", [OSError("AF_UNIX path too long"), EOFError()])
def test_readers_are_started_one_by_one_where_they_cannot_be_forked(monkeypatch, caplog, error):
    def fail():
        raise error

    monkeypatch.setattr(forking, "FORKS", True)
    monkeypatch.setattr(forkserver, "ensure_running", fail)
    with ReaderPool(named, LIMITS, 2) as pool:
        pool.get_ready(2)
        assert dict(pool.map(jobs("a", "b"))) == {0: "a", 1: "b"}
    assert "cannot be forked" in caplog.text


@pytest.mark.skipif(not forking.FORKS, reason="readers are not forked here")
@pytest.mark.parametrize("waits", [True, False])
def test_hanging_reader_is_ended_although_the_process_that_forked_it_was_killed(waits):
    """As the system does when memory is short: nobody is left who could tell when the reader ends."""
    with ReaderPool(named, HURRIED, 1) as pool:
        results = pool.map(jobs("number", "hang", "b"))
        _, reader = next(results)
        os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)
        if waits:
            assert reasons(dict(results)) == {1: SkipReason.TIMED_OUT, 2: "b"}
            assert not _runs(reader)
    assert not _runs(reader)
    assert read_all(LIMITS, 1, "a") == {0: "a"}


def _runs(pid):
    """Tell whether a process is there that has not ended."""
    try:
        about = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return about.rpartition(")")[2].split()[0] not in "ZX"


def test_reader_that_makes_trouble_at_its_end_keeps_no_other_alive(monkeypatch):
    ends = iter([True, False])

    def killpg(pid, number):
        if next(ends):
            raise OSError("not today")
        real(pid, number)

    real = os.killpg
    pool = ReaderPool(named, LIMITS, 2)
    pool.start(2)
    assert dict(pool.map(jobs("a", "b"))) == {0: "a", 1: "b"}
    first, last = pool._readers
    monkeypatch.setattr(os, "killpg", killpg)
    with pytest.raises(OSError, match="not today"):
        pool.close()
    assert all(each._process._closed for each in (first, last))


def test_readers_ignore_ctrl_c_and_stay_silent(capfd):
    assert read_all(LIMITS, 1, "interrupt", "print") == {0: "still here", 1: "quiet"}
    assert "NOISE" not in "".join(capfd.readouterr())


def test_readers_are_modest():
    pid, niceness, threads, offline = read_all(LIMITS, 1, "look")[0]
    assert pid != os.getpid()
    assert niceness >= min(19, os.nice(0) + 5)
    assert (threads, offline) == ("1", "1")


def test_readers_have_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        failures = read_all(LIMITS, 1, port, work=connect)[0]
    assert failures == ["A reader has no network."] * 3


def test_names_that_are_not_utf8_arrive():
    name = os.fsdecode(b"caf\xe9\n\x1b.txt")
    assert read_all(LIMITS, 1, name) == {0: name}


@pytest.mark.skipif(sys.platform != "linux", reason="pidfd")
def test_readers_end_when_the_program_is_killed():
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import test_pool as t\n"
        "if __name__ == '__main__':\n"
        "    pool = t.ReaderPool(t.named, t.LIMITS, 1)\n"
        "    for key, result in pool.map(t.jobs('look', 'hang')):\n"
        "        print(result[0], flush=True)\n"
    )
    here = str(Path(__file__).parent)
    with subprocess.Popen(
        [sys.executable, "-c", program, here], stdout=subprocess.PIPE, text=True
    ) as parent:
        reader = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    try:
        ended, _, _ = select.select([reader], [], [], 10)
        assert ended
    finally:
        os.close(reader)


def test_readers_have_the_environment_of_the_program_now(monkeypatch):
    assert read_all(LIMITS, 1, "variable") == {0: None}
    monkeypatch.setenv("SET_MEANWHILE", "yes")
    assert read_all(LIMITS, 1, "variable") == {0: "yes"}


class Sharing:
    """Work that writes what it is told into shared memory; done once another reader has written there, too."""

    def share(self, descriptor):
        self.descriptor = descriptor

    def __call__(self, path):
        os.write(self.descriptor, f"{os.getpid()} {path.name}\n".encode())
        until = time.monotonic() + 20
        while time.monotonic() < until:
            written = os.pread(self.descriptor, 10_000, 0).decode()
            if len({line.split()[0] for line in written.splitlines()}) > 1:
                return written
            time.sleep(0.01)
        return "nobody else wrote"


@pytest.mark.skipif(sys.platform != "linux", reason="memory without a name")
@pytest.mark.parametrize("forks", [True, False])
def test_readers_share_memory_that_has_no_path(monkeypatch, forks):
    """A reader of an ordinary account is in a user namespace of its own, and may open nothing of the program."""
    monkeypatch.setattr(forking, "FORKS", forks)
    shared = os.memfd_create("test", os.MFD_CLOEXEC)
    try:
        with ReaderPool(Sharing(), LIMITS, 2, shared=shared) as pool:
            pool.start(2)
            jobs = [(number, Path(f"job{number}")) for number in range(8)]
            results = dict(pool.map(jobs, in_flight=1))
        written = os.pread(shared, 10_000, 0).decode().split("\n")[:-1]
    finally:
        os.close(shared)
    assert sorted(line.split()[1] for line in written) == sorted(path.name for _, path in jobs)
    assert len({line.split()[0] for line in written}) == 2
    assert all(f"job{number}\n" in result for number, result in results.items())
