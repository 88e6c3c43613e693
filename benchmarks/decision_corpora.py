"""Builds the development corpora of the duplicate decision in a folder (see the names at the end).

    python benchmarks/decision_corpora.py [--fetch] [--out FOLDER] [NAME ...]

Other sources and templates than the open corpora, so that a rule fitted to those is tested anew.
Everything is seeded: the same sources give the same files.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from pathlib import Path

import decision_noise as noise
import decision_sources as sources
from decision_common import COLUMNS, Doc, jaccard, level_of, without_disputes, write
from decision_drafts import drafts_staged
from decision_forms import forms_world
from decision_rewrites import rewrites
from decision_templates import Filler, Template, templates

QUOTA = {"rewrite": 30, "heavy": 40, "medium": 40, "light": 30}
LIBRARIES = [
    ("libcurl4-doc", r"^CURLOPT_", 60),
    ("libcurl4-doc", r"^(curl_|CURLINFO|CURLMOPT)", 24),
    ("libssl-doc", r"\.3ssl", 60),
    ("ncurses-doc", r"^(curs|\w+\.3)", 36),
    (
        "manpages-dev",
        r"^(a?(sin|cos|tan)h?|ceil|floor|round|trunc|rint|exp\d?|log\d*|fm\w+)\.3",
        30,
    ),
    ("manpages-dev", r"\.3\w*\.gz", 36),
    ("manpages-dev", r"\.2\w*\.gz", 30),
    ("tcl8.6-doc", r".", 24),
    ("tk8.6-doc", r".", 24),
    ("git-man", r".", 24),
]


def revision_group(key: tuple[str, str], found: list[tuple[str, str]]) -> list[Doc]:
    """The versions of one page which differ, levels by likeness to the newest; [] if none does."""
    newest = found[-1][1]
    docs, seen = [], defaultdict(int)
    for version, text in reversed(found):
        similar = jaccard(text, newest)
        level = level_of(similar)
        seen[text] += 1
        many = level == "rewrite" and any(d.level == "rewrite" for d in docs)
        if not level or seen[text] > (2 if text == newest else 1) or many:
            continue
        relation = "revision" if docs else "original"
        if docs and text == newest:
            relation = "exact"
        docs.append(
            Doc(
                text,
                "rev-" + "-".join(key),
                relation,
                "/".join(key),
                level if docs else "reference",
                source=f"{key[0]} {version}",
                sim_to_ref=f"{similar:.3f}",
            )
        )
    return (
        docs[:1] + random.Random(str(key)).sample(docs[1:], min(3, len(docs) - 1))
        if docs[1:]
        else []
    )


def revisions() -> tuple[list[Doc], sources.Pages]:
    """Corpus A, and the pages it leaves unused."""
    found = sources.pages()
    rng = random.Random("revisions")
    order = sorted(found)
    rng.shuffle(order)
    left, chosen, packages = dict(QUOTA), [], defaultdict(int)
    used: set[tuple[str, str]] = set()
    for key in order:
        group = revision_group(key, found[key])
        rank = ["rewrite", "heavy", "medium", "light"]
        worst = min((rank.index(d.level) for d in group if d.level in rank), default=None)
        if worst is not None and left[rank[worst]] and packages[key[0]] < 75:
            left[rank[worst]] -= 1
            packages[key[0]] += 1
            used.add(key)
            chosen += group
    rest = [k for k in order if k not in used]
    length = {k: len(found[k][-1][1].split()) for k in rest}
    reserved = set([k for k in rest if length[k] >= 800][:72])
    reserved |= set([k for k in rest if length[k] >= 300 and k not in reserved][:72])
    for key in [k for k in rest if k not in reserved][:340]:
        version, text = rng.choice(found[key])
        chosen.append(Doc(text, family="/".join(key), source=f"{key[0]} {version}"))
    docs, dropped = without_disputes(chosen, 0.25, 0.5)
    print(f"revisions: {dropped} files dropped as disputable")
    return docs, {k: found[k] for k in sorted(reserved)}


def copies(docs: list[Doc], kinds: dict[str, noise.Noise], seed: str, lang: str = "") -> list[Doc]:
    """True near-copies of a third of the documents, under the group of their original."""
    rng, out = random.Random(seed), []
    for i, doc in enumerate(docs):
        if rng.random() > 1 / 3:
            continue
        doc.group, doc.relation = f"{seed}-{i:04}", "original"
        for name in rng.sample(sorted(kinds), rng.choice([1, 1, 1, 2])):
            text = kinds[name](doc.text, rng, lang or doc.lang)
            relation = "revision" if name in ("revised", "typofix") else "near-copy"
            out.append(
                Doc(
                    text,
                    doc.group,
                    relation,
                    doc.family,
                    name,
                    doc.kind,
                    doc.source,
                    doc.lang,
                    note=doc.note,
                )
            )
    return out


def real_records() -> list[Doc]:
    rng, docs, seen = random.Random("templates_real"), [], set()
    for package, pattern, n in LIBRARIES:
        files = [p for p in sources.man_files(package, pattern) if p not in seen]
        for file in sources.chunks(files, n, rng):
            seen.add(file)
            text = sources.man(file, rng.choice([78, 78, 78, 100]))
            if 40 <= len(text.split()) <= 2500:
                docs.append(Doc(text, family=f"man {package} {pattern[:8]}", source=file.name))
    for family, found, n in (
        ("copyright", sources.copyrights(), 80),
        ("unit", sources.units(), 50),
        ("changelog", sources.changelog_entries(), 40),
    ):
        docs += [
            Doc(t, family=family, source=name) for name, t in rng.sample(found, min(n, len(found)))
        ]
    return docs


def templates_real() -> list[Doc]:
    """Corpus B. Records alike by .95 or more are no fair negatives and go."""
    docs, dropped = without_disputes(real_records(), 0.95, 1.01)
    print(f"templates_real: {dropped} records dropped as disputable")
    return docs + copies(docs, noise.ALL, "real", "man")


def fill(tpl: Template) -> list[Doc]:
    """Free records, and series whose members differ from their base in the fields of one row."""
    rng = random.Random("templates_made " + tpl.name)
    filler, docs = Filler(tpl, rng), []
    records: list[tuple[dict[str, str], str]] = []
    while len(docs) < tpl.count:
        if not records or rng.random() < 0.45:
            record, changed, series = filler.record(), 99, f"{tpl.name}-{len(records)}"
            records.append((record, series))
        else:
            base, series = rng.choice(records)
            record, changed = filler.sibling(base)
        kind = "free" if changed == 99 else "onefield" if changed == 1 else f"fields{changed}"
        docs.append(
            Doc(
                filler.render(record),
                family=tpl.name,
                kind=kind,
                lang=tpl.lang,
                note=series,
                source="generated",
            )
        )
    return docs


def templates_made() -> list[Doc]:
    """Corpus C."""
    docs = [d for tpl in templates() for d in fill(tpl)]
    unique = list({d.text: d for d in docs}.values())
    return unique + copies(unique, noise.OFFICE, "made")


def true_pair(groups: dict[str, list[Doc]], rng: random.Random) -> list[Doc]:
    """Two of one group; the group is used up, so that no folder repeats another."""
    members = groups.pop(rng.choice(sorted(groups)))
    return rng.sample(members, 2)


def rivals(docs: list[Doc], rng: random.Random, near: Doc | None, n: int) -> list[Doc]:
    """So many documents of different groups: the same series, the same family, or anything."""
    first = near or rng.choice(docs)
    same = [d for d in docs if d.family == first.family]
    series = [d for d in same if d.note and d.note == first.note]
    pool = series if len(series) > n and rng.random() < 0.5 else same
    if rng.random() < 0.2 or len(pool) <= n:
        pool = [d for d in docs if d.lang == first.lang]
    out, taken = [], {id(first), first.group}
    for d in rng.sample(pool, len(pool)):
        if id(d) not in taken and (not d.group or d.group not in taken) and len(out) < n:
            taken |= {id(d), d.group}
            out.append(d)
    return out if near else [first, *out][:n]


def small_folders(parts: list[list[Doc]]) -> list[Doc]:
    """Corpus D: each folder is scanned alone: no crowd tells what is frame."""
    rng, out = random.Random("small_folders"), []
    by_level: list[dict[str, list[Doc]]] = []
    for part in parts:
        groups: dict[str, dict[str, list[Doc]]] = defaultdict(lambda: defaultdict(list))
        for d in part:
            if d.group:
                worst = min(
                    (x.sim_to_ref for x in part if x.group == d.group and x.sim_to_ref), default=""
                )
                groups[level_of(float(worst)) if worst else ""][d.group].append(d)
        by_level += [g for g in groups.values() for _ in range(4 if len(groups) == 1 else 1)]
    for n in range(240):
        docs = parts[(1, 2, 2, 1, 0)[n // 2 % 5]]
        if n % 2:
            chosen = true_pair(rng.choice([g for g in by_level if g]), rng)
            home = next(p for p in parts if any(d is chosen[0] for d in p))
            chosen += rivals(home, rng, chosen[0], rng.choice([0, 0, 0, 1, 2]))
        else:
            chosen = rivals(docs, rng, None, rng.choice([2, 2, 3, 4]))
        rng.shuffle(chosen)
        for k in chosen:
            copy = Doc(**{**vars(k), "path": f"{n:03}/{rng.randrange(10**6):06}.{k.ext}"})
            copy.group = f"f{n:03}-{k.group}" if k.group else ""
            out.append(copy)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("names", nargs="*")
    ap.add_argument("--fetch", action="store_true")
    ap.add_argument("--out", type=Path, default=Path("build/decision"))
    args = ap.parse_args()
    if args.fetch:
        sources.fetch()
    made = templates_made()
    rev, unused = revisions()
    real = templates_real()
    corpora = {
        "templates_made": made,
        "revisions_releases": rev,
        "templates_real": real,
        "rewrites_made": rewrites(unused),
        "small_folders": small_folders([rev, real, made]),
        "forms_world": forms_world(),
        "drafts_staged": drafts_staged(),
    }
    for name, docs in corpora.items():
        if not args.names or name in args.names:
            extra = ["folder"] if name == "small_folders" else []
            write(args.out, name, docs, COLUMNS + extra)
            print(name, len(docs))


if __name__ == "__main__":
    main()
