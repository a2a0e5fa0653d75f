"""The privacy desk: what all contexts keep about a person, brought together, erased together, expired together.

Each context with personal data has ``core/personal.py`` with ``CATEGORIES`` and ``privacy.py`` with ``export(person)``,
``erase(person, by=)`` and ``expire(now)``; both are found by name, in the order of the stairs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import structlog
from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.accounts.actions.privacy import report_retention
from staffel.accounts.core.audit_words import GROUPS
from staffel.accounts.core.personal import Category
from staffel.accounts.models import Person, Report
from staffel.base.jobs import JobFailed
from staffel.base.jobs.worker import describe
from staffel.portal.core.periods import period

log = structlog.get_logger("staffel.retention")


class RetentionFailed(JobFailed):
    """Some contexts could not delete what is over time; the others have. ``failed`` holds the errors by context."""

    def __init__(self, failed: dict[str, Exception]):
        self.failed = failed
        what = ", ".join(f"{context} ({type(error).__name__})" for context, error in sorted(failed.items()))
        super().__init__(f"Löschen nach Frist ist nicht gelungen in: {what}.")


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One kind of data, ready to print; ``kept`` says how long in words."""

    key: str
    group: str
    title: str
    purpose: str
    basis: str
    kept: str


def everything_about(person: Person) -> dict[str, dict]:
    """Return what every context keeps about ``person``, by its words, from the lowest step to the highest."""
    return {_(GROUPS.get(context, context)): desk.export(person) for context, desk in _desks()}


@transaction.atomic
def erase_everything(person: Person) -> list[str]:
    """Erase what may go in every context, the highest step first, and return what went and what stays and why.

    Raises RuleBroken, and changes nothing, if one of them refuses.
    """
    sentences: list[str] = []
    for _context, desk in reversed(list(_desks())):
        sentences += desk.erase(person, by=person)
    return sentences


def foresee(person: Person) -> list[str]:
    """Return what ``erase_everything`` would say now. It is done and taken back, so that no second list can be wrong.

    Raises RuleBroken as ``erase_everything`` does.
    """
    with transaction.atomic():
        sentences = erase_everything(Person.objects.get(pk=person.pk))
        transaction.set_rollback(True)
    return sentences


def expire_everything(now: datetime) -> Report:
    """Let every context delete what is over time at ``now``, each in its own transaction, and write the report.

    One that fails does not keep the others from it. Raises RetentionFailed, after the report, if one did.
    """
    counts, failed = _expire(now)
    report = report_retention(counts, failed=sorted(failed))
    _raise_if(failed)
    return report


def foresee_expiry(now: datetime) -> dict[str, int]:
    """Return how many rows of each category ``expire_everything`` would take at ``now``; nothing is changed."""
    with transaction.atomic():
        counts, failed = _expire(now)
        transaction.set_rollback(True)
    _raise_if(failed)
    return counts


def _expire(now: datetime) -> tuple[dict[str, int], dict[str, Exception]]:
    """Return how many rows of each category went, and under its context what went wrong."""
    counts: dict[str, int] = {}
    failed: dict[str, Exception] = {}
    for context, desk in _desks():
        try:
            with transaction.atomic():
                counts |= desk.expire(now)
        except JobFailed:
            # The time of the job is over: nothing more begins.
            raise
        except Exception as error:
            log.warning("retention failed", context=context, problem=describe(error))
            failed[context] = error
    return counts, failed


def _raise_if(failed: dict[str, Exception]) -> None:
    if failed:
        raise RetentionFailed(failed)


def categories() -> list[tuple[str, Category]]:
    """Return every context's categories, with the name of the context, from the lowest step to the highest."""
    return [(context, category) for context, module in _modules("core.personal") for category in module.CATEGORIES]


def category_lines() -> list[CategoryLine]:
    """Return every category in words. No query."""
    return [
        CategoryLine(
            category.key,
            _(GROUPS.get(context, context)),
            _(category.title),
            _(category.purpose),
            _(category.basis),
            _kept(category),
        )
        for context, category in categories()
    ]


def _kept(category: Category) -> str:
    counted_from = _(category.counted_from)
    if category.keep_days is None:
        return counted_from
    number, unit = period(category.keep_days)
    words = {
        "day": ngettext("%(number)s Tag %(from)s", "%(number)s Tage %(from)s", number),
        "month": ngettext("%(number)s Monat %(from)s", "%(number)s Monate %(from)s", number),
        "year": ngettext("%(number)s Jahr %(from)s", "%(number)s Jahre %(from)s", number),
    }
    return words[unit] % {"number": number, "from": counted_from}


def _desks() -> Iterator[tuple[str, ModuleType]]:
    return _modules("privacy", left_out="portal")


def _modules(name: str, *, left_out: str = "") -> Iterator[tuple[str, ModuleType]]:
    """Yield context and module ``name`` of every context that has it; INSTALLED_APPS go up the stairs."""
    for app in apps.get_app_configs():
        package, _dot, context = app.name.partition(".")
        if package != "staffel" or context == left_out:
            continue
        full = f"{app.name}.{name}"
        if find_spec(full.rpartition(".")[0]) and find_spec(full):
            yield context, import_module(full)
