"""The kit: every component as a strict template tag, built into all templates. One example of each: docs/develop/ui.md."""

from staffel.ui.component import register
from staffel.ui.templatetags.kit import blocks, charts, forms, lists, paths, ways, words

__all__ = ["blocks", "charts", "forms", "lists", "paths", "register", "ways", "words"]
