"""Whatever happened to a tree, step by step, its groups are those of a fresh library."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FRAME = (
    "This order is placed under the general terms of the house and is paid within thirty days after delivery. "
    * 3
)
NOTE = (
    "The harbour office writes that the crane will be repaired in spring and that ships have to "
    "wait outside until noon."
)
STORY = (
    "An old clockmaker lived above the bakery and counted the bells at night. When the tower fell silent in winter, he "
    "climbed its stairs with a lantern, oiled the wheels, and found a nest of owls among the weights and chains. "
)
CONTENTS = [
    NOTE,
    NOTE.replace("spring", "autumn"),
    NOTE.upper(),
    STORY,
    STORY.replace("winter", "January").replace("lantern", "lamp"),
    f"{STORY}{NOTE} {FRAME}",
    *(f"Order {number} of {name}: {amount} pieces. {FRAME} Signed {name}." for number, name, amount in [
        (1201, "Adams", 17), (3307, "Baker", 230), (4411, "Clark", 5), (5513, "Davis", 88)]),
    "",
]  # fmt: skip
NAMES = [f"{folder}/{name}.txt" for folder in "ab" for name in "pqrst"]
STEP = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(CONTENTS)),
    st.tuples(st.sampled_from(["move", "copy"]), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.none()),
)
HISTORY = st.lists(st.lists(STEP, min_size=1, max_size=4), min_size=1, max_size=4)


def act(tree, step):
    kind, name, what = step
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "write":
        path.write_text(what)
    elif not path.exists():
        return
    elif kind == "delete":
        path.unlink()
    elif what != name:
        (tree / what).parent.mkdir(parents=True, exist_ok=True)
        (path.rename if kind == "move" else lambda target: shutil.copy2(path, target))(tree / what)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=HISTORY)
def test_groups_depend_on_the_files_alone(run_scan, plant, history):
    with tempfile.TemporaryDirectory() as temporary:
        tree = plant(Path(temporary, "tree"), dict(zip(NAMES, CONTENTS[:7], strict=False)))
        library = Path(temporary, "library.sqlite")
        run_scan(library, tree)
        for steps in history:
            for step in steps:
                act(tree, step)
            found = run_scan(library, tree)
        fresh = run_scan(Path(temporary, "fresh.sqlite"), tree)
        assert found.groups == fresh.groups
        assert found.finished.skipped == fresh.finished.skipped


def test_text_that_takes_the_place_of_another_in_a_crowd_is_noticed(run_scan, plant, tmp_path):
    orders = [content for content in CONTENTS if content.startswith("Order")]
    tree = plant(tmp_path / "tree", {f"{number}.txt": text for number, text in enumerate(orders)})
    run_scan(tmp_path / "library.sqlite", tree)
    (tree / "3.txt").unlink()
    run_scan(tmp_path / "library.sqlite", tree)
    plant(tree, {"4.txt": orders[0].replace("Adams", "Evans").replace("1201", "6617")})
    found = run_scan(tmp_path / "library.sqlite", tree)
    assert found.groups == run_scan(tmp_path / "fresh.sqlite", tree).groups
