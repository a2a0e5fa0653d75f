"""A unit as AMB describes learning resources, for search engines and libraries: ``metadata/amb/KEY.json``.

Source: Allgemeines Metadatenprofil für Bildungsressourcen (AMB) 20231019, KIM working group of DINI; kinds of resources
from its list HCRT (https://w3id.org/kim/hcrt/scheme). Subjects (``about``) are left out: no list of subjects fits.
"""

import re

from staffel.curriculum.core.content import Module, Outline, Unit
from staffel.curriculum.core.package import strict_json
from staffel.curriculum.core.package.licences import creative_commons

_HCRT = "https://w3id.org/kim/hcrt/"
_KINDS = {
    "lesson_plan": "Unterrichtsplanung",
    "text": "Textdokument",
    "worksheet": "Arbeitsmaterial",
    "assessment": "Lernkontrolle",
}
_MARKS = re.compile(r"^ *(?::::.*|#{1,6} |[-+*] |[0-9]+[.)] |\|[-:| ]+\|$)|[*_`>|]+|!?\[([^\]]*)\]\([^)]*\)", re.MULTILINE)
_LONGEST = 1_000


def write(outline: Outline, module: Module, unit: Unit, *, publisher: str, day: str) -> bytes:
    """Return the description of a unit of ``module``; ``day`` is the one of the release, like ``2026-11-25``."""
    known = {one.key: one for one in outline.competencies}
    taught = [known[key] for key in unit.competencies if key in known]
    licence = creative_commons(outline.licence)
    value = {
        "@context": ["https://w3id.org/kim/amb/context.jsonld", {"@language": outline.language}],
        "id": f"urn:staffel:{outline.key}:{unit.key}",
        "type": ["LearningResource"],
        "name": unit.title,
        "description": plain(unit.summary),
        "inLanguage": [outline.language],
        "creator": [{"type": "Organization", "name": outline.author}],
        "publisher": [{"type": "Organization", "name": publisher}],
        "datePublished": day,
        "license": {"id": licence} if licence else None,
        "learningResourceType": [
            {"type": "Concept", "id": _HCRT + kind, "prefLabel": {"de": _KINDS[kind]}} for kind in _kinds(unit)
        ],
        "keywords": list(dict.fromkeys([module.title, *(one.field for one in taught), *(one.title for one in taught)])),
        "teaches": [
            {"id": f"urn:staffel:{outline.key}:competency:{one.key}", "prefLabel": {outline.language: one.title}}
            for one in taught
        ]
        + [{"id": address} for address in dict.fromkeys(address for one in taught for address in one.esco)],
        "isAccessibleForFree": not outline.fee,
        "isPartOf": [
            {"id": f"urn:staffel:{outline.key}", "type": ["LearningResource", "Course"], "name": outline.title},
        ],
    }
    return strict_json.small({name: inner for name, inner in value.items() if inner is not None})


def _kinds(unit: Unit) -> list[str]:
    found = {
        "lesson_plan": unit.plan,
        "text": unit.handout,
        "worksheet": unit.exercises or unit.task,
        "assessment": unit.quiz,
    }
    return [kind for kind, there in found.items() if there] or ["text"]


def plain(prose: str) -> str:
    """Return prose without its marks, in one line, cut after a word at about 1,000 characters."""
    text = " ".join(_MARKS.sub(lambda found: found[1] or "", prose).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + " …"
