"""The words put before a text, by name. A name is part of stored spaces: never change a template, add a new name."""

from __future__ import annotations

from dataclasses import dataclass

from dedupe_app.errors import UsageError


@dataclass(frozen=True, slots=True)
class Template:
    """What is put before documents and before queries; `name` goes into the space."""

    name: str
    document: str
    query: str

    def prefix(self, *, query: bool) -> str:
        """Return what comes before a text."""
        return self.query if query else self.document


TEMPLATES = {
    template.name: template
    for template in (
        Template("clustering", "Instruct: clustering\nDocument: ", "Instruct: retrieval\nQuery: "),
        # The model card of Qwen3-Embedding: no space after "Query:", nothing before documents.
        Template(
            "official",
            "",
            "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
        ),
        Template("none", "", ""),
    )
}


def find_template(name: str) -> Template:
    """Return a template by its name.

    Raises:
        UsageError: there is none of this name.
    """
    if name not in TEMPLATES:
        raise UsageError(
            f"There is no template named {name!r}.", f"Choose one of: {', '.join(TEMPLATES)}."
        )
    return TEMPLATES[name]


def suitable_template(model: str) -> Template:
    """Return the template for a model whose user chose none: instructions only where the model was trained on them."""
    return TEMPLATES["clustering" if "qwen3" in model.lower() else "none"]
