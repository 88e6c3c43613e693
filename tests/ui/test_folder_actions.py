"""Folders are added to the list once, by whatever way they are named."""

from dedupe_app.store.folders import folders
from dedupe_app.ui.folder_actions import _add


def test_other_way_to_a_listed_folder_is_not_added(library, tmp_path):
    place, link, inner = tmp_path / "docs", tmp_path / "link", tmp_path / "docs" / "in"
    inner.mkdir(parents=True)
    link.symlink_to(place)
    assert _add(library, [place]) == []
    assert _add(library, [link, place, place / "in" / ".." / "in", inner]) == [(link, place)]
    assert [folder.path for folder in folders(library)] == [place, inner]
