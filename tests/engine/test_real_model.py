"""With a real model, where one is named: DEDUPE_MODEL=qwen3-0.6b (or folder:PATH, server:URL#MODEL) pytest ...

What is asked of every model that knows English. Translations are asked of none, only that nothing false is claimed.
"""

import inspect
import os
import re
from contextlib import closing
from importlib import import_module

import numpy as np
import pytest
from paraphrases import WRITTEN
from test_meaning import ESSAY_EN, ESSAY_FR, LEASE_DE, LEASE_EN, OTHER_DE, meaning_groups

from dedupe_app.embed.opening import open_encoder
from dedupe_app.records import GroupKind, Relation

MODEL = os.environ.get("DEDUPE_MODEL", "")
QUESTIONS = {
    "roof": "broken tiles let the rain in",
    "bread": "how long does a loaf stay in the oven",
    "lease": "what must be paid when moving into a flat",
    "harbour": "how many ships called at the port",
    "vaccine": "clinical trial of an injection against a disease",
    "train": "replacement coaches while the track is closed",
    "garden": "when to cut back fruit trees",
    "backup": "how to protect data against loss",
}
# What the standard library says of itself: real English about other things, on every machine.
MODULES = (
    "argparse ast asyncio bisect calendar cmd codecs collections configparser csv ctypes datetime decimal difflib dis "
    "email fractions functools gettext gzip hashlib heapq html http imaplib inspect io ipaddress itertools json "
    "locale logging mailbox math mimetypes os pathlib pdb pickle platform pprint queue random re sched secrets shelve "
    "shlex shutil signal smtplib socket sqlite3 statistics string subprocess tarfile tempfile textwrap threading time "
    "timeit tokenize traceback unicodedata unittest urllib uuid wave weakref zipfile"
)

pytestmark = pytest.mark.skipif(not MODEL, reason="no model is named in DEDUPE_MODEL")


@pytest.fixture(scope="module")
def embed():
    with closing(open_encoder(MODEL)) as encoder:

        def vectors(texts, *, query=False):
            found = dict(encoder.encode(texts, query=query))
            return np.stack([found[place] for place in range(len(texts))])

        yield vectors


def other_texts():
    """Return what 110 modules, classes and functions say of themselves, each long enough to be looked at."""
    found = {}
    for module in map(import_module, MODULES.split()):
        said = [
            inspect.getdoc(member) or ""
            for _, member in sorted(vars(module).items())
            if inspect.getmodule(member) is module
        ]
        fit = [text for text in said if 40 <= len(re.findall(r"\w+", text)) <= 250]
        found |= {f"{module.__name__} {place}.txt": text for place, text in enumerate(fit[:4])}
    return {name: found[name] for name in sorted(found)[:110]}


def test_same_in_other_words_is_nearer_than_another_text_on_the_subject(embed):
    originals, others, same_subject = (
        embed([written[place] for written in WRITTEN]) for place in (1, 2, 3)
    )
    nearest = (originals @ np.concatenate([others, same_subject]).T).argmax(1)
    assert (nearest == np.arange(len(WRITTEN))).sum() >= len(WRITTEN) - 1


def test_question_finds_its_subject_by_meaning(embed):
    texts = embed([text for written in WRITTEN for text in written[1:]])
    questions = embed([QUESTIONS[subject] for subject, *_ in WRITTEN], query=True)
    found = (questions @ texts.T).argmax(1) // 3
    assert (found == np.arange(len(WRITTEN))).sum() >= len(WRITTEN) - 1


def test_paraphrases_are_grouped_and_nothing_else_is(run_scan, plant, tmp_path):
    texts = other_texts()
    assert len(texts) == 110
    for subject, original, other_words, same_subject in WRITTEN:
        texts |= {f"{subject} 1.txt": original, f"{subject} 2.txt": other_words}
        texts[f"{subject} other.txt"] = same_subject
    tree = plant(tmp_path / "tree", texts)
    scanned = run_scan(tmp_path / "library.sqlite", tree, embedder=MODEL)
    groups = meaning_groups(scanned)
    assert all(group in [[f"{s} 1.txt", f"{s} 2.txt"] for s, *_ in WRITTEN] for group in groups)
    # Two of the eight have no figures to compare, and many texts are alike in what they are about.
    assert len(groups) >= 4


def test_translations_are_nearer_than_everything_else(run_scan, plant, tmp_path):
    texts = {"lease.txt": LEASE_EN, "miete.txt": LEASE_DE, "other.txt": OTHER_DE}
    essays = {"shore.txt": ESSAY_EN, "rivage.txt": ESSAY_FR}
    tree = plant(tmp_path / "tree", {**texts, **essays})
    scanned = run_scan(tmp_path / "library.sqlite", tree, embedder=MODEL)
    assert scanned.finished.model_problem is None
    for group in meaning_groups(scanned):
        assert set(group) in ({"lease.txt", "miete.txt"}, {"shore.txt", "rivage.txt"})
    rows = [row for row in scanned.rows if row.kind is GroupKind.MEANING]
    assert {row.relation for row in rows} <= {None, Relation.SAME_MEANING}
