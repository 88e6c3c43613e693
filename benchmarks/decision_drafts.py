"""Letters, contracts and rules of our own in six languages, as they grew stage by stage."""

from __future__ import annotations

import random
import re

import decision_noise as noise
from decision_common import Doc, jaccard, level_of
from decision_texts_drafts import TEXTS

LEAST = 0.10  # Jaccard of word 5-grams with the last stage; what shares less is open to dispute
MASKS = ["[...]", "XXXX", "N. N."]


def spans(mark: str, stage: int) -> bool:
    """Whether `2`, `1-2` or `3-` holds for the stage."""
    first, dash, last = mark.partition("-")
    return int(first) <= stage <= int(last or (99 if dash else first))


def inline(found: str, stage: int) -> str:
    for choice in re.split(r"\|(?=\d-?\d?:)", found):
        mark, _, text = choice.partition(":")
        if spans(mark, stage):
            return inner(text, stage)
    return ""


def inner(text: str, stage: int) -> str:
    """The text with its innermost choices made first."""
    return re.sub(r"\{(\d-?\d?:[^{}]*)\}", lambda m: inline(m[1], stage), text)


def at(text: str, stage: int) -> str:
    """The draft as it stood at that stage."""
    out = []
    for block in re.split(r"\n\s*\n", text):
        found = re.match(r"@(\d-\d?) ", block)
        if found and not spans(found[1], stage):
            continue
        block = block[found.end() :] if found else block
        while (made := inner(block, stage)) != block:
            block = made
        out.append(block)
    return "\n\n".join(out)


def stages(name: str, lang: str, count: int, names: list[str], text: str) -> list[Doc]:
    """All stages, one with the names blanked out if it has any, and a copy of the last."""
    last, group, rng = at(text, count), f"draft-{name}", random.Random("draft " + name)
    found = [(at(text, s), f"stage {s}/{count}") for s in range(count, 0, -1)]
    if names:
        blank = re.sub("|".join(names), rng.choice(MASKS), last)
        found.append((blank, "anonymised"))
    if count > 1:
        kind = rng.choice(sorted(noise.OFFICE))
        found.append((noise.OFFICE[kind](last, rng, lang), kind))
    docs: list[Doc] = []
    for body, note in found:
        likeness = jaccard(body, last)
        if likeness < LEAST and body is not last and note.startswith("stage"):
            continue
        relation = "revision" if docs else "original"
        level = level_of(likeness) if docs else "reference"
        docs.append(Doc(body, group, relation, name, level, "draft", "own", lang, note=note))
        docs[-1].sim_to_ref = f"{likeness:.3f}"
    return docs


def drafts_staged() -> list[Doc]:
    """Corpus G."""
    docs = []
    for part in re.split(r"(?m)^=== ", TEXTS)[1:]:
        head, _, body = part.partition("\n")
        name, lang, count, *names = (x.strip() for x in head.split("|"))
        known = [n for n in names[0].split(",") if n] if names else []
        docs += stages(name, lang, int(count), known, body.strip("\n"))
    return docs
