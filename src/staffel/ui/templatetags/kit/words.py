"""Small things within a line: icon, badge, button, link."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from staffel.ui.component import component, joined, register

# KERN's icons that we use. The build keeps an icon when a template names it, so the list costs nothing.
ICONS = (
    "account-circle", "add", "arrow-back", "arrow-down", "arrow-forward", "arrow-up", "autorenew", "calendar-today", "check",
    "checklist", "close", "content-copy", "danger", "delete", "download", "draft", "drive-folder-upload", "easy-language",
    "edit", "help", "home", "info", "language", "logout", "mail", "more-vert", "open-in-new", "question-mark", "search",
    "sign-language", "success", "visibility", "visibility-off", "warning",
)  # fmt: skip
KINDS = {
    "primary": "kern-btn kern-btn--primary",
    "secondary": "kern-btn kern-btn--secondary",
    "tertiary": "kern-btn kern-btn--tertiary",
}
TONES = {
    "neutral": "kern-badge st-badge--neutral",
    "accent": "kern-badge st-badge--accent",
    "info": "kern-badge kern-badge--info",
    "success": "kern-badge kern-badge--success",
    "warning": "kern-badge kern-badge--warning",
    "danger": "kern-badge kern-badge--danger",
}
# A SHA-256 as it is written; of it people compare the beginning.
SUM = re.compile(r"\b([0-9a-f]{64})\b")
SEEN_OF_SUM = 12
SIZES = {"small": "kern-icon--small", "default": "kern-icon--default", "large": "kern-icon--large"}


@component(name=ICONS, size=SIZES)
def icon(name, size="default"):
    """An icon always stands beside a word, so it is hidden from screen readers."""
    return format_html('<span class="kern-icon kern-icon--{} {}" aria-hidden="true"></span>', name, SIZES[size])


@component(tone=TONES)
def badge(text, tone="neutral"):
    return format_html('<span class="{}"><span class="kern-label">{}</span></span>', TONES[tone], text)


def _label(text, symbol):
    if not symbol:
        return format_html('<span class="kern-label">{}</span>', text)
    return format_html('{}<span class="kern-label">{}</span>', icon(symbol), text)


@component(kind=KINDS, icon=("", *ICONS), type=("submit", "button", "reset"))
def button(text, *, kind="primary", icon="", type="submit", name="", value="", opens="", closes=False):  # noqa: A002 - as in HTML
    """``opens`` names the dialog that the button opens, ``closes`` closes the one it stands in."""
    naming = format_html(' name="{}" value="{}"', name, value) if name else ""
    opening = format_html(' data-opens="{}"', opens) if opens else ""
    closing = mark_safe(" data-closes") if closes else ""
    return format_html(
        '<button type="{}" class="{}"{}{}{}>{}</button>', type, KINDS[kind], naming, opening, closing, _label(text, icon)
    )


@component(kind=KINDS, icon=("", *ICONS))
def link_button(href, text, *, kind="primary", icon="", opens="", download=False):
    """A link that looks like a button: it leads somewhere, it changes nothing."""
    opening = format_html(' data-opens="{}"', opens) if opens else ""
    saving = mark_safe(" download") if download else ""
    return format_html('<a href="{}" class="{}"{}{}>{}</a>', href, KINDS[kind], opening, saving, _label(text, icon))


@register.filter
def short_sums(text):
    """Return ``text`` with the beginning of each SHA-256 in it; the whole stands in its title."""
    pieces = SUM.split(str(text))
    return joined(
        format_html('<span title="{}">{}…</span>', piece, piece[:SEEN_OF_SUM]) if at % 2 else conditional_escape(piece)
        for at, piece in enumerate(pieces)
    )
