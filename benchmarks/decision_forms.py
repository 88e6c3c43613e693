"""Office forms in thirteen languages: records which differ in little, always in something that tells them apart."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import decision_noise as noise
from decision_common import Doc
from decision_texts_world import TEXTS
from decision_words_world import FIRMS, KINDS, MONTHS, PEOPLE, PLACES, STREETS

if TYPE_CHECKING:
    from collections.abc import Callable

# Whose date or month alone makes another document: receipts, notices, delivery notes.
PERIODIC = {"recibo-renda", "kira-ihtar", "huiyi-tongzhi", "hyoka-nouhin"}
NUMBERS = {"no", "nr", "unit", "id", "c", "k"}
Record = dict[str, str]


@dataclass(frozen=True)
class Form:
    """One form, its lists of choices and the fields that a series changes."""

    name: str
    lang: str
    count: int
    vary: list[list[str]]
    lists: dict[str, list[str]]
    text: str

    @property
    def keys(self) -> list[str]:
        """The fields, in the order of their first use, and one for each optional clause."""
        found = re.findall(r"\{([^{}]+)\}", self.text)
        clauses = [f"opt{i}" for i in range(self.text.count("[["))]
        return list(dict.fromkeys(found)) + clauses


def parse(source: str) -> list[Form]:
    out = []
    for part in re.split(r"(?m)^=== ", source)[1:]:
        head, _, body = part.partition("\n")
        name, lang, count, vary = (x.strip() for x in head.split("|"))
        lists = {m[1]: m[2].split("|") for m in re.finditer(r"(?m)^@@ (\w+): (.*)$", body)}
        rows = [[k.strip() for k in row.split(",")] for row in vary.split(";")]
        text = re.sub(r"(?m)^@@ .*\n", "", body).strip("\n")
        out.append(Form(name, lang, int(count), rows, lists, text))
    return out


def person(lang: str, rng: random.Random) -> str:
    first, last = (rng.choice(names.split()) for names in PEOPLE[lang])
    if lang in ("zh", "ja"):
        return last + (" " if lang == "ja" else "") + first
    return f"{first} {last}"


def date(lang: str, rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2021, 2024)
    if lang in ("zh", "ja"):
        return f"{year}年{month}月{day}日"
    if lang == "cs":
        return f"{day}. {month}. {year}"
    name = MONTHS[lang].split()[month - 1]
    if lang == "pt":
        return f"{day} de {name} de {year}"
    return f"{day}. {name} {year}" if lang == "de" else f"{day} {name} {year}"


def month(lang: str, rng: random.Random) -> str:
    number, year = rng.randint(1, 12), rng.randint(2021, 2024)
    if lang in ("zh", "ja"):
        return f"{year}年{number}月"
    return f"{number:02}/{year}"


def money(lang: str, rng: random.Random) -> str:
    whole = rng.choice([rng.randint(20, 99), rng.randint(100, 999), rng.randint(1000, 48000)])
    if lang in ("zh", "ja"):
        return f"{whole * 10:,}"
    plain = f"{whole:,}.{rng.choice([0, 0, 50, rng.randint(1, 99)]):02}"
    if lang == "en":
        return plain
    swap = " ," if lang in ("fr", "pl", "sv", "ru", "cs") else ".,"
    return plain.translate(str.maketrans(",.", swap))


def street(lang: str, rng: random.Random) -> str:
    text = rng.choice(STREETS[lang].split("|")).format(n=rng.randint(1, 140))
    return rng.choice(PLACES[lang].split("|")) + text if lang in ("zh", "ja") else text


def firm(lang: str, rng: random.Random) -> str:
    return f"{rng.choice(FIRMS.split())} {rng.choice(KINDS[lang].split('|'))}"


def rows(key: str, form: Form, rng: random.Random) -> str:
    """`rows-LIST-LEAST-MOST`: so many lines of article, quantity and price."""
    _, name, least, most = key.split("-")
    chosen = rng.sample(form.lists[name], rng.randint(int(least), int(most)))
    lines = [f"{c:<34}  {rng.randint(1, 40):>3}  {money(form.lang, rng):>12}" for c in chosen]
    return "\n".join(lines)


KINDS_OF_FIELD: dict[str, Callable[[str, random.Random], str]] = {
    "who": person,
    "d": date,
    "m": month,
    "a": money,
    "street": street,
    "firm": firm,
    "city": lambda lang, rng: rng.choice(PLACES[lang].split("|")),
    "t": lambda _, rng: f"{rng.randint(8, 19)}:{rng.choice(['00', '15', '30', '45'])}",
}


def value(key: str, form: Form, rng: random.Random) -> str:
    """One value of the kind before the dot: nK digits, LK letters, @list, or as named above."""
    kind = key.split(".")[0]
    if kind.startswith("opt"):
        return "yes" if rng.random() < 0.6 else ""
    if kind.startswith("rows"):
        return rows(kind, form, rng)
    if kind.startswith("@"):
        return rng.choice(form.lists[kind[1:]])
    if m := re.fullmatch(r"n(\d)", kind):
        return str(rng.randint(10 ** (int(m[1]) - 1), 10 ** int(m[1]) - 1))
    if m := re.fullmatch(r"L(\d)", kind):
        return "".join(rng.choice("ABCDEFGHKLMNPRSTUVWXYZ") for _ in range(int(m[1])))
    return KINDS_OF_FIELD[kind](form.lang, rng)


def tells_apart(key: str, form: Form) -> bool:
    """Whether another value makes another document, and not another state of the same one."""
    kind, _, label = key.partition(".")
    if kind in ("who", "firm"):
        return True
    if re.fullmatch(r"[nL][2-9]", kind):
        return label in NUMBERS
    return kind in ("d", "m") and form.name in PERIODIC


def sibling(form: Form, base: Record, rng: random.Random) -> tuple[Record, int]:
    """The record with one row of fields drawn again, and how many fields that is."""
    keys, new = list(rng.choice(form.vary)), dict(base)
    if not any(tells_apart(k, form) for k in keys):
        keys.append(next(k for k in form.vary[0] if tells_apart(k, form)))
    for key in keys:
        while new[key] == base[key]:
            new[key] = value(key, form, rng)
    return new, len(keys)


def fill(form: Form, record: Record) -> str:
    clauses = iter([record[k] for k in form.keys if k.startswith("opt")])
    text = re.sub(r"(?s)\[\[(.*?)\]\]", lambda m: m[1] if next(clauses) else "", form.text)
    text = re.sub(r"\{([^{}]+)\}", lambda m: record[m[1]], text)
    return re.sub(r"\n{3,}", "\n\n", text)


def family(form: Form) -> list[Doc]:
    """New records, and series whose members differ from their base in one row of fields."""
    rng = random.Random("forms_world " + form.name)
    bases: list[tuple[Record, str]] = []
    docs: dict[str, Doc] = {}
    while len(docs) < form.count:
        if not bases or rng.random() < 0.35:
            record, kind, series = {}, "free", f"{form.name}-{len(bases)}"
            record.update({k: value(k, form, rng) for k in form.keys})
            bases.append((record, series))
        else:
            base, series = rng.choice(bases)
            record, changed = sibling(form, base, rng)
            kind = "onefield" if changed == 1 else f"fields{changed}"
        text = fill(form, record)
        found = {"family": form.name, "kind": kind, "lang": form.lang, "note": series}
        docs.setdefault(text, Doc(text, source="generated", **found))
    return list(docs.values())


def copied(docs: list[Doc]) -> list[Doc]:
    """True copies of a quarter of the documents, each in the group of its original."""
    rng, out = random.Random("forms_world copies"), []
    for i, doc in enumerate(docs):
        if rng.random() > 0.25:
            continue
        doc.group, doc.relation = f"world-{i:04}", "original"
        name = rng.choice(sorted(noise.OFFICE))
        text = noise.OFFICE[name](doc.text, rng, doc.lang)
        out.append(Doc(text, doc.group, "near-copy", doc.family, name, lang=doc.lang))
    return out


def forms_world() -> list[Doc]:
    """Corpus F."""
    docs = [doc for form in parse(TEXTS) for doc in family(form)]
    return docs + copied(docs)
