"""Rows: facts, big numbers, tables, tasks, files."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from staffel.ui.component import component, part
from staffel.ui.parts import Fact, File, Task
from staffel.ui.templatetags.kit.words import TONES, badge

ALIGN = {"": "", "number": mark_safe(' class="st-number"')}
SORT = ("", "ascending", "descending")


@component()
def facts(items):
    """Labelled values: ``items`` are (label, value, note, href); note and href may be left out."""
    lines = []
    for item in items:
        fact = part("facts", Fact, item)
        value = format_html('<a href="{}">{}</a>', fact.href, fact.value) if fact.href else fact.value
        note = format_html('<span class="st-note">{}</span>', fact.note) if fact.note else ""
        lines.append((fact.label, value, note))
    return format_html('<dl class="st-facts">{}</dl>', format_html_join("", "<div><dt>{}</dt><dd>{}{}</dd></div>", lines))


@component()
def figure_number(value, label, note=""):
    """One big number; several stand in a ``<div class="st-figures">``. ``note`` holds its date and source."""
    below = format_html('<span class="st-figure__note">{}</span>', note) if note else ""
    return format_html(
        '<p class="st-figure"><span class="st-figure__value">{}</span><span class="st-figure__label">{}</span>{}</p>',
        value,
        label,
        below,
    )


@component(block=True)
def table(content, caption, cards=True, hidden_caption=False, scroll=False):
    """Put ``<thead>`` and ``<tbody>`` into a table with a caption.

    With ``cards`` rows become cards on phones: each cell says its column in ``data-label``, the first one is
    ``<th scope="row">``. ``scroll`` is for tables too wide for that.
    """
    css = "st-table st-table--cards" if cards and not scroll else "st-table"
    unseen = mark_safe(' class="kern-sr-only"') if hidden_caption else ""
    html = format_html('<table class="{}"><caption{}>{}</caption>{}</table>', css, unseen, caption, content)
    if scroll:
        return format_html('<div class="st-scroll" role="region" tabindex="0" aria-label="{}">{}</div>', caption, html)
    return html


@component(align=ALIGN, sort=SORT)
def column(text, align="", sort_href="", sort=""):
    """One head cell: ``sort_href`` makes it sortable, ``sort`` says how it is sorted now."""
    order = format_html(' aria-sort="{}"', sort) if sort else ""
    inner = format_html('<a href="{}">{}</a>', sort_href, text) if sort_href else text
    return format_html('<th scope="col"{}{}>{}</th>', ALIGN[align], order, inner)


@component()
def task_list(items):
    """What is to do: ``items`` are (title, href, status, tone); an empty href is a task that cannot be begun yet."""
    lines = []
    for item in items:
        task = part("task_list", Task, item)
        if task.tone not in TONES:
            raise ValueError(f"tone of task {task.title!r} is {task.tone!r}, allowed are {', '.join(TONES)}")
        title = (
            format_html('<a href="{}">{}</a>', task.href, task.title)
            if task.href
            else format_html("<span>{}</span>", task.title)
        )
        lines.append((title, badge(task.status, task.tone)))
    return format_html('<ul class="st-list">{}</ul>', format_html_join("", "<li>{}{}</li>", lines))


@component()
def file_list(items):
    """Files to fetch: ``items`` are (title, href, kind, size)."""
    lines = []
    for item in items:
        file = part("file_list", File, item)
        kind = f"{file.kind}, {file.size}" if file.size else file.kind
        lines.append((file.href, file.title, kind))
    return format_html(
        '<ul class="st-list" aria-label="{}">{}</ul>',
        _("Dateien"),
        format_html_join("", '<li><a href="{}" download>{}</a> <span class="st-muted st-small">{}</span></li>', lines),
    )
