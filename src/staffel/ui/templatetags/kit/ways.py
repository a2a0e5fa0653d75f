"""How to get on: breadcrumb, tabs, pages, filter chips."""

from django.core.paginator import Page
from django.template import TemplateSyntaxError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from staffel.ui.component import component, part
from staffel.ui.parts import Crumb, KeysetPage, Tab
from staffel.ui.templatetags.kit.words import icon


@component()
def breadcrumb(items):
    """``items`` are (text, href); the last one without href is this page."""
    crumbs = [part("breadcrumb", Crumb, item) for item in items]
    lines = [
        (format_html('<a href="{}">{}</a>', crumb.href, crumb.text),)
        if crumb.href
        else (format_html('<span aria-current="page">{}</span>', crumb.text),)
        for crumb in crumbs
    ]
    return format_html(
        '<nav class="st-breadcrumb" aria-label="{}"><ol>{}</ol></nav>',
        _("Sie sind hier"),
        format_html_join("", "<li>{}</li>", lines),
    )


@component()
def tabs(items, label):
    """Tabs are links to pages of their own: ``items`` are (text, href, current)."""
    lines = []
    for item in items:
        tab = part("tabs", Tab, item)
        current = format_html(' aria-current="{}"', "page") if tab.current else ""
        lines.append((format_html('<a href="{}"{}>{}</a>', tab.href, current, tab.text),))
    return format_html(
        '<nav aria-label="{}"><ul class="st-tabs">{}</ul></nav>', label, format_html_join("", "<li>{}</li>", lines)
    )


@component()
def pagination(context, page, parameter="seite", label=""):
    """Pages by number (Django's ``Page``) or by key (``KeysetPage``); shows nothing if there is one page only."""
    if isinstance(page, KeysetPage):
        pieces = _keyset(page)
    elif isinstance(page, Page):
        pieces = _numbered(context, page, parameter)
    else:
        raise TemplateSyntaxError(f"{{% pagination %}}: page is {page!r}, allowed are Page and KeysetPage.")
    if not pieces:
        return ""
    return format_html(
        '<nav aria-label="{}"><ul class="st-pages">{}</ul></nav>',
        label or _("Seiten"),
        format_html_join("", "<li>{}</li>", ((piece,) for piece in pieces)),
    )


def _keyset(page):
    pieces = []
    if page.previous_href:
        pieces.append(format_html('<a href="{}" rel="prev">{}</a>', page.previous_href, _("Zurück")))
    if page.words and (page.previous_href or page.next_href):
        pieces.append(format_html("<span>{}</span>", page.words))
    if page.next_href:
        pieces.append(format_html('<a href="{}" rel="next">{}</a>', page.next_href, _("Weiter")))
    return pieces


def _numbered(context, page, parameter):
    if page.paginator.num_pages < 2:
        return []
    query = context["request"].GET.copy()

    def href(number):
        query[parameter] = number
        return "?" + query.urlencode()

    pieces = []
    if page.has_previous():
        pieces.append(format_html('<a href="{}" rel="prev">{}</a>', href(page.previous_page_number()), _("Zurück")))
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if number == page.number:
            pieces.append(
                format_html(
                    '<a href="{}" aria-current="page" aria-label="{}">{}</a>', href(number), _("Seite %s") % number, number
                )
            )
        elif isinstance(number, int):
            pieces.append(format_html('<a href="{}" aria-label="{}">{}</a>', href(number), _("Seite %s") % number, number))
        else:
            pieces.append(format_html("<span>{}</span>", number))
    if page.has_next():
        pieces.append(format_html('<a href="{}" rel="next">{}</a>', href(page.next_page_number()), _("Weiter")))
    return pieces


@component()
def filter_chip(text, href, on=False, removes=False):
    """A filter as a link: ``on`` marks the chosen one, ``removes`` says that the link takes the filter away."""
    current = format_html(' aria-current="{}"', "true") if on else ""
    if removes:
        return format_html(
            '<a class="st-chip" href="{}"{} aria-label="{}">{}{}</a>',
            href,
            current,
            _("Filter „%(filter)s“ entfernen") % {"filter": text},
            text,
            icon("close", "small"),
        )
    return format_html('<a class="st-chip" href="{}"{}>{}</a>', href, current, text)
