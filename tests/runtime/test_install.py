"""The environment is made by the real uv, of tiny wheels."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import namedtuple

import pytest
from filelock import FileLock
from wheelhouse import make_wheel, serving

from dedupe_app.errors import CardError
from dedupe_app.runtime import install as making
from dedupe_app.runtime import places, uv
from dedupe_app.runtime.install import Step, Trial, install
from dedupe_app.runtime.places import State
from dedupe_app.runtime.wanted import Sources, Wanted

FINE = Trial(
    "import json, tiny_torch; print(json.dumps({'account': ['torch ' + tiny_torch.VERSION]}))"
)


@pytest.fixture
def root(tmp_path, selection, monkeypatch):
    monkeypatch.setattr(places, "wanted", lambda _build: selection)
    return tmp_path / "card"


def make(root, selection, sources, trial=FINE):
    steps = []
    work = install(root, selection, sources, trial, "Test card")
    while True:
        try:
            steps.append(next(work))
        except StopIteration as stop:
            return stop.value, steps


def run_in(root, manifest, code):
    python = places.python_of(root / manifest.folder)
    done = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


# ---- made and used -----------------------------------------------------------------------------


def test_environment_holds_what_is_wanted_and_what_that_needs(root, selection, wheels):
    manifest, steps = make(root, selection, Sources(wheels=str(wheels)))
    assert places.find(root).state is State.READY
    assert places.find(root).manifest == manifest
    assert manifest.packages == {"tiny-torch": "1.0", "tiny-blas": "2.0", "tiny-model": "3.0"}
    assert manifest.account == ("torch 1.0",)
    assert run_in(root, manifest, "import tiny_blas, tiny_model; print(tiny_model.NAME)") == "model"
    stages = list(dict.fromkeys(step.stage for step in steps))
    assert stages == ["python", "list", "fetch", "trial"]
    total = sum(path.stat().st_size for path in wheels.iterdir())
    fetched = [step for step in steps if step.stage == "fetch"]
    assert fetched[-1] == Step("fetch", total, total)
    assert [step.done for step in fetched] == sorted(step.done for step in fetched)


def test_packages_come_from_a_mirror_that_tells_their_sizes(root, selection, wheels):
    with serving(wheels) as index:
        manifest, steps = make(root, selection, Sources(index=index.url))
    assert set(manifest.packages) == {"tiny-torch", "tiny-blas", "tiny-model"}
    assert steps[-1].stage == "trial"
    assert any(step.total == sum(p.stat().st_size for p in wheels.iterdir()) for step in steps)
    assert manifest.sources == Sources(index=index.url)


def test_torch_comes_from_a_list_of_its_own(root, wheels, tmp_path, monkeypatch):
    own = tmp_path / "own"
    make_wheel(own, "torch", "1.0", "VERSION = 'from its own list'\n")
    make_wheel(wheels, "torch", "1.0", "VERSION = 'from the others'\n")
    selection = Wanted(("torch==1.0", "tiny-model==3.0"), "cu130")
    trial = Trial("import json, torch; print(json.dumps({'account': [torch.VERSION]}))")
    with serving(wheels) as index, serving(own) as lists:
        sources = Sources(index=index.url, torch_index=lists.url)
        manifest, _ = make(root, selection, sources, trial)
    assert manifest.account == ("from its own list",)


def test_what_is_ready_is_not_made_again(root, selection, wheels):
    first, _ = make(root, selection, Sources(wheels=str(wheels)))
    shutil.rmtree(wheels)
    assert make(root, selection, Sources(wheels=str(wheels))) == (first, [])


# ---- broken off --------------------------------------------------------------------------------


def test_closed_in_the_middle_nothing_is_used_and_the_next_time_only_the_rest_is_fetched(
    root, selection, wheels
):
    with serving(wheels) as index:
        index.held = {"tiny_model"}
        work = install(root, selection, Sources(index=index.url), FINE, "Test card")
        for step in work:
            kept = list(root.glob("cache/wheels-*/**/*.http"))
            if step.stage == "fetch" and index.started.is_set() and len(kept) == 2:
                break
        work.close()
        assert places.find(root).state is State.UNFINISHED
        index.let_go.set()
        index.held = set()
        manifest, _ = make(root, selection, Sources(index=index.url))
    assert places.find(root).state is State.READY
    assert sorted(index.fetched) == sorted(set(index.fetched))
    assert run_in(root, manifest, "import tiny_model; print(tiny_model.NAME)") == "model"


KILLED = """
import sys
from pathlib import Path
from dedupe_app.runtime.install import Trial, install
from dedupe_app.runtime.wanted import Sources, Wanted
selection = Wanted(("tiny-torch==1.0", "tiny-model==3.0"), "cu130")
for step in install(Path(sys.argv[1]), selection, Sources(index=sys.argv[2]), Trial(""), "card"):
    print(step.stage, flush=True)
"""


def test_killed_in_the_middle_it_goes_on_the_next_time(root, selection, wheels):
    with serving(wheels) as index:
        index.held = {"tiny_model"}
        maker = subprocess.Popen(
            [sys.executable, "-c", KILLED, root, index.url], stdout=subprocess.PIPE
        )
        assert index.started.wait(60)
        maker.kill()
        maker.communicate()
        assert places.find(root).state is State.UNFINISHED
        index.held = set()
        index.let_go.set()
        make(root, selection, Sources(index=index.url))
    assert places.find(root).state is State.READY


def test_a_trial_that_fails_leaves_nothing_in_use_and_says_why(root, selection, wheels):
    told = {"title": "The graphics card computes wrongly.", "hint": "Update its driver."}
    trial = Trial(f"print({json.dumps(told)!r}); raise SystemExit(1)")
    with pytest.raises(CardError) as caught:
        make(root, selection, Sources(wheels=str(wheels)), trial)
    assert (caught.value.title, caught.value.hint) == tuple(told.values())
    assert places.find(root).state is State.UNFINISHED


def test_a_trial_that_crashes_names_the_log(root, selection, wheels):
    with pytest.raises(CardError) as caught:
        make(root, selection, Sources(wheels=str(wheels)), Trial("import no_such_module"))
    assert str(places.log_path(root)) in caught.value.hint
    assert "no_such_module" in places.log_path(root).read_text(encoding="utf-8")


def test_a_folder_without_all_packages_is_named(root, selection, wheels):
    next(wheels.glob("tiny_blas*")).unlink()
    with pytest.raises(CardError, match="does not hold all packages"):
        make(root, selection, Sources(wheels=str(wheels)))
    assert "tiny-blas" in places.log_path(root).read_text(encoding="utf-8")


def test_a_mirror_that_is_not_there_is_told_with_what_can_be_done(root, selection, monkeypatch):
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    with pytest.raises(CardError) as caught:
        make(root, selection, Sources(index="http://127.0.0.1:9/simple"))
    assert "HTTPS_PROXY" in caught.value.hint


def test_a_damaged_package_is_not_used(root, selection, wheels, monkeypatch):
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    with serving(wheels) as index:
        work = install(root, selection, Sources(index=index.url), FINE, "Test card")
        for step in work:
            if step.stage == "fetch":
                break
        wheel = next(wheels.glob("tiny_model*"))
        make_wheel(wheels, "tiny-model", "3.0", "NAME = 'another'\n")
        with pytest.raises(CardError):
            list(work)
    assert wheel.exists()
    assert places.find(root).state is State.UNFINISHED


def test_a_disk_that_is_too_full_is_told_before_anything_is_fetched(
    root, selection, wheels, monkeypatch
):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(making.shutil, "disk_usage", lambda _: usage(10**9, 10**9, 1000))
    with serving(wheels) as index:
        with pytest.raises(CardError, match=r"needs 1\.0 GB of disk, and 0\.0 GB are free"):
            make(root, selection, Sources(index=index.url))
        assert not [name for name in index.fetched if "model" in name]


def test_only_one_is_made_at_a_time(root, selection, wheels):
    root.mkdir()
    with FileLock(root.with_name("card.lock")):
        with pytest.raises(CardError, match="already"):
            make(root, selection, Sources(wheels=str(wheels)))
        with pytest.raises(CardError, match="already"):
            places.remove(root)
    assert root.exists()


def test_without_a_python_that_fits_it_says_which_would(root, selection, wheels, monkeypatch):
    monkeypatch.setattr(making, "_python_wish", lambda: "==3.11.99")
    with pytest.raises(CardError, match="No Python was found that fits"):
        make(root, selection, Sources(wheels=str(wheels)))


def test_without_uv_it_says_so(root, selection, wheels, monkeypatch, tmp_path):
    monkeypatch.setattr(uv.sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CardError, match="uv, which makes the environment, is not here"):
        make(root, selection, Sources(wheels=str(wheels)))


# ---- another version, and gone -----------------------------------------------------------------


def test_another_version_of_the_program_does_not_use_it_until_it_is_renewed(
    root, selection, wheels, monkeypatch
):
    sources = Sources(wheels=str(wheels))
    old, _ = make(root, selection, sources)
    make_wheel(wheels, "tiny-model", "4.0")
    newer = Wanted(("tiny-torch==1.0", "tiny-model==4.0"), "cu130")
    monkeypatch.setattr(places, "wanted", lambda _build: newer)
    assert places.find(root).state is State.OUTDATED
    new, _ = make(root, newer, sources)
    assert places.find(root).state is State.READY
    assert new.packages["tiny-model"] == "4.0"
    assert [folder.name for folder in root.glob("env-*")] == [new.folder]
    assert new.folder != old.folder


def test_a_renewal_that_fails_leaves_the_old_one_whole(root, selection, wheels, monkeypatch):
    old, _ = make(root, selection, Sources(wheels=str(wheels)))
    newer = Wanted(("tiny-torch==1.0", "tiny-model==5.0"), "cu130")
    monkeypatch.setattr(places, "wanted", lambda _build: newer)
    with pytest.raises(CardError):
        make(root, newer, Sources(wheels=str(wheels)))
    assert places.find(root).manifest == old
    assert run_in(root, old, "import tiny_model; print(tiny_model.NAME)") == "model"


def test_an_environment_whose_python_went_away_is_not_used_and_can_be_made_anew(
    root, selection, wheels
):
    manifest, _ = make(root, selection, Sources(wheels=str(wheels)))
    places.python_of(root / manifest.folder).unlink()
    assert places.find(root).state is State.FAULTY
    make(root, selection, Sources(wheels=str(wheels)))
    assert places.find(root).state is State.READY


def test_removed_nothing_is_left(root, selection, wheels):
    make(root, selection, Sources(wheels=str(wheels)))
    assert places.remove(root) > 100_000
    assert not root.exists()
    assert places.find(root).state is State.ABSENT


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": 99}', '{"format": 1, "sources": {}}']
)
def test_a_record_that_makes_no_sense_means_not_finished(root, content):
    (root / "env-1").mkdir(parents=True)
    (root / "environment.json").write_text(content, encoding="utf-8")
    assert places.find(root).state is State.UNFINISHED
