import pytest
from django.template import TemplateSyntaxError

HOSTILE = '<script>alert("x")</script>'
SAFE = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"


@pytest.mark.parametrize(
    "text, complaint",
    [
        (
            '{% badge "neu" tone="rosa" %}',
            "{% badge %}: tone is 'rosa', allowed are 'neutral', 'accent', 'info', 'success', 'warning', 'danger'.",
        ),
        (
            '{% alert level="error" title="x" %}{% endalert %}',
            "{% alert %}: level is 'error', allowed are 'info', 'success', 'warning', 'danger'.",
        ),
        ('{% button "x" kind="huge" %}', "{% button %}: kind is 'huge', allowed are 'primary', 'secondary', 'tertiary'."),
        (
            '{% badge "neu" colour="red" %}',
            "'badge' received unexpected keyword argument 'colour' {% badge %} takes: text, tone.",
        ),
        (
            "{% link_button href='/' %}",
            "'link_button' did not receive value(s) for the argument(s): 'text' "
            "{% link_button %} takes: href, text, kind, icon, opens, download.",
        ),
    ],
)
def test_a_mistake_in_a_template_is_named_when_it_is_compiled(shown, text, complaint):
    with pytest.raises(TemplateSyntaxError) as refusal:
        # The wrong branch is never rendered: only compiling can find the mistake.
        shown("{% if False %}" + text + "{% endif %}")

    assert str(refusal.value) == complaint


def test_a_wrong_value_from_the_context_is_named_when_it_is_rendered(shown):
    with pytest.raises(TemplateSyntaxError) as refusal:
        shown("{% badge word tone=tone %}", word="neu", tone="rosa")

    assert str(refusal.value) == (
        "{% badge %}: tone is 'rosa', allowed are 'neutral', 'accent', 'info', 'success', 'warning', 'danger'."
    )


def test_a_part_of_the_wrong_shape_is_named(shown):
    with pytest.raises(TemplateSyntaxError) as refusal:
        shown("{% facts items %}", items=[("nur ein Wort",)])

    assert str(refusal.value) == "{% facts %}: ('nur ein Wort',) is not a Fact(label, value, note, href)."


def test_a_tag_can_be_kept_in_a_variable(shown):
    assert shown('{% badge "neu" as mark %}[{{ mark }}]') == (
        '[<span class="kern-badge st-badge--neutral"><span class="kern-label">neu</span></span>]'
    )


@pytest.mark.parametrize(
    "text, times",
    [
        ("{% badge x %}", 1),
        ("{% button x name=x value=x opens=x %}", 4),
        ("{% link_button href=x text=x opens=x %}", 3),
        ("{% alert level='info' title=x %}{{ x }}{% endalert %}", 2),
        ("{% toast x %}", 1),
        ("{% card title=x href=x %}{{ x }}{% endcard %}", 3),
        ("{% why x source=x summary=x %}{{ x }}{% endwhy %}", 4),
        ("{% empty x %}{{ x }}{% endempty %}", 2),
        ("{% disclosure title=x %}{{ x }}{% enddisclosure %}", 2),
        ("{% dialog id=x title=x %}{{ x }}{% enddialog %}", 5),
        ("{% breadcrumb items %}", 3),
        ("{% tabs items label=x %}", 3),
        ("{% filter_chip x href=x removes=True %}", 3),
        ("{% facts four %}", 4),
        ("{% figure_number x x note=x %}", 3),
        ("{% table caption=x %}{{ x }}{% endtable %}", 2),
        ("{% table caption=x scroll=True %}{% endtable %}", 2),
        ("{% column x sort_href=x %}", 2),
        ("{% task_list tasks %}", 3),
        ("{% file_list four %}", 4),
        ("{% path steps label=x %}", 5),
        ("{% batons 1 2 text=x %}", 1),
        ("{% progress label=x value=1 text=x %}", 3),
        ("{% loader x %}", 1),
        ("{% bar_chart bars title=x sentence=x source=x label_head=x value_head=x axis_end=x %}", 9),
        ("{% credits sources title=x %}", 4),
        ("{% place_search action=x suggestions_url=x name=x value=x label=x hint=x submit=x id=x %}", 12),
    ],
)
def test_every_text_is_escaped(shown, text, times):
    html = shown(
        text,
        x=HOSTILE,
        items=[(HOSTILE, HOSTILE), (HOSTILE, "")][: 2 if "breadcrumb" in text else 1],
        four=[(HOSTILE,) * 4],
        tasks=[(HOSTILE, HOSTILE, HOSTILE)],
        steps=[(HOSTILE, "now", HOSTILE, HOSTILE, HOSTILE)],
        bars=[(HOSTILE, 1, HOSTILE)],
        sources=[HOSTILE, (HOSTILE, HOSTILE)],
    )

    assert HOSTILE not in html
    assert html.count(SAFE) == times
