"""What the public pages of a programme say, in words: values for templates, no query and no rule in here."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.curriculum.queries.versions import CompetencyFacts, ModuleFacts, UnitFacts, VersionFacts, VersionLine
from staffel.ui import words
from staffel.ui.parts import Crumb, Fact, KeysetPage, Step

LICENCES = {
    "CC-BY-4.0": ("Creative Commons Namensnennung 4.0 (CC BY 4.0)", "https://creativecommons.org/licenses/by/4.0/deed.de")
}


@dataclass(frozen=True)
class VersionPage:
    """All that the page of a version shows; ``newer`` is the highest version where another one is shown."""

    version: VersionFacts
    versions: tuple[VersionLine, ...]
    newer: VersionLine | None
    crumbs: list[Crumb]
    facts: list[Fact]
    scope: str
    steps: list[Step]
    conditions: list[str]
    module_names: list[str]
    competencies: list[tuple[CompetencyFacts, list[tuple[str, str]]]]
    fields: list[tuple[str, list[CompetencyFacts]]]


@dataclass(frozen=True)
class UnitPage:
    """All that the page of a unit shows."""

    version: VersionFacts
    module: ModuleFacts
    unit: UnitFacts
    crumbs: list[Crumb]
    facts: list[Fact]
    competencies: list[CompetencyFacts]
    neighbours: KeysetPage


def version_page(version: VersionFacts, versions: tuple[VersionLine, ...]) -> VersionPage:
    """Return the page of ``version``, one of the released ``versions`` of its programme."""
    names = [_("Modul %(number)s") % {"number": module.position} for module in version.modules]
    return VersionPage(
        version=version,
        versions=versions,
        newer=versions[0] if versions[0].id != version.id else None,
        crumbs=[*_first_crumbs(), Crumb(version.title)],
        facts=_version_facts(version),
        scope=scope(version),
        steps=[Step(module.title, "plain", _mornings(module), "", f"#modul-{module.key}") for module in version.modules],
        conditions=conditions(version),
        module_names=names,
        competencies=[(each, list(zip(names, _where(each, version), strict=True))) for each in version.competencies],
        fields=_by_field(version.competencies),
    )


def unit_page(version: VersionFacts, key: str) -> UnitPage | None:
    """Return the page of the unit with this key; None if the version has no such unit."""
    units = version.units
    place = next((n for n, unit in enumerate(units) if unit.key == key), None)
    if place is None:
        return None
    unit = units[place]
    module = next(module for module in version.modules if unit in module.units)
    return UnitPage(
        version=version,
        module=module,
        unit=unit,
        crumbs=[
            *_first_crumbs(),
            Crumb(version.title, version.path),
            Crumb(_("%(number)s. Vormittag") % {"number": unit.position}),
        ],
        facts=[
            Fact(_("Modul"), f"{module.position} · {module.title}", "", f"{version.path}#modul-{module.key}"),
            Fact(_("Vormittag"), _("%(number)s von %(all)s") % {"number": unit.position, "all": len(units)}),
            Fact(_("Dauer"), hours(unit.minutes)),
        ],
        competencies=[each for each in version.competencies if each.key in unit.competencies],
        neighbours=KeysetPage(
            units[place - 1].path if place else "",
            units[place + 1].path if place + 1 < len(units) else "",
            _("Vormittag %(number)s von %(all)s") % {"number": unit.position, "all": len(units)},
        ),
    )


# Words ------------------------------------------------------------------------------------------------------------------


def hours(minutes: int) -> str:
    """Return a length in words: ``4 Stunden``, ``1 Stunde``, ``1,5 Stunden``."""
    if minutes % 60 == 0:
        return ngettext("%(hours)s Stunde", "%(hours)s Stunden", minutes // 60) % {"hours": words.whole(minutes // 60)}
    return _("%(hours)s Stunden") % {"hours": _bare_hours(minutes)}


def _bare_hours(minutes: int) -> str:
    return words.whole(minutes // 60) if minutes % 60 == 0 else words.fraction(minutes / 60, 1)


def scope(version: VersionFacts | VersionLine) -> str:
    """Return how much it is: ``10 Vormittage, 40 Stunden``."""
    units = len(version.units) if isinstance(version, VersionFacts) else version.units
    mornings = ngettext("%(count)s Vormittag", "%(count)s Vormittage", units) % {"count": units}
    return f"{mornings}, {hours(version.minutes)}"


def conditions(version: VersionFacts) -> list[str]:
    """Return what completes the programme, one sentence for each condition."""
    sentences = []
    if version.attendance_percent:
        sentences.append(
            _("Sie haben an mindestens %(percent)s Prozent der Zeit teilgenommen: %(needed)s von %(all)s.")
            % {
                "percent": version.attendance_percent,
                "needed": _bare_hours(version.minutes_needed),
                "all": hours(version.minutes),
            }
        )
    if version.presentation:
        sentences.append(_("Sie haben Ihr Vorhaben am Ende der Gruppe vorgestellt."))
    return sentences or [_("Sie haben sich angemeldet. Weitere Bedingungen gibt es nicht.")]


def usual_dates(version: VersionFacts) -> str:
    """Return the template of dates in words: ``dienstags und donnerstags, 9:00 bis 13:00 Uhr``."""
    hour, minute = map(int, version.starts.split(":"))
    end = hour * 60 + minute + version.session_minutes
    days = get_text_list([str(_WEEKDAYS()[day]) for day in version.weekdays], _("und"))
    return _("%(days)s, %(from)s bis %(to)s Uhr") % {
        "days": days,
        "from": f"{hour}:{minute:02}",
        "to": f"{end // 60 % 24}:{end % 60:02}",
    }


def _WEEKDAYS() -> tuple[str, ...]:  # noqa: N802 - a table in the language of the request
    return (_("montags"), _("dienstags"), _("mittwochs"), _("donnerstags"), _("freitags"), _("samstags"), _("sonntags"))


def _version_facts(version: VersionFacts) -> list[Fact]:
    licence, licence_href = LICENCES.get(version.licence, (version.licence, ""))
    together = _("%(percent)s Prozent der Stunden") % {"percent": version.synchronous_percent}
    facts = [
        Fact(_("Umfang"), scope(version)),
        Fact(_("Übliche Termine"), usual_dates(version), _("Die genauen Tage stehen bei der Ausschreibung.")),
        Fact(_("Gemeinsam, zur selben Zeit"), together),
        Fact(_("Kosten"), _("mit Teilnahmegebühr") if version.fee else _("für Teilnehmende kostenfrei")),
    ]
    if version.organisation:
        facts.append(Fact(_("Träger"), version.organisation))
    released = _("freigegeben am %(day)s") % {"day": words.day(version.released_on)} if version.released_on else _("Entwurf")
    return [
        *facts,
        Fact(_("Version"), version.number, released),
        Fact(_("Lizenz der Texte"), licence, "", licence_href),
    ]


def list_crumbs() -> list[Crumb]:
    """Return the way to the list of programmes."""
    return [Crumb(_("Start"), "/"), Crumb(_("Programme"))]


def _first_crumbs() -> list[Crumb]:
    return [Crumb(_("Start"), "/"), Crumb(_("Programme"), reverse("curriculum:programmes"))]


def _mornings(module: ModuleFacts) -> str:
    positions = [f"{unit.position}." for unit in module.units]
    return _("%(positions)s Vormittag") % {"positions": get_text_list(positions, _("und"))} if positions else ""


def _where(competency: CompetencyFacts, version: VersionFacts) -> list[str]:
    """Return for each module the mornings on which the competency is worked on: ``1, 2``, or empty."""
    return [
        ", ".join(str(unit.position) for unit in module.units if competency.key in unit.competencies)
        for module in version.modules
    ]


def _by_field(competencies) -> list[tuple[str, list[CompetencyFacts]]]:
    fields: dict[str, list[CompetencyFacts]] = {}
    for competency in competencies:
        fields.setdefault(competency.field, []).append(competency)
    return list(fields.items())
