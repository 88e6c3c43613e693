"""Transformations which leave a document the same document: scans, prints, typos, small edits."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable

CONFUSED = [
    ("l", "1"),
    ("1", "l"),
    ("O", "0"),
    ("0", "O"),
    ("rn", "m"),
    ("m", "rn"),
    ("e", "c"),
    ("h", "b"),
    ("S", "5"),
    ("B", "8"),
    ("i", "l"),
    ("cl", "d"),
    ("d", "cl"),
    ("u", "n"),
    ("I", "l"),
    ("vv", "w"),
    ("a", "o"),
    ("t", "f"),
    (",", "."),
    ("ü", "u"),
    ("é", "e"),
]
ADDED = {
    "en": [
        "Our office is closed between Christmas and New Year.",
        "Please keep this document for your files.",
        "If anything in this document is unclear, do not hesitate to ask the person named above.",
        "Further explanations can be found on our web page.",
        "An electronic version is available on request.",
        "We apologise for the inconvenience caused by the recent change of our telephone system.",
    ],
    "de": [
        "Bitte bewahren Sie dieses Schreiben für Ihre Unterlagen auf.",
        "Zwischen Weihnachten und Neujahr ist unser Büro geschlossen.",
        "Bei Fragen wenden Sie sich gern an die oben genannte Stelle.",
        "Weitere Hinweise finden Sie auf unserer Internetseite.",
    ],
    "fr": [
        "Veuillez conserver ce document avec vos dossiers.",
        "Nos bureaux sont fermés entre Noël et le jour de l'an.",
        "Pour toute question, la personne indiquée ci-dessus reste à votre disposition.",
    ],
    "es": [
        "Conserve este documento junto con su documentación.",
        "Nuestras oficinas permanecen cerradas entre Navidad y Año Nuevo.",
        "Si tiene alguna duda, póngase en contacto con la persona indicada más arriba.",
    ],
    "zh": ["请妥善保管本文件。", "如有疑问,请与上述联系人联系。", "春节期间本公司放假,敬请谅解。"],
    "man": [
        "This behaviour has not changed since the first release.",
        "Applications should not depend on the order in which this happens.",
        "See the examples below for the most common way to use this.",
        "The description above applies to all supported platforms.",
        "Older programs sometimes rely on the former behaviour, which is no longer documented.",
        "Portable programs check the result before they go on.",
    ],
}
NAMES = ["M. Okafor", "R. Lindqvist", "T. Haas", "C. Moreau", "J. Pereira", "K. Novak", "S. Whitby"]
Noise = Callable[[str, random.Random, str], str]


def stamp_date(rng: random.Random) -> str:
    month = rng.choice(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Sep", "Oct", "Nov"])
    return f"{rng.randint(1, 28)} {month} {rng.randint(2019, 2025)}"


def reflow(text: str, width: int, hyphens: bool = False) -> str:
    """New line breaks inside paragraphs; tables (two or more spaces) lose their alignment."""
    out = []
    for block in re.split(r"\n\s*\n", text):
        flat = re.sub(r"[‐-]\n\s*(?=[a-z])", "", block) if hyphens else block
        out.append(textwrap.fill(" ".join(flat.split()), width, break_long_words=False))
    return "\n\n".join(out)


def rewrap(text: str, rng: random.Random, lang: str) -> str:
    del lang
    return reflow(text, rng.choice([46, 58, 66, 96, 120]))


def lost_breaks(text: str, rng: random.Random, lang: str) -> str:
    """All on a few very long lines, as a bad converter leaves it."""
    del lang
    if rng.random() < 0.5:
        return " ".join(text.split())
    return "\n".join(" ".join(b.split()) for b in re.split(r"\n\s*\n", text))


def ocr(text: str, rng: random.Random, lang: str) -> str:
    """1-3 % of the characters confused, lines broken anew with hyphens, some spaces lost."""
    del lang
    rate = rng.uniform(0.01, 0.03)
    text = broken_hyphens(text, rng)
    out, i = [], 0
    while i < len(text):
        hits = [p for p in CONFUSED if text.startswith(p[0], i)]
        if hits and rng.random() < rate * 1.7:
            a, b = rng.choice(hits)
            out.append(b)
            i += len(a)
            continue
        if not (text[i] == " " and rng.random() < rate / 4):
            out.append(text[i])
        i += 1
    return "".join(out)


def broken_hyphens(text: str, rng: random.Random) -> str:
    words = re.split(r"(\s+)", text)
    for i, w in enumerate(words):
        if len(w) > 7 and w.isalpha() and rng.random() < 0.05:
            k = rng.randint(3, len(w) - 3)
            words[i] = w[:k] + rng.choice(["-\n", "-\n", "- "]) + w[k:]
    return "".join(words)


def typos(text: str, rng: random.Random, lang: str) -> str:
    del lang
    rate = rng.uniform(0.01, 0.03)
    words = re.split(r"(\s+)", text)
    for i, w in enumerate(words):
        if len(w) > 3 and w.isalpha() and w.isascii() and rng.random() < rate * 1.6:
            words[i] = typo(w, rng)
    return "".join(words)


def typo(w: str, rng: random.Random) -> str:
    k, how = rng.randint(1, len(w) - 2), rng.randint(0, 3)
    if how == 0:
        return w[:k] + w[k + 1] + w[k] + w[k + 2 :]
    if how == 1:
        return w[:k] + w[k + 1 :]
    if how == 2:
        return w[:k] + w[k] + w[k:]
    return w[:k] + rng.choice("aeinrst") + w[k + 1 :]


def one_typo_fixed(text: str, rng: random.Random, lang: str) -> str:
    """One or two words spelt otherwise."""
    del lang
    words = re.split(r"(\s+)", text)
    good = [i for i, w in enumerate(words) if len(w) > 4 and w.isalpha() and w.islower()]
    for i in rng.sample(good, min(2, len(good))):
        words[i] = typo(words[i], rng) if words[i].isascii() else words[i]
    return "".join(words)


def frame(text: str, rng: random.Random, lang: str) -> str:
    """Running header and footer with page numbers, as a print shop or a browser adds them."""
    lines, size = text.split("\n"), rng.randint(28, 56)
    pages = [lines[i : i + size] for i in range(0, len(lines), size)]
    who, day, job = rng.choice(NAMES), stamp_date(rng), rng.randint(1000, 99999)
    label = {"de": "Seite", "fr": "page", "es": "página", "zh": "第"}.get(lang, "Page")
    out = []
    for i, p in enumerate(pages, 1):
        out += [f"Archive copy - job {job}", "", *p, ""]
        out += [f"Printed by {who} on {day}    {label} {i} / {len(pages)}", "\f"]
    return "\n".join(out)


def stamped(text: str, rng: random.Random, lang: str) -> str:
    word = {"de": "Eingegangen am", "fr": "Reçu le", "es": "Recibido el", "zh": "收到日期"}
    note = f"{word.get(lang, 'Received')} {stamp_date(rng)}"
    if rng.random() < 0.5:
        note += f"  -  {rng.choice(NAMES)}"
    lines = text.split("\n")
    k = rng.choice([0, min(3, len(lines)), len(lines)])
    return "\n".join([*lines[:k], note, *lines[k:]])


def signed(text: str, rng: random.Random, lang: str) -> str:
    del lang
    who = rng.choice(NAMES)
    return (
        text + f"\n\nSigned electronically by {who}\nDate: {stamp_date(rng)}\n"
        f"Certificate serial {rng.getrandbits(48):x}\n"
    )


def mailed(text: str, rng: random.Random, lang: str) -> str:
    """The document inside a cover mail."""
    del lang
    a, b = rng.sample(NAMES, 2)
    body = rng.choice(
        [
            "Please find the document below.",
            "FYI, as discussed.",
            "Forwarding this for the file. Please do not reply to this address.",
        ]
    )
    quote = "\n".join("> " + z for z in text.split("\n")) if rng.random() < 0.4 else text
    return (
        f"From: {a} <office@example.org>\nTo: {b} <files@example.org>\nDate: {stamp_date(rng)}\n"
        f"Subject: Fwd: {text.strip().splitlines()[0].strip()[:60]}\n\n{body}\n\n{quote}\n"
    )


def sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?。])\s+", text) if s.strip()]


def revised(text: str, rng: random.Random, lang: str) -> str:
    """One or two sentences of prose added, and a wording changed (never a figure)."""
    blocks = re.split(r"(\n\s*\n)", text)
    prose = [i for i in range(0, len(blocks), 2) if len(sentences(blocks[i])) > 1] or [
        len(blocks) - 1
    ]
    for s in rng.sample(ADDED.get(lang, ADDED["en"]), rng.randint(1, 2)):
        i = rng.choice(prose)
        blocks[i] = blocks[i].rstrip() + ("" if lang == "zh" else " ") + s
    words = "".join(blocks)
    for old, new in (
        ("please", "kindly"),
        ("shall", "must"),
        ("is used to", "serves to"),
        ("bitte", "freundlicherweise"),
        ("veuillez", "merci de"),
        ("must", "has to"),
    ):
        if rng.random() < 0.5:
            words = re.sub(rf"\b{old}\b", new, words, count=1)
    return words


def chain(*steps: Noise) -> Noise:
    def run(text: str, rng: random.Random, lang: str) -> str:
        for s in steps:
            text = s(text, rng, lang)
        return text

    return run


ALL: dict[str, Noise] = {
    "ocr": ocr,
    "rewrap": rewrap,
    "typo": typos,
    "frame": frame,
    "revised": revised,
    "ocr+rewrap": chain(rewrap, ocr),
    "frame+ocr": chain(ocr, frame),
    "typo+rewrap": chain(rewrap, typos),
}
OFFICE: dict[str, Noise] = {
    **ALL,
    "typofix": one_typo_fixed,
    "stamp": stamped,
    "signed": signed,
    "linebreaks": lost_breaks,
    "mail": mailed,
    "mail+rewrap": chain(rewrap, mailed),
    "stamp+ocr": chain(stamped, ocr),
}
