"""Marks while groups are older than their files: nothing goes that is nowhere else, however the scan broke off."""

from __future__ import annotations

import hashlib
import os
import random

import marked
import pytest

from dedupe_app.engine.acting import run_act, run_undo
from dedupe_app.engine.messages import WINDOW_SCOPE, Act, Acted, Scan, UndoAction
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.planning import plan_marked
from dedupe_app.engine.ruling import carry_out, judge
from dedupe_app.engine.scan_messages import Progress, ScanOptions
from dedupe_app.engine.scanning import run_scan
from dedupe_app.records import ActionKind, Decision, Problem, Relation
from dedupe_app.review.rules import RuleSet
from dedupe_app.store import browse, decisions, documents, folders
from dedupe_app.store.database import open_library
from dedupe_app.text.pool import ReadersUnavailableError

WORDS = (
    "river stone meadow lantern copper violet harbour whistle orchard thunder pepper candle".split()
)
STAGES = ("intake", "hash", "text", "neighbours", "groups")
OLD = 1_500_000_000


@pytest.fixture(autouse=True)
def own_trash(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def words(seed, count=200):
    """Return a text that is like no other one."""
    chosen = random.Random(seed)
    return " ".join(f"{chosen.choice(WORDS)}{chosen.randrange(90)}" for _ in range(count))


def revised(text):
    return f"{text}. This sentence was added in a later version of the letter."


def put(path, text, time=OLD):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (time, time))
    return path


@pytest.fixture
def twins(tmp_path):
    """Return an open library, its desk, and two identical files, the second of which is marked."""
    docs = tmp_path / "docs"
    kept, own = put(docs / "k.txt", words(1), OLD + 9), put(docs / "x.txt", words(1))
    for number in range(4):
        put(docs / f"other{number}.txt", words(100 + number))
    with open_library(tmp_path / "library.sqlite") as library:
        folders.add_folders(library, [docs])
        desk = marked.sit_down(library)
        list(run_scan(library, desk, Scan()))
        assert [item.path for item in plan_marked(library, WINDOW_SCOPE).items] == [own]
        yield library, desk, kept, own


def break_off(library, desk, stage):
    """Scan, and stop when a stage begins."""
    steps = run_scan(library, desk, Scan())
    for event in steps:
        if isinstance(event, Progress) and event.stage == stage:
            break
    else:
        pytest.fail(f"no stage {stage}")
    steps.close()


def act(library, desk, kind, **options):
    command = Act(kind, marked.all_marked(library), **options)
    [report] = [each for each in run_act(library, desk, command) if isinstance(each, Acted)]
    return report


def is_somewhere(folder, text):
    wanted = hashlib.sha256(text.encode()).hexdigest()
    return any(
        hashlib.sha256(path.read_bytes()).hexdigest() == wanted
        for path in folder.rglob("*")
        if path.is_file()
    )


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("kind", [ActionKind.DELETE, ActionKind.LINK])
def test_keeper_became_another_text_and_the_scan_was_stopped(tmp_path, twins, stage, kind):
    library, desk, kept, own = twins
    put(kept, words(777), OLD + 99)
    break_off(library, desk, stage)
    again = marked.sit_down(library)  # as after a restart, or a crash
    for each in (again, desk):
        report = act(library, each, kind)
        assert report.done == 0
    assert own.read_text(encoding="utf-8") == words(1)


@pytest.mark.parametrize("stage", STAGES)
def test_file_became_another_text_and_a_person_marks_it(tmp_path, twins, stage):
    library, desk, _kept, own = twins
    put(own, words(777), OLD + 99)
    break_off(library, desk, stage)
    decisions.decide(library, [documents.file_at(library, own)], Decision.REMOVE)
    report = act(library, desk, ActionKind.DELETE)
    assert report.done == 0
    assert {problem for _, problem, _ in report.left} <= {Problem.CHANGED}
    assert is_somewhere(tmp_path, words(777))


def test_what_was_left_goes_or_stays_after_the_next_whole_scan(twins):
    library, desk, kept, own = twins
    put(kept, words(777), OLD + 99)
    break_off(library, desk, "groups")
    assert [item.problem for item in plan_marked(library, WINDOW_SCOPE).items] == [
        Problem.KEPT_LOST
    ]
    put(kept, words(1), OLD + 999)
    list(run_scan(library, desk, Scan()))
    report = act(library, desk, ActionKind.DELETE)
    assert (report.done, report.left) == (1, ())
    assert kept.exists() != own.exists()


def test_another_scope_of_the_library_was_scanned(tmp_path, twins):
    library, desk, kept, own = twins
    put(kept, words(777), OLD + 99)
    list(scan(library, ScanOptions((kept.parent,), processes=1)))
    [item] = plan_marked(library, WINDOW_SCOPE).items
    assert (item.path, item.problem) == (own, Problem.KEPT_LOST)
    assert act(library, desk, ActionKind.DELETE).done == 0
    assert is_somewhere(tmp_path, words(1))


def test_scan_that_failed_after_the_bytes_were_read(twins, monkeypatch):
    library, desk, kept, own = twins
    put(kept, words(777), OLD + 99)

    def failing(*_args, **_options):
        raise ReadersUnavailableError("No reader starts.", "")

    monkeypatch.setattr("dedupe_app.engine.pipeline.embed_missing", failing)
    with pytest.raises(ReadersUnavailableError):
        list(run_scan(library, desk, Scan()))
    assert act(library, desk, ActionKind.DELETE).done == 0
    assert own.exists()


def test_groups_of_an_earlier_version_are_made_anew_before_anything_goes(twins):
    library, desk, _kept, own = twins
    with library.atomic():
        library.execute("update group_members set found_for = null")
        library.execute("update scopes set signature = ''")
    assert [item.problem for item in plan_marked(library, WINDOW_SCOPE).items] == [Problem.CHANGED]
    desk = marked.sit_down(library)
    list(run_scan(library, desk, Scan()))
    assert act(library, desk, ActionKind.TRASH).done == 1
    assert not own.exists()


# ---- what stands in ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [ActionKind.DELETE, ActionKind.TRASH])
@pytest.mark.parametrize("gone", [True, False])
@pytest.mark.parametrize("third", ["revision", "same-text"])
def test_promised_identical_copy_goes_and_a_weaker_one_does_not_stand_in(
    tmp_path, twins, kind, gone, third
):
    library, desk, kept, own = twins
    other = words(1).upper() if third == "same-text" else revised(words(1))
    put(kept.with_name("m.txt"), other, OLD - 9)
    list(run_scan(library, desk, Scan()))
    decisions.decide(library, [documents.file_at(library, own)], Decision.REMOVE)
    shown = marked.all_marked(library)
    assert [(path, relation) for path, _, relation in shown if path == own] == [
        (own, Relation.IDENTICAL)
    ]
    if gone:
        kept.unlink()
    else:
        put(kept, "It was edited in the meantime.", OLD + 99)
    for again in (False, True):  # also when the library knows of it by then
        if again:
            list(run_scan(library, desk, Scan()))
        steps = run_act(library, desk, Act(kind, shown))
        [report] = [each for each in steps if isinstance(each, Acted)]
        problems = {path: problem for path, problem, _ in report.left}
        assert problems[own] in {Problem.KEPT_LOST, Problem.LAST_COPY, Problem.NOT_MARKED}
        assert own.read_text(encoding="utf-8") == words(1)


def test_what_is_shown_as_a_revision_goes_when_it_is_shown_again(twins):
    library, desk, kept, own = twins
    put(kept, revised(words(1)), OLD + 99)
    list(run_scan(library, desk, Scan()))
    decisions.decide(library, [documents.file_at(library, own)], Decision.REMOVE)
    [item] = plan_marked(library, WINDOW_SCOPE).items
    assert item.relation is Relation.REVISION
    report = act(library, desk, ActionKind.TRASH)
    assert report.done == 1
    list(run_undo(library, desk, UndoAction(report.batch)))
    assert own.exists()
    assert browse.count_all(library, WINDOW_SCOPE).files == 6


@pytest.mark.parametrize("by_rule", [True, False])
def test_mark_made_beside_a_copy_does_not_go_for_a_version_after_the_copy_is_lost(twins, by_rule):
    library, desk, kept, own = twins
    put(kept.with_name("m.txt"), revised(words(1)), OLD - 9)
    list(run_scan(library, desk, Scan()))
    if by_rule:
        decisions.decide(library, [documents.file_at(library, own)], Decision.UNDECIDED)
        verdict = judge(library, WINDOW_SCOPE, RuleSet(overrule=True))
        assert [row.path for row in verdict.remove] == [own]
        carry_out(library, WINDOW_SCOPE, verdict)
    else:
        decisions.decide(library, [documents.file_at(library, own)], Decision.REMOVE)
    kept.unlink()
    list(run_scan(library, desk, Scan()))
    [item] = plan_marked(library, WINDOW_SCOPE).items
    assert (item.path, item.problem) == (own, Problem.LAST_COPY)
    assert act(library, desk, ActionKind.DELETE).done == 0
    for decision in (Decision.UNDECIDED, Decision.REMOVE):  # now knowing what stays
        decisions.decide(library, [documents.file_at(library, own)], decision)
    assert act(library, desk, ActionKind.DELETE).done == 1
