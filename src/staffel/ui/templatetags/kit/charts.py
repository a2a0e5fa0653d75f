"""Charts: drawn on the server, each with title, axis, sentence, source, and its table, which is the chart itself."""

from django.template import TemplateSyntaxError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from staffel.ui.component import component, part
from staffel.ui.parts import Bar

TONES = {"accent": "", "quiet": mark_safe(' class="st-quiet"')}


@component()
def bar_chart(bars, *, title, sentence, source, label_head, value_head, maximum=None, axis_end=""):
    """Horizontal bars: ``bars`` are (label, value, shown, tone), longest meaning ``maximum`` (else the largest value).

    The bars stand in the rows of the table that a screen reader reads and a printer prints. ``axis_end`` is the text
    at the right end of the axis.
    """
    rows = [part("bar_chart", Bar, bar) for bar in bars]
    longest = maximum or max((bar.value for bar in rows), default=0) or 1
    lines = []
    for bar in rows:
        if bar.tone not in TONES:
            raise TemplateSyntaxError(f"{{% bar_chart %}}: tone is {bar.tone!r}, allowed are {', '.join(map(repr, TONES))}.")
        if not 0 <= bar.value <= longest:
            raise TemplateSyntaxError(f"{{% bar_chart %}}: value is {bar.value!r}, allowed is 0 to {longest}.")
        width = f"{100 * bar.value / longest:.2f}"
        lines.append((TONES[bar.tone], bar.label, width, bar.shown or bar.value))
    return format_html(
        '<figure class="st-chart"><figcaption>{}</figcaption><p class="st-chart__sentence">{}</p>'
        '<table><caption class="kern-sr-only">{}</caption>'
        '<thead><tr><th scope="col">{}</th><td></td><th scope="col" class="st-number">{}</th></tr></thead><tbody>{}</tbody>'
        '<tfoot aria-hidden="true"><tr><td></td><td><div class="st-chart__axis"><span>0</span><span>{}</span></div></td>'
        '<td></td></tr></tfoot></table><p class="st-chart__source">{}</p></figure>',
        title,
        sentence,
        title,
        label_head,
        value_head,
        format_html_join(
            "",
            '<tr{}><th scope="row">{}</th>'
            '<td class="st-chart__bar"><svg aria-hidden="true"><rect width="{}%" height="100%"/></svg></td>'
            '<td class="st-number">{}</td></tr>',
            lines,
        ),
        axis_end or longest,
        _("Quelle: %(source)s") % {"source": source},
    )
