"""What the pages of a programme and its versions say, in words: values for templates, no query and no rule in here."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.curriculum import words
from staffel.curriculum.core.content import UnitKind
from staffel.curriculum.pages.crumbs import first_crumbs
from staffel.curriculum.pages.downloads import FOLDER, PACKAGE, DownloadLine, archive, made
from staffel.curriculum.pages.places import Places, PublicPlaces
from staffel.curriculum.queries.downloads import DownloadFacts
from staffel.curriculum.queries.releases import ReleaseFacts
from staffel.curriculum.queries.versions import CompetencyFacts, ModuleFacts, VersionFacts, VersionLine
from staffel.ui import markdown
from staffel.ui import words as numbers
from staffel.ui.parts import Crumb, Fact, Step

# More modules than this nobody sees at once: first they stand below each other, then the way and the columns are left out.
MOST_BESIDE = 7
MOST_MODULES = 12


@dataclass(frozen=True)
class Signature:
    """Who signed a package, and how anybody checks that: ``groups`` are the digits of the key's fingerprint, four at a time."""

    publisher: str
    groups: list[str]
    key_href: str
    manifest_digest: str
    archive: str


@dataclass(frozen=True)
class HistoryLine:
    """A version in the history; ``notes`` is HTML, ``compare_href`` leads to what changed since the one before, if any."""

    path: str
    title: str
    current: bool
    notes: SafeString
    scope: str
    compare_href: str
    compare: str


@dataclass(frozen=True)
class VersionPage:
    """All that the page of a version shows; ``newer`` is the highest version where another one is shown.

    ``steps`` are the modules that everybody works through, ``chosen`` the others as (title, address); ``fields`` are
    (field, competencies with their addresses).
    """

    version: VersionFacts
    newer: VersionLine | None
    crumbs: list[Crumb]
    facts: list[Fact]
    scope: str
    steps: list[Step]
    chosen: list[tuple[str, str]]
    wide: bool
    conditions: list[str]
    fields: list[tuple[str, list[tuple[CompetencyFacts, str]]]]
    matrix_href: str
    cards: list[tuple[str, str]]
    package: DownloadLine | None
    downloads: list[DownloadLine]
    signature: Signature | None
    origins: list[str]
    licences: list[Fact]
    history: list[HistoryLine]

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The parts of the page, as (words, anchor)."""
        parts = [
            (_("Der Weg"), "weg", True),
            (_("Module und Einheiten"), "module", True),
            (_("Kompetenzen"), "kompetenzen", True),
            (_("Zum Unterrichten"), "lehre", self.cards),
            (_("Abschluss"), "abschluss", True),
            (_("Herunterladen"), "weitergeben", True),
            (_("Versionen"), "versionen", True),
        ]
        return [(text, f"#{anchor}") for text, anchor, there in parts if there]


def version_page(
    version: VersionFacts,
    versions: tuple[VersionLine, ...],
    release: ReleaseFacts | None = None,
    *,
    has_files: bool = False,
    forms: tuple[DownloadFacts, ...] = (),
    cards: frozenset[str] = frozenset(),
) -> VersionPage:
    """Return the page of ``version``, one of the released ``versions`` of its programme.

    ``release`` is what its package says, where it has one, ``forms`` what was made of it for other systems, ``cards`` which of
    ``methods`` and ``glossary`` it has.
    """
    address = [version.key, version.number]
    modules = version.modules if len(version.modules) <= MOST_MODULES else ()
    # Where nothing is required, all of it is the way.
    required = [module for module in modules if module.required] or list(modules)
    chosen = [module for module in modules if module not in required]
    fields: dict[str, list[tuple[CompetencyFacts, str]]] = {}
    for each in version.competencies:
        fields.setdefault(each.field, []).append((each, reverse("curriculum:competency", args=[*address, each.key])))
    return VersionPage(
        version=version,
        newer=versions[0] if versions[0].id != version.id else None,
        crumbs=[*first_crumbs(), Crumb(version.title)],
        facts=_version_facts(version),
        scope=scope(version),
        steps=[Step(module.title, "plain", _mornings(module), "", f"#modul-{module.key}") for module in required],
        chosen=[(module.title, f"#modul-{module.key}") for module in chosen],
        wide=len(required) <= MOST_BESIDE,
        conditions=conditions(version),
        fields=list(fields.items()),
        matrix_href=reverse("curriculum:competencies", args=address),
        cards=card_links(cards, PublicPlaces(version)),
        package=archive(PACKAGE, forms, *address, size=release.size) if release else None,
        downloads=[archive(FOLDER, forms, *address), *made(forms, *address)] if has_files else [],
        signature=_signature(version, release) if release and release.fingerprint else None,
        origins=_origins(release) if release else [],
        licences=_licences(version, release),
        history=_history(version, versions),
    )


def _signature(version: VersionFacts, release: ReleaseFacts) -> Signature:
    return Signature(
        publisher=release.publisher,
        groups=words.groups(release.fingerprint),
        key_href=reverse("curriculum:publisher", args=[version.key, version.number]),
        manifest_digest=release.manifest_digest,
        archive=f"{version.key}-{version.number}.staffel.zip",
    )


def _origins(release: ReleaseFacts) -> list[str]:
    """Return what the version was made from, the nearest first, one sentence for each."""
    return [
        _("%(programme)s, Version %(version)s, von %(publisher)s")
        % {"programme": each.programme, "version": each.version, "publisher": each.publisher}
        for each in release.upstream
    ]


def _licences(version: VersionFacts, release: ReleaseFacts | None) -> list[Fact]:
    """Return the licence of the texts, and of the materials as many as there are."""
    _short, full, href = words.licence(version.licence)
    facts = [Fact(_("Texte"), full, "", href)]
    for identifier, count in release.licences if release else ():
        _short, full, href = words.licence(identifier)
        label = ngettext("%(count)s Material", "%(count)s Materialien", count) % {"count": numbers.whole(count)}
        facts.append(Fact(label, full, "", href))
    return facts


def _history(version: VersionFacts, versions: tuple[VersionLine, ...]) -> list[HistoryLine]:
    before = [*versions[1:], None]
    compare = reverse("curriculum:comparison", args=[version.key])
    return [
        HistoryLine(
            path=line.path,
            title=_("Version %(number)s vom %(day)s") % {"number": line.number, "day": numbers.day(line.released_on)},
            current=line.id == version.id,
            notes=markdown.render(line.notes, first_heading=3),
            scope=scope(line),
            compare_href=f"{compare}?von={older.number}&bis={line.number}" if older else "",
            compare=_("Mit %(number)s vergleichen") % {"number": older.number} if older else "",
        )
        for line, older in zip(versions, before, strict=True)
    ]


def card_links(cards: frozenset[str], places: Places) -> list[tuple[str, str]]:
    """Return what a version has besides its units, as (words, address); ``cards`` are ``methods`` and ``glossary``, or one."""
    there = (("methods", _("Methodenkarten"), places.methods()), ("glossary", _("Glossar"), places.glossary()))
    return [(text, href) for name, text, href in there if name in cards]


# Words ------------------------------------------------------------------------------------------------------------------


def scope(version: VersionFacts | VersionLine) -> str:
    """Return how much it is: ``10 Vormittage, 40 Stunden``, or ``12 Einheiten, 46 Stunden`` where some are done alone.

    What people choose stands behind it: ``10 Vormittage, 40 Stunden, dazu 2 zur Wahl``.
    """
    units = len(version.course) if isinstance(version, VersionFacts) else version.units
    if version.self_study:
        parts = ngettext("%(count)s Einheit", "%(count)s Einheiten", units) % {"count": units}
    else:
        parts = ngettext("%(count)s Vormittag", "%(count)s Vormittage", units) % {"count": units}
    said = f"{parts}, {words.hours(version.minutes)}"
    return _("%(course)s, dazu %(count)s zur Wahl") % {"course": said, "count": version.chosen} if version.chosen else said


def conditions(version: VersionFacts) -> list[str]:
    """Return what completes the programme, one sentence for each condition."""
    sentences = []
    if version.attendance_percent:
        sentences.append(
            _("Sie haben an mindestens %(percent)s Prozent der Zeit teilgenommen: %(needed)s von %(all)s.")
            % {
                "percent": version.attendance_percent,
                "needed": words.bare_hours(version.minutes_needed),
                "all": words.hours(version.minutes_together),
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
        "from": words.clock(hour * 60 + minute),
        "to": words.clock(end),
    }


def _WEEKDAYS() -> tuple[str, ...]:  # noqa: N802 - a table in the language of the request
    return (_("montags"), _("dienstags"), _("mittwochs"), _("donnerstags"), _("freitags"), _("samstags"), _("sonntags"))


def _version_facts(version: VersionFacts) -> list[Fact]:
    _short, licence, licence_href = words.licence(version.licence)
    together = _("%(percent)s Prozent der Stunden") % {"percent": version.synchronous_percent}
    facts = [
        Fact(_("Umfang"), scope(version)),
        Fact(_("Übliche Termine"), usual_dates(version), _("Die genauen Tage stehen bei der Ausschreibung.")),
        Fact(_("Gemeinsam, zur selben Zeit"), together),
        Fact(_("Kosten"), _("mit Teilnahmegebühr") if version.fee else _("für Teilnehmende kostenfrei")),
    ]
    if version.organisation:
        facts.append(Fact(_("Träger"), version.organisation))
    released = _("freigegeben am %(day)s") % {"day": numbers.day(version.released_on)} if version.released_on else _("Entwurf")
    return [
        *facts,
        Fact(_("Version"), version.number, released),
        Fact(_("Lizenz der Texte"), licence, "", licence_href),
    ]


def _mornings(module: ModuleFacts) -> str:
    if not module.required:
        return _("zur Wahl")
    positions = get_text_list([f"{unit.position}." for unit in module.units], _("und"))
    alone = any(unit.kind == UnitKind.SELF_STUDY for unit in module.units)
    sentence = _("%(positions)s Einheit") if alone else _("%(positions)s Vormittag")
    return sentence % {"positions": positions} if positions else ""
