"""The reports of retention, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

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
    """Return the newest reports, with the titles of their categories. One query."""
    reports = Report.objects.filter(kind=Report.Kind.RETENTION).order_by("-at", "-pk").values_list("at", "content")
    return [
        ReportLine(
            words.moment(at),
            words.whole(sum(content.values())) if any(content.values()) else _("nichts"),
            tuple((titles.get(key, key), words.whole(count)) for key, count in content.items() if count),
        )
        for at, content in reports[:SHOWN]
    ]
