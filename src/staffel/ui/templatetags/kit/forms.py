"""Forms: search with suggestions, summary of errors."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.ui.component import component
from staffel.ui.templatetags.kit.words import button


@component()
def place_search(*, action, suggestions_url, name="q", value="", label="", hint="", submit="", id="ort"):  # noqa: A002 - as in HTML
    """Search for a municipality: a GET form that works as it stands; ``combobox.js`` adds suggestions.

    ``suggestions_url`` answers ``?q=…`` with a fragment of ``<li role="option" id="…" data-href="…" data-value="…">``.
    """
    help_text = format_html('<p class="kern-hint" id="{}-hint">{}</p>', id, hint) if hint else ""
    described = format_html(' aria-describedby="{}-hint"', id) if hint else ""
    return format_html(
        '<form class="st-search" role="search" method="get" action="{action}" data-suggestions="{suggestions}">'
        '<label for="{id}">{label}</label>{help_text}'
        '<div class="st-search__row">'
        '<input class="kern-form-input__input" type="search" id="{id}" name="{name}" value="{value}"'
        ' autocapitalize="none"'
        ' spellcheck="false"{described}>{submit}'
        '<ul class="st-search__list" id="{id}-list" role="listbox" aria-label="{list_label}"'
        " data-suggestions-list hidden></ul></div>"
        '<p class="kern-sr-only" role="status" data-none="{none}" data-one="{one}" data-many="{many}"></p></form>',
        action=action,
        suggestions=suggestions_url,
        id=id,
        label=label or _("Ort, Postleitzahl oder Gemeindeschlüssel"),
        help_text=help_text,
        described=described,
        name=name,
        value=value,
        submit=button(submit or _("Suchen")),
        list_label=_("Vorschläge"),
        none=_("Keine Treffer"),
        one=_("1 Treffer"),
        many=_("%s Treffer"),
    )


@component()
def error_summary(form):
    """All errors of a form on top of it, each a link to its field, and focused. Shows nothing if there is none.

    A form with ``focus_errors = False`` is one of several on its page and leaves the focus alone.
    """
    if not form.errors:
        return ""
    lines = [(_error_line(form, name, error),) for name, errors in form.errors.items() for error in errors]
    title = ngettext(
        "Eine Angabe fehlt noch oder stimmt nicht", "%(count)s Angaben fehlen noch oder stimmen nicht", len(lines)
    ) % {"count": len(lines)}
    return format_html(
        '<div class="st-errors" role="alert" tabindex="-1"{}><h2>{}</h2><ul>{}</ul></div>',
        mark_safe(" autofocus") if getattr(form, "focus_errors", True) else "",
        title,
        format_html_join("", "<li>{}</li>", lines),
    )


def _error_line(form, name, error):
    if name == NON_FIELD_ERRORS:
        return error
    field = form[name]
    # A group of choices is reached at its first one.
    target = field.id_for_label or f"{field.auto_id}_0"
    # A label that is a question or a sentence has its mark already.
    mark = "" if str(field.label)[-1:] in ".?!:" else ":"
    return format_html('<a href="#{}">{}{} {}</a>', target, field.label, mark, error)


@component()
def htmx():
    """Load htmx, on pages that use it; its settings stand in the page's head."""
    return format_html('<script src="{}" defer></script>', static("ui/htmx.min.js"))
