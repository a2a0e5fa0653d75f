"""What the rule of eligibility asks about municipalities and calls, and its answer in words.

A municipality counts as funded if it is itself, or its Kreis is, or its Verband is, the lead or a partner of a model project
(MPSC). Members of a Verband that holds the grant ("Mitglied des Verbands") are not funded one by one, as the lists say of
the Verband Region Rhein-Neckar: neither they nor the municipalities of a member Kreis count as funded.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from staffel.admissions.core.eligibility import Body, CallTerms, Reason, Verdict, check
from staffel.admissions.models import Call
from staffel.municipalities.models import FundedMember, Municipality
from staffel.municipalities.queries.members import Standing, standing_members
from staffel.ui.words import whole

BODY_FIELDS = (
    "pk",
    "ags",
    "short_name",
    "land__code",
    "land__name",
    "population",
    "kreis_id",
    "verband_id",
    "valid_to",
    "counted",
)
"""What ``body_from`` needs of a municipality, in this order."""


@dataclass(frozen=True)
class Funded:
    """Which places a project pays for (``paid``) or only reaches through a Verband (``reached``): (level, id) to words."""

    paid: dict[tuple[str, int], str]
    reached: dict[tuple[str, int], str]

    def note(self, municipality: int, kreis: int | None, verband: int | None) -> tuple[bool, str]:
        """Return whether a municipality counts as funded, and the sentence that says through what."""
        places = (("municipality", municipality), ("kreis", kreis), ("verband", verband))
        paid = next((words for place in places if (words := self.paid.get(place))), "")
        return bool(paid), paid or next((words for place in places if (words := self.reached.get(place))), "")

    def within(self, path: str) -> Q:
        """Return which rows have a funded municipality under the name ``path``; the list filter beside ``note``."""
        ids = {level: [pk for one, pk in self.paid if one == level] for level in ("municipality", "kreis", "verband")}
        return (
            Q(**{f"{path}__in": ids["municipality"]})
            | Q(**{f"{path}__kreis__in": ids["kreis"]})
            | Q(**{f"{path}__verband__in": ids["verband"]})
        )


def funded() -> Funded:
    """Return who counts as funded. One query."""
    paid, reached = {}, {}
    for member in standing_members():
        table, words = (reached, _reached_words) if member.role == FundedMember.Role.ASSOCIATION else (paid, _paid_words)
        for place in member.line:
            table.setdefault(place, words(member))
    return Funded(paid, reached)


def _paid_words(member: Standing) -> str:
    if member.named.level == "municipality":
        return _("Modellprojekt „%(project)s“ (%(code)s).") % {"project": member.title, "code": member.project}
    return _("Modellprojekt „%(project)s“ (%(code)s), über %(body)s.") % {
        "project": member.title,
        "code": member.project,
        "body": member.named.words,
    }


def _reached_words(member: Standing) -> str:
    return _("Das Modellprojekt „%(project)s“ (%(code)s) fördert den Verband, seine Mitglieder nicht einzeln.") % {
        "project": member.title,
        "code": member.project,
    }


def body_facts(municipality: Municipality) -> Body:
    """Return what the rule of eligibility asks about one municipality. Two queries."""
    return bodies([municipality.pk])[municipality.pk]


def bodies(ids: Iterable[int], known: Funded | None = None) -> dict[int, Body]:
    """Return what the rule asks about municipalities by their id. Two queries, one if who is funded is ``known``."""
    known = known or funded()
    rows = Municipality.objects.filter(pk__in=set(ids)).values_list(*BODY_FIELDS)
    return {row[0]: body_from(row, known) for row in rows}


def body_from(row: tuple, known: Funded) -> Body:
    """Return a body from the values of ``BODY_FIELDS``. No query."""
    pk, ags, name, land, land_name, population, kreis, verband, valid_to, counted = row
    paid, note = known.note(pk, kreis, verband)
    return Body(ags, name, land, land_name, population, paid, note, valid_to is not None, counted)


def terms_of(call: Call) -> CallTerms:
    """Return who may take part in a call. One query."""
    return CallTerms(call.not_funded_only, frozenset(call.laender.values_list("code", flat=True)), call.largest_population)


def eligibility(call: Call, municipality: Municipality, partner: Municipality | None = None) -> Verdict:
    """Return whether a municipality, with a second one on a shared seat, may take part in a call. Three queries."""
    ids = [place.pk for place in (municipality, partner) if place]
    known = bodies(ids)
    return check(terms_of(call), known[municipality.pk], known[partner.pk] if partner else None)


def eligible_within(terms: CallTerms, known: Funded) -> Q:
    """Return which applications are eligible: what ``check`` says, asked of the database. A test holds both together."""
    found = Q()
    for path in ("municipality", "partner"):
        one = Q(**{f"{path}__valid_to__isnull": True, f"{path}__counted": True})
        if terms.laender:
            one &= Q(**{f"{path}__land__code__in": sorted(terms.laender)})
        if terms.largest_population is not None:
            one &= Q(**{f"{path}__population__lte": terms.largest_population})
        if terms.not_funded_only:
            one &= ~known.within(path)
        found &= one if path == "municipality" else one | Q(partner__isnull=True)
    return found


def reason_words(reason: Reason) -> str:
    """Return a reason as a whole sentence, with its note. No query."""
    values = {name: whole(value) if isinstance(value, int) else value for name, value in reason.values}
    sentence = _(reason.sentence) % values
    return f"{sentence} {reason.note}" if reason.note else sentence


def condition_words(terms: CallTerms, land_names: Iterable[str]) -> list[str]:
    """Return who may take part as sentences for a public page. No query."""
    found = [_("Bewerben können sich Städte und Gemeinden, auch zwei gemeinsam für einen Platz.")]
    if terms.not_funded_only:
        found.append(_("Das Angebot richtet sich an Kommunen, die kein Modellprojekt Smart Cities des Bundes fördert."))
    if names := sorted(land_names):
        found.append(_("Die Kommune liegt in einem dieser Länder: %(laender)s.") % {"laender": ", ".join(names)})
    if terms.largest_population is not None:
        found.append(_("Sie hat höchstens %(largest)s Einwohner.") % {"largest": whole(terms.largest_population)})
    return found
