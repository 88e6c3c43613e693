"""Rows of groups and files are found both ways, whatever is open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.ui.group_rows import GroupRows, Place, Stretch

SIZES = st.lists(st.integers(min_value=2, max_value=9), max_size=60)


def naive_places(sizes, closed):
    return [
        Place(position, line)
        for position, size in enumerate(sizes)
        for line in range(1 if position in closed else size + 1)
    ]


@given(SIZES, st.data())
def test_rows_and_places_agree_with_a_plain_list(sizes, data):
    turns = data.draw(st.lists(st.integers(0, max(0, len(sizes) - 1)), max_size=20))
    closed = set()
    rows = GroupRows(sizes)
    for position in turns if sizes else ():
        closed ^= {position}
        rows.set_open(position, is_open=position not in closed)
    expected = naive_places(sizes, closed)
    assert len(rows) == len(expected)
    assert [rows.place(row) for row in range(len(rows))] == expected
    assert [rows.row(place) for place in expected] == list(range(len(rows)))
    assert set(rows.closed()) == closed
    assert [rows.copy().place(row) for row in range(len(rows))] == expected


@given(SIZES.filter(len), st.data())
def test_stretches_cover_a_range_once(sizes, data):
    closed = data.draw(st.sets(st.integers(0, len(sizes) - 1)))
    rows = GroupRows(sizes, others=closed)
    top = data.draw(st.integers(0, len(rows) - 1))
    bottom = data.draw(st.integers(top, len(rows) - 1))
    covered = [
        Place(stretch.position, line)
        for stretch in rows.stretches(top, bottom)
        for line in range(stretch.first, stretch.last + 1)
    ]
    assert covered == naive_places(sizes, closed)[top : bottom + 1]


def test_all_may_be_closed_but_some():
    rows = GroupRows([3, 2, 4], is_open=False, others=[1])
    assert list(rows.closed()) == [0, 2]
    assert [rows.place(row).position for row in range(len(rows))] == [0, 1, 1, 1, 2]


def test_many_groups_beyond_one_block():
    rows = GroupRows([3] * 5000)
    assert len(rows) == 20_000
    assert rows.place(19_999) == Place(4999, 3)
    rows.set_open(1000, is_open=False)
    assert rows.header_row(1001) == 4 * 1001 - 3
    assert rows.row(Place(1000, 2)) == 4000, "a hidden file is found at its header"
    assert list(rows.stretches(3998, 4002)) == [
        Stretch(999, 2, 3),
        Stretch(1000, 0, 0),
        Stretch(1001, 0, 1),
    ]
