"""What goes on in time: the path, the batons, progress, waiting. The baton is the only ornament."""

from functools import lru_cache

from django.template import TemplateSyntaxError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from staffel.ui.component import component, joined, part
from staffel.ui.parts import Step

MARKS = {
    "done": mark_safe(
        '<svg class="st-path__mark" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="9"/>'
        '<path d="m5.5 10.5 3 3 6-7"/></svg>'
    ),
    "now": mark_safe(
        '<svg class="st-path__mark" viewBox="0 0 20 20" aria-hidden="true"><line x1="3" y1="15" x2="17" y2="5"/></svg>'
    ),
    "next": mark_safe(
        '<svg class="st-path__mark" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="6"/></svg>'
    ),
}
MARKS["plain"] = MARKS["now"]
STATES = {"done": "st-done", "now": "st-now", "next": "st-next-step", "plain": "st-plain"}
BATON = mark_safe('<svg class="st-baton" viewBox="0 0 18 18" aria-hidden="true"><line x1="3" y1="14" x2="15" y2="4"/></svg>')
BATON_WIDTH = 16


def state_in_words(state: str) -> str:
    return {"done": _("erledigt"), "now": _("jetzt"), "next": _("kommt noch"), "plain": ""}[state]


@component()
def path(steps, label, wide=True):
    """A programme, a call, a strategy as a path: ``steps`` are (title, state, when, reason, href).

    A way that nobody is on yet has the state ``plain``: the mark and ``when``, no word for the state.
    """
    lines = []
    for item in steps:
        step = part("path", Step, item)
        if step.state not in STATES:
            raise TemplateSyntaxError(f"{{% path %}}: state is {step.state!r}, allowed are {', '.join(map(repr, STATES))}.")
        title = format_html('<a href="{}">{}</a>', step.href, step.title) if step.href else step.title
        when = ", ".join(words for words in (state_in_words(step.state), step.when) if words)
        reason = format_html('<span class="st-path__state">{}</span>', step.reason) if step.reason else ""
        current = mark_safe(' aria-current="step"') if step.state == "now" else ""
        lines.append((STATES[step.state], current, MARKS[step.state], title, when, reason))
    return format_html(
        '<ol class="{}" aria-label="{}">{}</ol>',
        "st-path st-path--wide" if wide else "st-path",
        label,
        format_html_join(
            "",
            '<li class="{}"{}>{}<span class="st-path__title">{}</span><span class="st-path__state">{}</span>{}</li>',
            lines,
        ),
    )


@component()
def baton():
    """The mark of what comes next, in a ``<ul class="st-next">``."""
    return BATON


@component()
def batons(done, total, text=""):
    """Progress in pieces: as many batons as there are mornings, filled as they pass. ``text`` says it in words."""
    if not 0 <= done <= total <= 40:
        raise TemplateSyntaxError(f"{{% batons %}}: done is {done!r} of {total!r}, allowed is 0 <= done <= total <= 40.")
    words = text or _("%(done)s von %(total)s") % {"done": done, "total": total}
    return format_html('<p class="st-batons">{}<span>{}</span></p>', _baton_row(done, total), words)


@lru_cache(maxsize=256)
def _baton_row(done, total):
    lines = [
        format_html(
            '<line{} x1="{}" y1="19" x2="{}" y2="5"/>',
            "" if n < done else mark_safe(' class="st-open"'),
            3 + n * BATON_WIDTH,
            11 + n * BATON_WIDTH,
        )
        for n in range(total)
    ]
    return format_html('<svg viewBox="0 0 {} 24" aria-hidden="true">{}</svg>', total * BATON_WIDTH, joined(lines))


@component()
def progress(label, value, maximum=100, text=""):
    """Progress that is not made of pieces; ``text`` says the value in words."""
    said = text or _("%(value)s von %(maximum)s") % {"value": value, "maximum": maximum}
    return format_html(
        '<div class="kern-progress"><label>{} <progress value="{}" max="{}">{}</progress></label>'
        '<span class="st-muted st-small">{}</span></div>',
        label, value, maximum, said, said,
    )  # fmt: skip


@component()
def loader(text=""):
    """Something takes a while: three batons are passed on; the words are announced."""
    return format_html(
        '<p class="st-loader" role="status"><svg viewBox="0 0 56 24" aria-hidden="true"><line x1="6" y1="19" x2="14" y2="5"/>'
        '<line x1="24" y1="19" x2="32" y2="5"/><line x1="42" y1="19" x2="50" y2="5"/></svg><span>{}</span></p>',
        text or _("Einen Augenblick, bitte."),
    )
