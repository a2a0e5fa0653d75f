"""The pages of what holds for a whole version, made the same way for everybody and for its editors."""

from django.http import Http404

from staffel.curriculum.pages import cards, competencies
from staffel.curriculum.queries import files, versions


def matrix(row, facts, places):
    """Return the competency matrix of a version. Two queries."""
    return competencies.matrix_page(facts, _units(row, facts), places)


def competency(row, facts, places, key):
    """Return the page of a competency, None for an unknown one. Four queries."""
    outline = files.outline_of(row)
    stated = outline and next((each for each in outline.competencies if each.key == key), None)
    return competencies.competency_page(facts, key, stated, _units(row, facts), places)


def methods(row, facts, places):
    """Return the list of methods. Four queries."""
    return cards.methods_page(facts, files.outline_of(row), _units(row, facts), places)


def method(row, facts, places, key):
    """Return a method card, None for an unknown one. Four queries."""
    return cards.method_page(facts, key, files.outline_of(row), _units(row, facts), places)


def glossary(row, facts, places):
    """Return the glossary. Two queries."""
    return cards.glossary_page(facts, files.outline_of(row), places)


def page_of(make, row, places_of, *key):
    """Return the page that ``make``, one of the above, makes of a version; ``places_of`` says where its parts are read.

    Raises Http404 for a key that the version does not have.
    """
    facts = versions.version_facts(row)
    page = make(row, facts, places_of(facts), *key)
    if page is None:
        raise Http404
    return page


def _units(row, facts):
    """Return the units of a version by their keys, None where they are not at hand or too many for a page."""
    if len(facts.units) > competencies.MOST_UNITS:
        return None
    return files.units_of(row, [unit.key for unit in facts.units])
