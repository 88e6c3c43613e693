"""The names of OpenDocument: the namespaces that tags and attributes begin with, and tags that are read alike."""

from __future__ import annotations

_OASIS = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"

ANIM = _OASIS.format("animation")
DRAW = _OASIS.format("drawing")
FO = _OASIS.format("xsl-fo-compatible")
FORM = _OASIS.format("form")
META = _OASIS.format("meta")
OFFICE = _OASIS.format("office")
PRESENTATION = _OASIS.format("presentation")
STYLE = _OASIS.format("style")
SVG = _OASIS.format("svg-compatible")
TABLE = _OASIS.format("table")
TEXT = _OASIS.format("text")
DC = "{http://purl.org/dc/elements/1.1/}"
FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"

# Nothing inside of them is text.
SKIPPED = frozenset(
    f"{space}{name}"
    for space, names in {
        TEXT: "note-citation bookmark soft-page-break ruby-text page-number page-count",
        OFFICE: "change-info binary-data event-listeners font-face-decls meta scripts settings",
        SVG: "title desc",
        STYLE: "header-left footer-left",
        TABLE: "calculation-settings data-pilot-tables database-ranges named-expressions",
        META: "creator-initials date-string",
        FORM: "properties",
        ANIM: "par",
        LOEXT: "theme",
        DC: "creator date",
    }.items()
    for name in names.split()
)
DEFINING = frozenset(
    {f"{OFFICE}styles", f"{OFFICE}automatic-styles", f"{TABLE}content-validations"}
)
# What stands elsewhere than where it is read.
DELETED = f"{TEXT}tracked-changes"
ASIDE = frozenset({DELETED, f"{TEXT}note-body", f"{OFFICE}annotation"})
PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
SPANS = frozenset({f"{TEXT}span", f"{TEXT}a"})
CHANGES = tuple(
    f"{TEXT}{name}"
    for name in "change change-start change-end insertion deletion format-change".split()
)
LISTS = frozenset({f"{TEXT}list", f"{TEXT}list-item"})
