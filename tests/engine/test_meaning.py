"""Texts that a model puts near each other are of one meaning only if their figures agree; nothing of that is marked."""

import csv
import io

import numpy as np
import pytest
from meaning_server import NEAR, Server, answer_by_matter, direction, status

from dedupe_app.engine.near_texts import find_families
from dedupe_app.engine.same_meaning import calibrated
from dedupe_app.records import Decision, GroupKind, Relation
from dedupe_app.store import spaces
from dedupe_app.store.database import open_library

LEASE_EN = (
    "Lease of the flat at Harbour Street 14, third floor. The tenant pays 1,250.00 each month to the landlord, on the "
    "first working day. The deposit of 3,750.00 is returned within 42 days after the keys were handed over. The lease "
    "begins on 2024-06-15 and may be ended with 90 days of notice in writing. Pets weighing up to 25 kg are allowed.\n"
)
LEASE_DE = (
    "Mietvertrag über die Wohnung in der Hafenstraße 14, dritter Stock. Der Mieter zahlt dem Vermieter monatlich "
    "1.250,00, und zwar am ersten Werktag. Die Kaution von 3.750,00 wird binnen 42 Tagen nach Übergabe der Schlüssel "
    "zurückgezahlt. Das Mietverhältnis beginnt am 15.06.2024 und kann mit einer Frist von 90 Tagen schriftlich "
    "gekündigt werden. Haustiere bis zu 25 kg Gewicht sind erlaubt.\n"
)
OTHER_DE = (
    LEASE_DE.replace("1.250,00", "1.480,00").replace("3.750,00", "4.440,00").replace("14", "77")
)
ESSAY_EN = (
    "Whoever has walked along the shore at low tide knows how quietly the water takes its leave. Shells remain, and "
    "ropes, and the slow crabs, which wait beneath the stones until the sea remembers them. Children collect what they "
    "find and carry it home in buckets, where it loses its colour before the evening. We ought to leave more of it "
    "where it lies; the shore is poorer for every bucket, and no window sill was ever made richer by a faded shell.\n"
)
ESSAY_FR = (
    "Quiconque a marché le long du rivage à marée basse sait combien l'eau se retire sans bruit. Restent "
    "des coquilles, des cordages et les crabes lents, qui attendent sous les pierres que la mer se "
    "souvienne d'eux. Les enfants ramassent ce qu'ils trouvent et l'emportent dans des seaux à la maison, "
    "où tout perd sa couleur avant le soir. Nous devrions en laisser davantage ; le rivage s'appauvrit à "
    "chaque seau, et nul rebord n'en est plus riche.\n"
)
MATTERS = {"lease": ("Lease of", "Mietvertrag"), "essay": ("low tide", "marée basse")}


@pytest.fixture
def server():
    running = Server()
    running.fault = answer_by_matter(MATTERS)
    yield running
    running.fault = status(401)
    running.stop()


@pytest.fixture
def scan(run_scan, plant, tmp_path, server):
    def scan_with(contents, near=NEAR, **options):
        server.fault = answer_by_matter(MATTERS, near)
        folder = plant(tmp_path / "tree", contents)
        return run_scan(
            tmp_path / "library.sqlite", folder, embedder=f"server:{server.url}#m", **options
        )

    return scan_with


def meaning_groups(scanned):
    found = {}
    for row in scanned.rows:
        if row.kind is GroupKind.MEANING:
            found.setdefault(row.group, set()).add(row.path.name)
    return sorted(map(sorted, found.values()))


def test_translation_with_the_same_figures_is_grouped(scan):
    scanned = scan({"lease.txt": LEASE_EN, "miete.txt": LEASE_DE, "shore.txt": ESSAY_EN})
    assert meaning_groups(scanned) == [["lease.txt", "miete.txt"]]
    keeper, copy = scanned.rows
    assert keeper.relation is None
    assert keeper.meaning is None
    assert copy.relation is Relation.SAME_MEANING
    assert copy.decision is Decision.UNDECIDED
    assert copy.similarity == pytest.approx(100 * copy.meaning, abs=0.1)
    assert abs(copy.meaning - NEAR) < 0.03
    assert "13 of 13 figures agree" in copy.reason
    assert scanned.finished.groups == scanned.finished.reclaimable_bytes == 0


def test_translation_with_other_figures_is_not(scan):
    assert meaning_groups(scan({"lease.txt": LEASE_EN, "other.txt": OTHER_DE})) == []


def test_texts_that_the_model_puts_apart_are_not(scan):
    assert meaning_groups(scan({"lease.txt": LEASE_EN, "miete.txt": LEASE_DE}, near=0.7)) == []


def test_without_figures_the_model_has_to_be_surer(scan):
    texts = {"shore.txt": ESSAY_EN, "rivage.txt": ESSAY_FR}
    assert meaning_groups(scan(texts, near=0.90)) == []
    (tree,) = {row.path.parent for row in scan({**texts, "x.txt": ESSAY_EN}).rows}
    for name in ("shore.txt", "rivage.txt", "x.txt"):
        (tree / name).unlink()
    surer = {"shore2.txt": ESSAY_EN + "Surely.", "rivage2.txt": ESSAY_FR + "Assurément."}
    scanned = scan(surer, near=0.98)
    assert meaning_groups(scanned) == [["rivage2.txt", "shore2.txt"]]
    assert "no figures to check it by" in scanned.rows[1].reason


def test_short_texts_say_too_little(scan):
    texts = {
        "a.txt": "Lease of 12 rooms, 45 chairs, 78 beds, 3 cats",
        "b.txt": "Mietvertrag 12 45 78 3",
    }
    assert meaning_groups(scan(texts, near=0.99)) == []


def test_what_is_alike_in_its_words_is_no_twin(scan):
    later = LEASE_EN.replace("weighing up to 25 kg", "of up to 25 kg")
    scanned = scan({"lease.txt": LEASE_EN, "later.txt": later})
    assert meaning_groups(scanned) == []
    assert {row.relation for row in scanned.rows} == {None, Relation.REVISION}


def test_copies_of_a_translation_come_along(scan):
    scanned = scan({"lease.txt": LEASE_EN, "miete.txt": LEASE_DE, "copy/miete.txt": LEASE_DE})
    names = [row.path.name for row in scanned.rows if row.kind is GroupKind.MEANING]
    assert sorted(names) == ["lease.txt", "miete.txt", "miete.txt"]
    marked = [row.path.name for row in scanned.rows if row.decision is Decision.REMOVE]
    assert marked == ["miete.txt"]  # for its bytes, in the group of duplicates


def test_column_meaning_is_filled_for_every_relation(scan):
    later = LEASE_EN.replace("weighing up to 25 kg", "of up to 25 kg")
    texts = {"a.txt": LEASE_EN, "b.txt": LEASE_EN, "c.txt": ESSAY_EN, "d.txt": ESSAY_EN + "Surely."}
    found = csv.DictReader(io.StringIO(scan({**texts, "e.txt": later}).csv.lstrip("\ufeff")))
    told = {(row["role"], row["relation"]): row["meaning"] for row in found}
    assert told.pop(("keeper", "")) == ""
    assert {relation for _, relation in told} >= {"revision"}
    assert all(float(meaning) > NEAR - 0.03 for meaning in told.values())


def test_same_bytes_have_the_same_meaning(scan):
    _, copy = scan({"a.txt": LEASE_EN, "b.txt": LEASE_EN}).rows
    assert copy.relation is Relation.IDENTICAL
    assert copy.meaning == pytest.approx(1)


def test_without_a_model_nothing_is_said_of_meaning(scan, run_scan, tmp_path):
    scan({"lease.txt": LEASE_EN, "miete.txt": LEASE_DE, "copy.txt": LEASE_EN})
    scanned = run_scan(tmp_path / "library.sqlite", tmp_path / "tree")
    assert meaning_groups(scanned) == []
    assert {row.meaning for row in scanned.rows} == {None}


def test_no_files_no_meaning(scan):
    assert scan({}).finished.model_problem is None


# ---- calibration -------------------------------------------------------------------------------


def many(count):
    """Return texts of one vocabulary in which no three words in a row come twice, and no figures agree."""
    chance = np.random.default_rng(5)
    words = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("", "n", "rs", "lt")]
    return {
        f"{number:03}.txt": " ".join([*chance.choice(words, 50), f"{1000 + number * 7}"])
        for number in range(count)
    }


def space_of(library):
    (space,) = spaces.all_spaces(library)
    return space


def test_few_texts_leave_the_careful_cuts(scan, tmp_path):
    scan({"lease.txt": LEASE_EN, "miete.txt": LEASE_DE})
    with open_library(tmp_path / "library.sqlite") as library:
        found = space_of(library).calibration
    assert not found.fitted
    assert (found.cut, found.strict) == (0.88, 0.95)
    assert found.texts == 2


def test_enough_texts_calibrate_the_space(scan, tmp_path):
    scanned = scan({**many(120), "lease.txt": LEASE_EN, "miete.txt": LEASE_DE}, near=0.7)
    with open_library(tmp_path / "library.sqlite") as library:
        found = space_of(library).calibration
        again = calibrated(library, space_of(library))
    assert found.fitted
    assert found.texts == 122
    # The two leases are translations of each other, and no unrelated pair.
    assert found.pairs == 122 * 121 // 2 - 1
    # Random directions in 256 dimensions: cosines around 0 with a deviation of 1/16.
    assert abs(found.usual) < 0.02
    assert 0.13 < found.unusual < 0.17
    assert 0.26 < found.cut < 0.45
    assert found.cut < found.strict < 0.6
    assert found.false_share == 0
    assert again == found
    assert meaning_groups(scanned) == [["lease.txt", "miete.txt"]]


def test_known_copies_are_part_of_the_calibration(scan, tmp_path):
    later = LEASE_EN.replace("weighing up to 25 kg", "of up to 25 kg")
    scan({"lease.txt": LEASE_EN, "later.txt": later})
    with open_library(tmp_path / "library.sqlite") as library:
        found = space_of(library).calibration
    assert found.copies == 1
    assert abs(found.copies_usual - NEAR) < 0.03


def test_other_texts_calibrate_anew(scan, tmp_path):
    scan(many(20))
    scan({f"x{name}": text[::-1] for name, text in many(40).items()})
    with open_library(tmp_path / "library.sqlite") as library:
        assert space_of(library).calibration.texts == 60


def test_cuts_found_in_another_way_are_found_anew(scan, tmp_path, monkeypatch):
    scan({"lease.txt": LEASE_EN, "miete.txt": LEASE_DE})
    monkeypatch.setattr("dedupe_app.engine.same_meaning.CALIBRATION_VERSION", 2)
    monkeypatch.setattr("dedupe_app.embed.calibration.CALIBRATION_VERSION", 2)
    with open_library(tmp_path / "library.sqlite") as library:
        assert calibrated(library, space_of(library)).version == 2
        assert space_of(library).calibration.version == 2


def test_families_hang_together():
    families = find_families([(1, 2), (5, 6), (2, 3)])
    assert families[1] == families[2] == families[3]
    assert families[5] == families[6] != families[1]
    assert direction("a").shape == (256,)
