"""Who has which awards."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from staffel.cohorts.models import Cohort
from staffel.credentials import permissions
from staffel.credentials.core import code as codes
from staffel.credentials.models import Award
from staffel.ui.words import day


@dataclass(frozen=True, slots=True)
class AwardLine:
    """An award in one line. ``state`` is ``valid`` or ``revoked``, ``words`` says it; ``paper`` is empty if there is no PDF."""

    code: str
    shown: str
    kind: str
    title: str
    cohort: str
    holder: str
    issued: str
    state: str
    words: str
    reason: str
    paper: str
    verify: str


def awards_visible_to(person) -> QuerySet[Award]:
    """Awards ``person`` may see, with the cohort, found by their code as ``public_id``. One query."""
    seen = Award.objects.filter(permissions.visible_to(person)).alias(public_id=F("code"))
    return seen.select_related("enrolment__cohort__organisation", "enrolment__person")


def awards_of(person) -> tuple[AwardLine, ...]:
    """Return the awards of ``person``, the newest first, revoked ones too. One query."""
    return tuple(map(line_of, _newest_first(Award.objects.filter(enrolment__person=person))))


def awards_of_cohort(cohort: Cohort, person) -> list[Award]:
    """Return the awards of ``cohort`` that ``person`` may see, the newest first, revoked ones too. One query."""
    return _newest_first(Award.objects.filter(permissions.visible_to(person), enrolment__cohort=cohort))


def _newest_first(awards: QuerySet[Award]) -> list[Award]:
    return list(awards.order_by("-issued_on", "holder_name", "pk"))


def line_of(award: Award) -> AwardLine:
    """Return one award as a line. No query."""
    return AwardLine(
        code=award.code,
        shown=codes.show(award.code),
        kind=award.get_kind_display(),
        title=award.facts["module"] or award.facts["programme"],
        cohort=award.facts["cohort"],
        holder=award.holder_name or _("Name nicht mehr gespeichert"),
        issued=day(award.issued_on),
        state="valid" if award.is_valid else "revoked",
        words=_("gültig") if award.is_valid else _("widerrufen am %(day)s") % {"day": day(award.revoked_at)},
        reason=award.revocation_reason,
        paper=f"/urkunde/{award.code}.pdf" if award.has_paper else "",
        verify=f"/pruefen/{award.code}/",
    )


def held_enrolments(enrolments: Iterable[int]) -> dict[int, Award]:
    """Return the valid award of each of these places that has one. One query."""
    return {award.enrolment_id: award for award in Award.objects.filter(enrolment__in=enrolments, revoked_at=None)}
