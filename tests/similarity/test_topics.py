"""Topics: parts of a map that belong together, that stay themselves, and that are called by what is in them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.records import Detail
from dedupe_app.similarity import topics as topics_module
from dedupe_app.similarity.topic_languages import stop_words
from dedupe_app.similarity.topic_terms import terms_of
from dedupe_app.similarity.topic_words import name_topics
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
    assert all(len(name) <= 40 for name in names)


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


OTHERS = fill(ROOFS, 12)


def test_a_name_is_true_of_half_of_the_texts():
    rare = [f"Harbour {n}. The harbour has a quay." + " Lantern!" * 40 * (n < 3) for n in range(8)]
    assert "Lantern" not in named(rare, OTHERS)[0]
    assert "Harbour" in named(rare, OTHERS)[0]


def test_what_is_everywhere_names_nothing():
    mills = [f"Archive. The mill number {n} of the archive grinds corn." for n in range(6)]
    roofs = [f"Archive. The roof number {n} of the archive has shingles." for n in range(6)]
    for name in named(mills, roofs):
        assert "archive" not in name.lower().split(", ")


def test_titles_and_names_of_files_count_for_more():
    text = "Dear all, the pump was repaired {} and the valve was oiled by the plumber."
    terms = {n: terms_of(text.format(n), ("2024-03 Boiler report.v2",)) for n in range(6)}
    terms |= {6 + n: terms_of(each) for n, each in enumerate(OTHERS)}
    assert name_topics(terms, [list(range(6))])[0].startswith("Boiler report")


@pytest.mark.parametrize(
    "code",
    [
        "---\nowning-sig: sig-node\ncreation-date: 2020\n---\n",
        "```\nlet uint_event = poll(frob);\n```\n",
        "xcb_void_cookie_t xcb_map(uint32_t window);\n",
        "See frobnicate(3), getWindow, --colour-map and /usr/lib/frob.\n",
    ],
)
def test_code_and_keys_are_no_names(code):
    words = " ".join(terms_of(code).words)
    for word in ("frob", "uint", "window", "owning", "creation", "void", "colour", "node"):
        assert word not in words


def test_the_title_in_the_head_of_a_text_is_read():
    terms = terms_of(
        "---\ntitle: Gate security\nauthors:\n- '@someone'\n---\nText of the proposal."
    )
    assert "Gate security" in terms.written.values()
    assert "authors" not in terms.words


def test_german_verbs_are_no_names():
    text = "Der Dienst {} enthält die Drucker und erstellt für das Büro die Druckaufträge, die er sie nicht."
    (name, _) = named([text.format(n) for n in range(6)], OTHERS)
    assert "Drucker" in name or "Druckaufträge" in name or "Dienst" in name
    assert "nthält" not in name
    assert "rstellt" not in name


def test_forms_of_a_word_are_one_word():
    texts = ["Mit der Datei.", "Zwei Dateien.", "Die Datei hier.", "Viele Dateien dort."] * 2
    assert named(texts, OTHERS)[0].startswith("Datei")


def test_russian_names_stand_in_the_first_case():
    texts = [
        f"Настройка {n} сети. Подключение к сети. Сеть работает, в сетях то же." for n in range(6)
    ]
    (name, _) = named(texts, OTHERS)
    assert "сети" not in name.lower().split(", ")
    assert "сеть" in name.lower() or "настройка" in name.lower() or "подключение" in name.lower()


def test_chinese_words_are_not_cut():
    texts = [f"打开对话框{n}，对话框中有插图，在对话框里。" for n in range(6)]
    (name, _) = named(texts, fill(CHINESE, 6))
    assert "对话框" in name


def test_words_joined_by_a_preposition_are_one_name():
    texts = [f"Offer of employment\n\nLetter {n} about the offer of employment." for n in range(6)]
    assert named(texts, OTHERS)[0] == "Offer of employment"


def test_a_part_of_a_topic_is_not_named_like_the_whole():
    whole = fill(TIDES, 12)
    part = [f"{text} The sluice of the pond leaks. Sluice gates rot." for text in whole[:5]]
    terms = {n: terms_of(text) for n, text in enumerate([*part, *whole[5:], *OTHERS])}
    (name,) = name_topics(terms, [range(5)], within={0: range(12)})
    assert "sluice" in name.lower()


@pytest.mark.parametrize("themes", [3, 4])
def test_a_dozen_texts_have_topics(themes):
    chance = np.random.default_rng(1)
    about = np.repeat(np.arange(themes), 12 // themes + 1)
    places = np.array([[0, 0], [3, 0], [0, 3], [3, 3]])[about] + chance.normal(
        0, 0.1, (len(about), 2)
    )
    broad = find_topics(places)[:, Detail.BROAD]
    assert broad.max() + 1 == themes
    assert all(len(set(about[broad == topic])) == 1 for topic in range(themes))


def test_no_topic_is_nearly_everything():
    chance = np.random.default_rng(2)
    middles_ = np.array([[0, 0], [0.5, 0], [0.2, 0.5], [0.6, 0.5], [4, 4]])
    places = np.repeat(middles_, 40, 0) + 0.1 * chance.standard_normal((200, 2))
    broad = find_topics(places)[:, Detail.BROAD]
    assert np.bincount(broad[broad >= 0]).max() < 110


def test_a_whole_title_is_a_name():
    text = "Report on the basement flooding\n\nWater {} came in at night, and the pump failed."
    (name, _) = named([text.format(n) for n in range(6)], OTHERS)
    assert name == "Report on the basement flooding"


def test_who_wrote_a_mail_is_no_subject():
    mail = "From: Ann Other <ann@mill.example>\nTo: Bob <bob@mill.example>\nSubject: Boiler repair\n\nHello {}."
    words = terms_of(mail.format(1))
    assert "Boiler repair" in words.written.values()
    assert not any("other" in word or "ann" in word for word in words.words)


def test_what_names_in_code_begin_with_is_a_name():
    terms = terms_of("Call frob_open(), then frob_read() and frob_close(). Also let_go().")
    assert "frob" in terms.words
    assert "open" not in terms.words


def test_what_is_common_in_a_language_does_not_set_its_texts_apart():
    german = [
        f"Der Drucker {n} ist in dem Haus und die Datei ist bei dem Drucker. Die Datei fehlt."
        for n in range(6)
    ]
    files = [f"Die Datei {n} ist in dem Ordner und die Datei ist nicht alt." for n in range(6)]
    assert named(german, files, OTHERS)[0].startswith("Drucker")


def test_long_chinese_titles_are_whole():
    texts = [f"駐車場賃貸借契約書\n第{n}条は甲と乙のものである。それはよい。" for n in range(6)]
    assert named(texts, OTHERS)[0].startswith("駐車場賃貸借契約書")


def test_headings_of_parts_are_no_names():
    texts = [
        f"which {n}\nNAZWA\nwhich szuka polecenia. Polecenie jest tam.\nNAZWA\n" for n in range(6)
    ]
    assert "nazwa" not in named(texts, OTHERS)[0].lower()


def test_words_before_a_hyphen_are_halves():
    assert "heizungs" not in terms_of("Protokoll der Heizungs- und Wasseranlage").words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The mill is by the sea and it has a wheel of its own.", "en"),
        ("Die Mühle ist an dem Meer und sie hat ein Rad, das nicht alt ist.", "de"),
        ("潮汐磨坊不需要风，它在海边。", "zh"),
        ("これは海のそばにある水車です。", "ja"),
        ("12 34", ""),
    ],
)
def test_languages_are_told_by_their_small_words(text, code):
    assert terms_of(text).language == code
