"""Programmes and units for search engines: schema.org as JSON-LD in a block of data, which no browser runs."""

import json

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from staffel.curriculum import words
from staffel.curriculum.core.content import UnitKind
from staffel.curriculum.pages.unit import UnitPage
from staffel.curriculum.queries.versions import VersionFacts

# What would end the block or begin another one, spelled as JSON allows.
_SAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def block(data: dict) -> SafeString:
    """Return ``data`` as a script element of type ``application/ld+json`` that nothing in it can leave."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{text.translate(_SAFE)}</script>')  # noqa: S308 - escaped above


def course(version: VersionFacts, language: str) -> dict:
    """Return a programme in this language as a ``Course`` with its units as parts and its template of dates as an instance.

    Source: schema.org/Course, schema.org/CourseInstance; a ``Schedule`` needs days that only a cohort has.
    """
    provider = {"@type": "Organization", "name": version.organisation} if version.organisation else None
    found = {
        "@type": "Course",
        "@id": _address(version.path),
        "url": _address(version.path),
        "name": version.title,
        "description": version.summary,
        "courseCode": version.key,
        "version": version.number,
        "inLanguage": language,
        "license": _licence(version.licence),
        "datePublished": version.released_on and version.released_on.isoformat(),
        "provider": provider,
        "isAccessibleForFree": not version.fee,
        "timeRequired": _duration(version.minutes),
        "teaches": [competency.title for competency in version.competencies],
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Synchronous" if version.synchronous_percent >= 50 else "Asynchronous",
            "courseWorkload": _duration(version.minutes),
        },
        "hasPart": [
            {"@type": "LearningResource", "@id": _address(unit.path), "name": unit.title, "position": unit.position}
            for unit in version.units
        ],
    }
    return {name: value for name, value in found.items() if value}


def resource(page: UnitPage, language: str) -> dict:
    """Return a unit in this language as a ``LearningResource``, part of its course."""
    version, unit = page.version, page.unit
    found = {
        "@type": "LearningResource",
        "@id": _address(unit.path),
        "url": _address(unit.path),
        "name": unit.title,
        "inLanguage": language,
        "license": _licence(version.licence),
        "learningResourceType": _kind(page),
        "timeRequired": _duration(unit.minutes),
        "teaches": [objective.text for objective in page.objectives],
        "position": unit.position,
        "isPartOf": {"@type": "Course", "@id": _address(version.path), "name": version.title},
    }
    return {name: value for name, value in found.items() if value}


def _kind(page: UnitPage) -> str:
    return "self-study" if page.content and page.content.kind == UnitKind.SELF_STUDY else "lesson"


def _address(path: str) -> str:
    return settings.BASE_URL + path


def _licence(identifier: str) -> str:
    return words.licence(identifier)[2] or f"https://spdx.org/licenses/{identifier}.html"


def _duration(minutes: int) -> str:
    """Return a length as ISO 8601 writes it: ``PT40H``, ``PT1H30M``."""
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")
