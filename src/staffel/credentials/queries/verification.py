"""What a code says to somebody who holds a paper in their hands."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from staffel.credentials.core import code as codes
from staffel.credentials.models import Award
from staffel.credentials.queries.words import hours, long_date
from staffel.ui.parts import Fact
from staffel.ui.words import day


class Outcome(StrEnum):
    """What the check of a code can find."""

    VALID = "valid"
    EXAMPLE = "example"
    REVOKED = "revoked"
    RECONSTRUCTION = "reconstruction"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"
    NOT_A_CODE = "not_a_code"


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer. ``shown`` is the code as people read it, empty if it is none; ``award`` only where there is one."""

    outcome: Outcome
    shown: str = ""
    award: Award | None = None
    revoked: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is an award of this code, whatever its state."""
        return self.award is not None


def verify(typed: str) -> Verification:
    """Return what a typed code says. One query; none if it cannot be a code."""
    try:
        code = codes.read(typed)
    except codes.Mistyped:
        return Verification(Outcome.MISTYPED)
    except codes.NotACode:
        return Verification(Outcome.NOT_A_CODE)
    award = Award.objects.select_related("pilot_cohort").filter(code=code).first()
    if award is None:
        return Verification(Outcome.UNKNOWN, codes.show(code))
    return Verification(
        _outcome(award),
        codes.show(code),
        award,
        day(award.revoked_at) if award.revoked_at else "",
        () if award.is_reconstruction else _facts(award),
    )


def read_code(typed: str) -> str:
    """Return a typed code as 13 characters. No query. Raises ValueError if it cannot be one."""
    return codes.read(typed)


def _facts(award: Award) -> tuple[Fact, ...]:
    facts = award.facts
    period = {"first": long_date(facts["first_day"]), "last": long_date(facts["last_day"])}
    time = {"attended": hours(facts["minutes_attended"]), "all": hours(facts["minutes"])}
    modules = [module["title"] for module in facts["modules"]]
    return (
        Fact(_("Name"), award.holder_name or _("nicht mehr gespeichert, die Frist ist abgelaufen")),
        Fact(_("Art"), award.get_kind_display()),
        Fact(_("Programm"), _("%(programme)s, Version %(version)s") % facts),
        Fact(_("Inhalte"), "; ".join(modules)),
        Fact(_("Teilnahme"), _("%(attended)s von %(all)s Stunden") % time),
        Fact(_("Zeitraum"), _("%(first)s bis %(last)s") % period),
        Fact(_("Ausgestellt von"), facts["office"]),
        Fact(_("Ausgestellt am"), long_date(award.issued_on.isoformat())),
    )


def _outcome(award: Award) -> Outcome:
    if not award.is_valid:
        return Outcome.REVOKED
    if award.is_reconstruction:
        return Outcome.RECONSTRUCTION
    return Outcome.EXAMPLE if award.facts["is_example"] else Outcome.VALID
