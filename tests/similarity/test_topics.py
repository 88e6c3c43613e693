"""Topics: parts of a map that belong together, that stay themselves, and that are called by what is in them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.records import Detail
from dedupe_app.similarity import topics as topics_module
from dedupe_app.similarity.topic_words import name_topics, stop_words, terms_of
from dedupe_app.similarity.topics import NONE, find_topics, middles, same_topics

TIDES = "The tide mill at {} grinds corn when the water runs out. Tide mills need no wind, {}."
ROOFS = "A roof of {} shingles lasts forty years, says the carpenter. Roof shingles {} in rain."
CHINESE = "潮汐磨坊在{}时磨面粉，潮汐磨坊不需要风。{}"


@pytest.fixture(scope="module")
def islands():
    chance = np.random.default_rng(0)
    centres = np.array([[0, 0], [1, 0], [0, 1], [1, 1], [0.5, 0.5]])
    about = np.repeat(np.arange(5), 60)
    return centres[about] + 0.05 * chance.standard_normal((300, 2)), about


def test_islands_are_topics(islands):
    places, about = islands
    labels = find_topics(places)
    assert labels.shape == (300, len(Detail))
    broad = labels[:, Detail.BROAD]
    assert (broad != NONE).mean() > 0.9
    for topic in range(broad.max() + 1):
        assert len(set(about[broad == topic])) == 1
    assert {about[broad == topic][0] for topic in range(broad.max() + 1)} == set(range(5))


def test_levels_have_no_fewer_topics_the_finer_they_are(islands):
    counts = find_topics(islands[0]).max(0)
    assert counts[Detail.BROAD] <= counts[Detail.MIDDLE] <= counts[Detail.FINE]


def test_same_places_give_the_same_topics(islands):
    assert np.array_equal(find_topics(islands[0]), find_topics(islands[0]))


def test_far_texts_are_in_no_topic(islands):
    places = np.vstack([islands[0], [[9.0, 9.0]]])
    assert find_topics(places)[-1].tolist() == [NONE] * 3


@pytest.mark.parametrize("count", [0, 1, 5])
def test_few_places_have_no_topics(count):
    assert (find_topics(np.zeros((count, 2))) == NONE).all()


def test_many_places_follow_a_sample(islands, monkeypatch):
    monkeypatch.setattr(topics_module, "_MOST_PLACES", 150)
    places, about = islands
    broad = find_topics(places)[:, Detail.BROAD]
    assert (broad != NONE).mean() > 0.8
    for topic in range(broad.max() + 1):
        assert len(set(about[broad == topic])) == 1


def test_middle_is_a_place_of_the_topic(islands):
    places, _ = islands
    labels = find_topics(places)[:, Detail.BROAD]
    for topic, place in enumerate(middles(places, labels)):
        assert any(np.array_equal(place, own) for own in places[labels == topic])


def test_topics_are_known_again_by_most_of_their_texts():
    before = np.array([7] * 10 + [8] * 10 + [NONE] * 5)
    labels = np.array([1] * 9 + [0] * 11 + [2] * 5)
    assert same_topics(labels, before) == {1: 7, 0: 8}


def test_a_split_topic_keeps_its_number_once():
    before = np.array([7] * 10)
    labels = np.array([0] * 6 + [1] * 4)
    assert same_topics(labels, before) == {0: 7}


@given(st.lists(st.integers(-1, 3), min_size=1, max_size=30))
def test_every_topic_is_itself(labels):
    own = np.array(labels, np.int64)
    found = same_topics(own, own)
    assert found == {each: each for each in set(labels) if each != NONE}


def named(*groups):
    """Name topics given as lists of texts."""
    texts = [text for group in groups for text in group]
    terms = {number: terms_of(text) for number, text in enumerate(texts)}
    numbers, first = [], 0
    for group in groups:
        numbers.append(list(range(first, first + len(group))))
        first += len(group)
    return name_topics(terms, numbers)


def fill(text, count):
    words = "north south east west upper lower inner outer near far old new".split()
    return [text.format(words[n % 12], words[(n * 5 + 1) % 12]) for n in range(count)]


def test_named_after_what_only_they_have():
    tides, roofs = named(fill(TIDES, 8), fill(ROOFS, 8))
    assert any(word in tides.lower() for word in ("tide", "mill", "corn", "wind"))
    assert any(word in roofs.lower() for word in ("roof", "shingle", "carpenter", "forty"))
    assert tides[0].isupper()


def test_named_after_what_is_said_often():
    mills = [
        f"The mill {n}. Mill wheels, mill ponds; a mill by the sea. Letter {n}." for n in range(6)
    ]
    letters = [f"Letter {n} to nobody in particular, about the weather." for n in range(6)]
    assert "mill" in named(mills, letters)[0].lower()


def test_names_are_short_and_distinct():
    names = named(fill(TIDES, 6), fill(TIDES, 6), fill(ROOFS, 6), fill(ROOFS, 5))
    assert len(set(names)) == 4
    assert all(1 <= len(name.replace(",", "").split()) <= 3 for name in names if name)


def test_chinese_topics_have_chinese_names():
    chinese, english = named(fill(CHINESE, 8), fill(ROOFS, 8))
    assert any(part in chinese for part in ("潮汐", "磨坊"))
    assert english.isascii()


def test_written_as_in_the_texts():
    texts = [f"Report {n}: the NATO summit in Zürich, day {n}." for n in range(6)]
    (name, _) = named(texts, fill(ROOFS, 6))
    assert "NATO" in name or "Zürich" in name


def test_shouted_words_are_said():
    (name, _) = named([f"WAREHOUSE {n}: NATO" for n in range(6)], fill(ROOFS, 6))
    assert set(name.split(", ")) == {"Warehouse", "NATO"}


def test_stop_words_of_many_languages_say_nothing():
    words = stop_words()
    assert {"the", "und", "les", "para", "что", "että", "için", "的"} - words == {"的"}
    assert "the" not in terms_of("the the mill").words


def test_links_and_figures_are_no_names():
    words = terms_of("see https://example.org/mill or ask 4711 at mill@example.org").words
    assert not any("example" in word or "4711" in word for word in words)


@given(st.text(max_size=300))
def test_any_text_has_terms(text):
    terms = terms_of(text)
    assert set(terms.words) == set(terms.written)


def test_a_topic_without_words_has_no_name():
    assert named(["12 34", "56"], fill(ROOFS, 4))[0] == ""
