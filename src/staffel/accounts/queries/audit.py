"""What the audit log is asked: its entries in words, the history of one thing, and the chain as it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from staffel.accounts.core import chain
from staffel.accounts.core.audit_words import GROUPS
from staffel.accounts.core.roles import Role
from staffel.accounts.models import AuditEntry, Report
from staffel.ui import words

PAGE = 50
COLUMNS = ("pk", "public_id", "at", "action", "thing_type", "thing_id", "payload", "position")


# The chain --------------------------------------------------------------------------------------------------------------


def iso(moment: datetime) -> str:
    """Return a moment as the chain writes it: ISO 8601 in UTC."""
    return moment.astimezone(UTC).isoformat()


def head() -> tuple[int, str]:
    """Return position and chained value of the newest sealed entry; 0 and the genesis value if there is none. One query."""
    newest = AuditEntry.objects.filter(position__isnull=False).order_by("-position")
    return newest.values_list("position", "chained").first() or (0, chain.GENESIS)


def sealed() -> Iterator[chain.Sealed]:
    """Yield all sealed entries in the order of their positions. One query, read in portions."""
    rows = AuditEntry.objects.filter(position__isnull=False).order_by("position")
    columns = ("position", "previous", "chained", "digest", "public_id", "at", "action", "thing_type", "thing_id", "actor_id")
    for *facts, payload, salt in rows.values_list(*columns, "payload", "salt").iterator(chunk_size=2000):
        facts[5] = iso(facts[5])
        yield chain.Sealed(*facts, payload, salt)


def noted_heads() -> dict[int, str]:
    """Return the heads that earlier reports noted, by position. One query."""
    contents = Report.objects.filter(kind=Report.Kind.AUDIT).values_list("content", flat=True)
    return {content["entries"]: content["head"] for content in contents if content["entries"] and not content["problems"]}


@dataclass(frozen=True, slots=True)
class Check:
    """The newest verification in words; ``problems`` are (position, sentence)."""

    at: str
    holds: bool
    entries: str
    blanked: str
    head: str
    problems: tuple[tuple[int, str], ...]


def last_check() -> Check | None:
    """Return the newest report of the chain, None if it was never verified. One query."""
    report = Report.objects.filter(kind=Report.Kind.AUDIT).order_by("-at").first()
    if report is None:
        return None
    content = report.content
    problems = tuple((position, _(chain.Kind(kind).sentence)) for position, kind in content["problems"])
    counts = words.whole(content["entries"]), words.whole(content["blanked"])
    return Check(words.moment(report.at), not problems, *counts, content["head"], problems)


# Entries in words -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, ready to print. ``changes`` are (what, before, after), each side empty where there is none; ``told`` says
    the same in sentences."""

    key: str
    public_id: str
    at: str
    day: str
    who: str
    role: str
    what: str
    action: str
    thing: str
    thing_path: str
    thing_key: str
    why: str
    changes: tuple[tuple[str, str, str], ...]
    told: tuple[str, ...]
    blanked: bool
    position: int | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the log down: words, name, group of actions, thing as ``label:id``, first and last day."""

    text: str = ""
    who: str = ""
    group: str = ""
    thing: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the log, newest first; ``newer`` and ``older`` are the keys of the neighbours, empty where there is none."""

    lines: tuple[Line, ...]
    newer: str
    older: str


def page(filters: Filters, *, after: str = "", before: str = "", size: int = PAGE) -> Page | None:
    """Return a page of the entries that fit: the ``size`` behind the key ``after``, or before ``before``.

    One query, and one for each kind of thing that has a name.

    A key is a moment in microseconds and an id, ``1764077000000000-17``. None for a key that is none.
    """
    key = _key(after or before) if after or before else None
    if (after or before) and key is None:
        return None
    rows = _entries(filters)
    if key and before:
        newer = Q(at__gt=key[0]) | Q(at=key[0], pk__gt=key[1])
        found = list(rows.filter(newer).order_by("at", "pk").values_list(*COLUMNS)[: size + 1])
        more_newer, more_older = len(found) > size, True
        found = found[:size][::-1]
    else:
        older = Q(at__lt=key[0]) | Q(at=key[0], pk__lt=key[1]) if key else Q()
        found = list(rows.filter(older).order_by("-at", "-pk").values_list(*COLUMNS)[: size + 1])
        more_newer, more_older = bool(key), len(found) > size
        found = found[:size]
    lines = tuple(_lines(found, _names_in(found)))
    if not lines:
        return Page((), "", "")
    return Page(lines, lines[0].key if more_newer else "", lines[-1].key if more_older else "")


def all_lines(filters: Filters) -> Iterator[Line]:
    """Yield all entries that fit, newest first, for an export. One query, read in portions."""
    yield from _lines(_entries(filters).order_by("-at", "-pk").values_list(*COLUMNS).iterator(chunk_size=1000))


def history_of(thing: models.Model, *more: models.Model) -> tuple[Line, ...]:
    """Return what the log says about ``thing``, and about ``more`` things that belong to it, oldest first. One query.

    For the block "Verlauf" of a page: ``{% include "accounts/_history.html" with history=history %}``.
    """
    chosen = Q()
    for one in (thing, *more):
        chosen |= Q(thing_type=one._meta.label, thing_id=getattr(one, "public_id", "") or str(one.pk))
    return lines_of(AuditEntry.objects.filter(chosen))


def lines_of(entries: models.QuerySet) -> tuple[Line, ...]:
    """Return the ``entries`` in words, oldest first. One query."""
    return tuple(_lines(entries.order_by("at", "pk").values_list(*COLUMNS)))


def groups() -> list[tuple[str, str]]:
    """Return the groups of actions with their words, for a choice. No query."""
    return sorted(((key, _(text)) for key, text in GROUPS.items()), key=lambda pair: pair[1])


def _entries(filters: Filters):
    rows = AuditEntry.objects.all()
    if filters.who:
        rows = rows.filter(payload__who__icontains=filters.who)
    if filters.text:
        spoken = [action for action, text in _words().items() if filters.text.casefold() in _(text).casefold()]
        found = Q(payload__who__icontains=filters.text) | Q(payload__why__icontains=filters.text) | Q(action__in=spoken)
        rows = rows.filter(found | Q(action__icontains=filters.text) | Q(thing_id__iexact=filters.text))
    if filters.group:
        rows = rows.filter(action__startswith=f"{filters.group}.")
    if filters.thing:
        thing_type, _colon, thing_id = filters.thing.partition(":")
        rows = rows.filter(thing_type=thing_type, thing_id=thing_id)
    if filters.since:
        rows = rows.filter(at__gte=timezone.make_aware(datetime.combine(filters.since, time.min)))
    if filters.until:
        rows = rows.filter(at__lte=timezone.make_aware(datetime.combine(filters.until, time.max)))
    return rows


def _key(text: str) -> tuple[datetime, int] | None:
    moment, _dash, pk = text.partition("-")
    if not (moment.isdecimal() and pk.isdecimal() and len(moment) <= 17 and len(pk) <= 18):
        return None
    micros = int(moment)
    return datetime.fromtimestamp(micros // 1_000_000, UTC).replace(microsecond=micros % 1_000_000), int(pk)


def _lines(rows: Iterable[tuple], names: Mapping[str, Mapping[str, str]] | None = None) -> Iterator[Line]:
    paths, blanked_words, names = _paths(), _("(gelöscht)"), names or {}
    spoken = {action: _(text) for action, text in _words().items()}
    models_of = cache(_model)
    became, ended = _("%(what)s: %(old)s wurde %(new)s"), _("%(what)s: %(old)s entfällt")
    for pk, public_id, at, action, thing_type, thing_id, payload, position in rows:
        facts: Mapping = payload or {}
        thing, title = models_of(thing_type)
        before, after = _named(thing_type, names, facts.get("before")), _named(thing_type, names, facts.get("after"))
        changes = tuple(_changes(thing, before, after))
        name = names.get(thing_type, {}).get(thing_id, thing_id)
        path = paths.get(thing_type, "")
        yield Line(
            key=f"{int(at.timestamp()) * 1_000_000 + at.microsecond}-{pk}",
            public_id=public_id,
            at=words.moment(at),
            day=iso(at),
            who=facts.get("who", "") or blanked_words,
            role=_role(facts.get("role", "")),
            what=spoken.get(action, action),
            action=action,
            thing=name if name.startswith(title) else f"{title} {name}",
            thing_path=path.replace("{id}", thing_id),
            thing_key=f"{thing_type}:{thing_id}",
            why=facts.get("why", ""),
            changes=changes,
            told=tuple(
                f"{what}: {new}" if not old else (became if new else ended) % {"what": what, "old": old, "new": new}
                for what, old, new in changes
            ),
            blanked=payload is None,
            position=position,
        )


def _names_in(rows: Iterable[tuple]) -> dict[str, dict[str, str]]:
    """Return the names of what ``rows`` are about and mention, by the model's label and the id. One query for each label."""
    wanted: dict[str, set[str]] = {}
    for _pk, _public_id, _at, _action, thing_type, thing_id, payload, _position in rows:
        wanted.setdefault(thing_type, set()).add(thing_id)
        for side in ("before", "after"):
            for key, value in ((payload or {}).get(side) or {}).items():
                if thing_type in _collected("KEYED"):
                    wanted.setdefault(_collected("KEYED")[thing_type], set()).add(key)
                if label := _collected("REFERENCES").get(key):
                    wanted.setdefault(label, set()).update(map(str, value if isinstance(value, list) else [value]))
    found = {}
    for label, (key, name) in _collected("NAMES").items():
        if ids := wanted.get(label):
            found[label] = dict(apps.get_model(label).objects.filter(**{f"{key}__in": ids}).values_list(key, name))
    return found


def _named(thing_type: str, names: Mapping[str, Mapping[str, str]], facts: Mapping | None) -> dict:
    """Return ``facts`` with keys in words, and with names where ids stand."""
    keys, references = _collected("KEYS"), _collected("REFERENCES")
    keyed = names.get(_collected("KEYED").get(thing_type, ""), {})
    named = {}
    for key, value in (facts or {}).items():
        known = names.get(references.get(key, ""), {})
        shown = [known.get(str(one), one) for one in value] if isinstance(value, list) else known.get(str(value), value)
        named[_(keys[key]) if key in keys else keyed.get(key, key)] = shown if known else value
    return named


def _role(role: str) -> str:
    return _(Role(role).label) if role in set(Role) else role


def _model(label: str) -> tuple[type[models.Model] | None, str]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None, label
    return model, str(model._meta.verbose_name)


def _changes(model: type[models.Model] | None, before: dict, after: dict) -> Iterator[tuple[str, str, str]]:
    # In the order of the model: PostgreSQL keeps no order of keys.
    order = {field.name: number for number, field in enumerate(model._meta.get_fields())} if model else {}
    for name in sorted({*before, *after}, key=lambda name: (order.get(name, len(order)), name)):
        field = _field(model, name)
        label = str(getattr(field, "verbose_name", name))
        old, new = _shown(field, before.get(name)), _shown(field, after.get(name))
        if old != new:
            yield label[:1].upper() + label[1:], old, new


def _field(model: type[models.Model] | None, name: str):
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _shown(field, value) -> str:
    choices = dict(getattr(field, "flatchoices", None) or ())
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(field, inner) for inner in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(None, inner)}" for key, inner in value.items())
    if isinstance(value, str):
        return str(choices.get(value, "")) or words.spoken(value)
    return "" if value is None else str(value)


@cache
def _words() -> dict[str, str]:
    return {action: text for module in _modules() for action, text in getattr(module, "WORDS", {}).items()}


def _paths() -> dict[str, str]:
    return _collected("PATHS")


@cache
def _collected(name: str) -> dict:
    """Return what all contexts declare under ``name``."""
    return {key: value for module in _modules() for key, value in getattr(module, name, {}).items()}


def _modules() -> list:
    names = [f"{app.name}.core.audit_words" for app in apps.get_app_configs() if app.name.startswith("staffel.")]
    return [import_module(name) for name in names if find_spec(name.rpartition(".")[0]) and find_spec(name)]
