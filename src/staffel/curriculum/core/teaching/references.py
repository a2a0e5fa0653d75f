"""Whether what is linked was read, and what was read is named; licences and alternative texts are the reader's matter."""

import re
from collections.abc import Iterator

from staffel.curriculum.core.content import Unit
from staffel.curriculum.core.teaching.findings import Finding

_LINK = re.compile(r"\]\(<?(https?://[^\s>]+?)>?\)")
_WELL_FORMED = re.compile(r"https?://[a-z0-9äöüß-]+(?:\.[a-z0-9äöüß-]+)+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


def findings(unit: Unit) -> Iterator[Finding]:
    """Yield links that are no source or no whole address, and sources without the day of reading."""
    place = ("units", unit.key)
    texts = _prose(unit)
    known = {source.link for source in unit.sources} | {material.link for material in unit.materials}
    for name, text in texts:
        for link in _LINK.findall(text):
            if link not in known:
                yield Finding((*place, name), f"{link} steht nicht unter den Quellen.")
            if not _WELL_FORMED.fullmatch(link):
                yield Finding((*place, name), f"{link} ist keine vollständige Adresse.")
    for source in unit.sources:
        if source.link and source.accessed is None:
            yield Finding((*place, "sources", source.key), "Es fehlt, wann die Adresse gelesen wurde.")
        if not source.link and not source.year:
            yield Finding((*place, "sources", source.key), "Weder Adresse noch Jahr sind angegeben.")


def _prose(unit: Unit) -> list[tuple[str, str]]:
    texts = [(name, getattr(unit, name)) for name in ("summary", "handout", "guide", "slides")]
    texts += [("exercises", exercise.text) for exercise in unit.exercises]
    texts += [("quiz", item.prompt) for item in unit.quiz]
    if unit.task:
        texts += [("task", unit.task.instruction), ("task", unit.task.template)]
    return texts
