"""The reports of retention, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from staffel.accounts.core.audit_words import GROUPS
from staffel.accounts.models import Report
from staffel.ui import words

SHOWN = 60


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One clearing: when, how many rows in all, and (category, number) of what went."""

    at: str
    total: str
    parts: tuple[tuple[str, str], ...]


def retention_reports(titles: dict[str, str]) -> list[ReportLine]:
    """Return the newest reports, with the titles of their categories, and where one failed. One query."""
    reports = Report.objects.filter(kind=Report.Kind.RETENTION).order_by("-at", "-pk").values_list("at", "content")
    return [_line(at, content, titles) for at, content in reports[:SHOWN]]


def _line(at, content: dict, titles: dict[str, str]) -> ReportLine:
    counts = {key: value for key, value in content.items() if key != "failed"}
    parts = [(titles.get(key, key), words.whole(count)) for key, count in counts.items() if count]
    if failed := content.get("failed"):
        parts.append((_("Nicht gelungen, wird wiederholt"), ", ".join(_(GROUPS.get(context, context)) for context in failed)))
    return ReportLine(
        words.moment(at), words.whole(sum(counts.values())) if any(counts.values()) else _("nichts"), tuple(parts)
    )
