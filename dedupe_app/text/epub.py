"""EPUB to text: the chapters in reading order, through the HTML reader.

kreuzberg is not used: it panics on some books and returns the one word "Document" for others.
"""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from dedupe_app.text.archives import Archive
from dedupe_app.text.markup import read_page
from dedupe_app.text.reading import Reading, Source, UnreadableError, damaged, encrypted

_PAGES = (".xhtml", ".html", ".htm", ".xml")
# Fonts are scrambled with these to please their owners; the text is not touched.
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def read_epub(source: Source) -> Reading:
    """Return the text of all chapters.

    Raises:
        UnreadableError: It is damaged, or locked by its shop.
    """
    archive = Archive(source.data, source.limits)
    if _is_locked(archive):
        raise encrypted()
    pages = _spine(archive) or sorted(n for n in archive.names if n.lower().endswith(_PAGES[:3]))
    if not pages:
        raise damaged("it holds no chapters")
    texts: list[str] = []
    looks: list[str] = []
    is_drawn = False
    left = source.limits.text_chars
    for name in pages:
        page = read_page(archive.read(name), left)
        texts.append(page.text)
        looks += page.looks
        is_drawn = is_drawn or page.is_drawn
        left -= len(page.text)
        if left < 0:
            break
    text = "\n".join(text for text in texts if text)
    return Reading(text, looks=tuple(looks), is_cut=left < 0, is_drawn=is_drawn)


def _is_locked(archive: Archive) -> bool:
    if "META-INF/encryption.xml" not in archive:
        return False
    methods = archive.tree("META-INF/encryption.xml").iterfind(".//{*}EncryptionMethod")
    return any(method.get("Algorithm") not in _FONT_ALGORITHMS for method in methods)


def _spine(archive: Archive) -> list[str]:
    """Return the chapters in reading order, or nothing where the book does not tell it."""
    try:
        rootfile = archive.tree("META-INF/container.xml").find(".//{*}rootfile")
        package = unquote(rootfile.get("full-path", "")) if rootfile is not None else ""
        root = archive.tree(package)
    except UnreadableError:
        return []
    folder = posixpath.dirname(package)
    items = {item.get("id"): item for item in root.iterfind("{*}manifest/{*}item")}
    names: list[str] = []
    for reference in root.iterfind("{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in item.get("properties", "").split():
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        if name in archive and name.lower().endswith(_PAGES):
            names.append(name)
    return names
