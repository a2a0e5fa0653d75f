"""Things that stand for themselves: alert, card, reasons, empty states, disclosure, dialog, messages."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from staffel.base.rules import Rule
from staffel.ui.component import component, part
from staffel.ui.parts import Credit
from staffel.ui.templatetags.kit.words import ICONS, icon

LEVELS = {
    "info": ("kern-alert kern-alert--info", icon("info")),
    "success": ("kern-alert kern-alert--success", icon("success")),
    "warning": ("kern-alert kern-alert--warning", icon("warning")),
    "danger": ("kern-alert kern-alert--danger", icon("danger")),
}
CARD_TONES = {"plain": "st-card", "accent": "st-card st-card--accent"}
# Django's message levels in the kit's words.
MESSAGE_LEVELS = {"debug": "info", "info": "info", "success": "success", "warning": "warning", "error": "danger"}


@component(block=True, level=LEVELS, role=("", "status", "alert"))
def alert(content, level, title, role=""):
    """``role`` is for what appears while the page is open: ``status`` waits its turn, ``alert`` interrupts."""
    css, symbol = LEVELS[level]
    live = format_html(' role="{}"', role) if role else ""
    body = format_html('<div class="st-alert__body st-flow">{}</div>', content) if content.strip() else ""
    return format_html(
        '<div class="{}"{}><p class="st-alert__title">{}<span>{}</span></p>{}</div>', css, live, symbol, title, body
    )


@component(block=True, tone=CARD_TONES, level=("2", "3", "4"))
def card(content, title, href="", tone="plain", level="3"):
    """With ``href`` the title is a link and the whole card can be pressed."""
    text = format_html('<a href="{}">{}</a>', href, title) if href else title
    return format_html(
        '<article class="{}"><h{} class="st-card__title">{}</h{}>{}</article>', CARD_TONES[tone], level, text, level, content
    )


@component(block=True)
def why(content, rule=None, source="", summary=""):
    """The line "Warum?": opens the rule with its number and source; ``rule`` is a Rule or a sentence."""
    if isinstance(rule, Rule):
        sentence, source = _(rule.sentence), source or _(rule.source)
        mark = format_html(" ({})", rule.id)
    else:
        sentence, mark = rule or "", ""
    said = format_html("<p>{}{}</p>", sentence, mark) if sentence else ""
    from_where = format_html('<p class="st-source">{}</p>', _("Grundlage: %(source)s") % {"source": source}) if source else ""
    return format_html(
        '<details class="st-why"><summary>{}</summary><div>{}{}{}</div></details>',
        summary or _("Warum?"),
        said,
        content,
        from_where,
    )


@component(block=True)
def empty(content, title):
    """What this place is for, an example, the first step."""
    return format_html('<div class="st-empty"><p><strong>{}</strong></p>{}</div>', title, content)


@component(block=True)
def disclosure(content, title, open=False):  # noqa: A002 - as in HTML
    return format_html(
        '<details class="kern-accordion"{}><summary class="kern-accordion__header">{}</summary>'
        '<div class="kern-accordion__body st-flow">{}</div></details>',
        format_html(" open{}", "") if open else "",
        title,
        content,
    )


@component(block=True)
def dialog(content, id, title):  # noqa: A002 - as in HTML
    """Opened by a button with ``opens`` of the same id. Its acts come in the content, after the text."""
    return format_html(
        '<dialog class="kern-dialog" id="{}" aria-labelledby="{}-title"><h2 id="{}-title">{}</h2>'
        '<div class="st-flow">{}</div></dialog>',
        id, id, id, title, content,
    )  # fmt: skip


@component(level=LEVELS)
def toast(text, level="success"):
    css, symbol = LEVELS[level]
    return format_html('<div class="{}"><p class="st-alert__title">{}<span>{}</span></p></div>', css, symbol, text)


@component()
def toasts(messages):
    """Django's messages; the region is announced when it is filled."""
    shown = [(toast(message.message, MESSAGE_LEVELS[message.level_tag]),) for message in messages]
    return format_html('<div class="st-toasts" role="status">{}</div>', format_html_join("", "{}", shown)) if shown else ""


@component()
def credits(sources, title=""):  # noqa: A001 - the word of the trade
    """Where the figures of this page come from; ``sources`` are credit lines or ``Credit(words, href)``."""
    lines = []
    for source in sources:
        line = Credit(source) if isinstance(source, str) else part("credits", Credit, source)
        lines.append((format_html('<a href="{}">{}</a>', line.href, line.words) if line.href else line.words,))
    return format_html(
        '<aside class="st-credits" aria-label="{}"><ul>{}</ul></aside>',
        title or _("Quellen"),
        format_html_join("", "<li>{}</li>", lines),
    )


__all__ = ["ICONS", "alert", "card", "credits", "dialog", "disclosure", "empty", "toast", "toasts", "why"]
