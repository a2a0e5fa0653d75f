"""What all pages of a cohort share: the way back and the tabs."""

from django.utils.translation import gettext as _

from staffel.cohorts.permissions import may_see_office, may_take_attendance
from staffel.ui.parts import Crumb, Tab


def path_of(cohort) -> str:
    """Return the address of the overview of ``cohort``."""
    return f"/staffeln/{cohort.public_id}/"


def office_crumbs() -> list[Crumb]:
    """Return the way to the list of cohorts in the office."""
    return [Crumb(_("Büro"), "/buero/"), Crumb(_("Staffeln"), "/buero/staffeln/")]


def crumbs(person, cohort, *more: Crumb) -> list[Crumb]:
    """Return the way to a page of ``cohort``: the office comes from its list, everybody else from their own pages."""
    if may_see_office(person):
        start = [*office_crumbs(), Crumb(cohort.name, f"/buero/staffeln/{cohort.public_id}/")]
    else:
        start = [Crumb(_("Mein Bereich"), "/mein-bereich/"), Crumb(cohort.name, path_of(cohort))]
    return [*start, *more]


def tabs(person, cohort, current: str) -> list[Tab]:
    """Return the tabs of ``cohort``; ``current`` is the last word of the address, empty for the overview. One query at most.

    Participants have no board of everybody's completion.
    """
    path = path_of(cohort)
    words = [("", _("Überblick")), ("termine", _("Termine")), ("menschen", _("Menschen"))]
    if may_see_office(person) or may_take_attendance(person, cohort):
        words.append(("abschluss", _("Abschluss")))
    return [Tab(text, f"{path}{word}/" if word else path, word == current) for word, text in words]
