"""Zip-based documents: the checks before anything is unpacked, and access to their parts.

Never unpacks to disk, never opens an archive inside an archive.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from dedupe_app.records import SkipReason
from dedupe_app.text.reading import Element, UnreadableError, damaged, encrypted, size_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe_app.settings import ReadLimits

_MIMETYPES = {
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
# What the standard library raises on damaged archives, tried with random damage.
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError,
    OverflowError, RuntimeError, ValueError,
)  # fmt: skip
_FOLDERS = {"word/": "docx", "ppt/": "pptx", "xl/": "xlsx"}


class Archive:
    """An opened zip whose contents fit into the limits; `read` turns every fault into one error."""

    def __init__(self, data: bytes, limits: ReadLimits) -> None:
        """Open the zip and check it.

        Raises:
            UnreadableError: It is damaged, encrypted or unpacks to more than the limit.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise damaged() from error
        entries = self._zip.infolist()
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise encrypted()
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            detail = f"Unpacks to more than {size_text(limits.unpacked_bytes)}."
            raise UnreadableError(SkipReason.TOO_LARGE, detail)
        self.names = [entry.filename for entry in entries]
        self._known = set(self.names)

    def __contains__(self, name: str) -> bool:
        """Tell whether a part exists."""
        return name in self._known

    def parts(self) -> Iterator[tuple[str, int, int]]:
        """Yield name, check sum (CRC-32) and size in bytes of each part."""
        for entry in self._zip.infolist():
            yield entry.filename, entry.CRC, entry.file_size

    def read(self, name: str) -> bytes:
        """Return one part.

        Raises:
            UnreadableError: It is missing or damaged.
        """
        try:
            return self._zip.read(name)
        except KeyError as error:
            raise damaged(f"the part {name} is missing") from error
        except _ZIP_ERRORS as error:
            raise damaged(f"the part {name} cannot be unpacked") from error

    def tree(self, name: str) -> Element:
        """Return the root element of a small XML part (relations, manifests).

        Raises:
            UnreadableError: It is missing or damaged.
        """
        try:
            return parse_tree(self.read(name))
        except etree.XMLSyntaxError as error:
            raise damaged(f"the part {name} cannot be read") from error

    def links(self, part: str) -> Iterator[tuple[str, str]]:
        """Yield (id, target) for all that an OOXML part links to outside of the document."""
        relations = _relations_of(part)
        if relations not in self:
            return
        for item in self.tree(relations).iterfind("{*}Relationship[@TargetMode='External']"):
            yield item.get("Id", ""), item.get("Target", "")

    def related(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield (id, kind, part name) for each part that an OOXML part points to."""
        folder = posixpath.dirname(part)
        relations = _relations_of(part)
        if relations not in self:
            return
        for item in self.tree(relations).iterfind("{*}Relationship"):
            if item.get("TargetMode") == "External":
                continue
            target = unquote(item.get("Target", ""))
            name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if name in self:
                yield item.get("Id", ""), item.get("Type", "").rsplit("/", 1)[-1], name


def parse_tree(data: bytes) -> Element:
    """Return the root element of XML; nothing is loaded from outside, and comments do not part what is written.

    Raises:
        etree.XMLSyntaxError: It is damaged, or deeper than a tree may be.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def _relations_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return f"{folder}/_rels/{base}.rels".removeprefix("/")


def archive_format(archive: Archive) -> str:
    """Return the format of a zip-based document, or "zip" for an archive of other files."""
    if "mimetype" in archive:
        kind = archive.read("mimetype")[:200].decode("ascii", "replace").strip()
        for mimetype, name in _MIMETYPES.items():
            if kind.removesuffix("-template") == mimetype:
                return name
    if "META-INF/container.xml" in archive:
        return "epub"
    if "[Content_Types].xml" in archive:
        for folder, name in _FOLDERS.items():
            if any(part.startswith(folder) for part in archive.names):
                return name
    return "zip"
