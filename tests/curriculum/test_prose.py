import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.prose import render
from tests.curriculum.generated import generated
from tests.curriculum.taught import taught_unit


def shown(text, unit=None, **options):
    return render(text, unit=unit, file_path=lambda name: f"/dateien/{name}", **options)


@pytest.mark.parametrize("text, title, css", [
    (":::hint\nA\n:::", "Hinweis", "st-box"),
    (":::hint Bitte\nA\n:::", "Bitte", "st-box"),
    (":::task\nA\n:::", "Aufgabe", "st-box st-box--task"),
    (":::task Fragen\nA\n:::", "Aufgabe: Fragen", "st-box st-box--task"),
    (":::example Lemgo\nA\n:::", "Aus der Praxis: Lemgo", "st-box st-box--example"),
    (":::checklist\n- A\n:::", "Checkliste", "st-box st-box--checklist"),
    (":::checklist Vorher\n- A\n:::", "Vorher", "st-box st-box--checklist"),
    (":::hint <b>\nA\n:::", "&lt;b&gt;", "st-box"),
])  # fmt: skip
def test_boxes_have_a_title_and_a_class(text, title, css):
    html = shown(text)

    assert html.startswith(f'<div class="{css}"><p class="st-box__title">')
    assert html.count(f"<span>{title}</span></p>") == 1
    assert "<b>" not in html


def test_a_definition_is_a_list_of_its_own():
    assert shown(":::definition Smarte Kommune\nEin *Ort*.\n:::") == (
        '<dl class="st-definition"><dt>Smarte Kommune</dt><dd class="st-flow"><p>Ein <em>Ort</em>.</p>\n</dd></dl>'
    )


def test_a_table_has_its_caption():
    html = shown(":::table Wer & was\n| Wer | Was |\n| --- | --- |\n| Amt | prüft |\n:::")

    assert html.startswith('<table class="st-table st-table--cards"><caption>Wer &amp; was</caption>')
    assert html.count('<th scope="row">Amt</th>\n<td data-label="Was">prüft</td>') == 1


def test_figures_and_downloads_say_what_the_materials_say():
    html = shown(":::figure stufen.svg\nNach *oben*.\n:::\n\n:::download tabelle.csv\nLeer.\n:::", taught_unit())

    assert html.count('<img src="/dateien/stufen.svg" alt="Zwei Stufen" loading="lazy" decoding="async">') == 1
    assert html.count("<p>Nach <em>oben</em>.</p>\n <small") == 1
    assert html.count('<small class="st-muted">Staffel, CC BY 4.0</small></figcaption></figure>') == 1
    assert html.count('<a href="/dateien/tabelle.csv" download>Tabelle zum Ausfüllen</a>') == 1
    assert html.count("CSV, 4\N{NO-BREAK SPACE}Bytes, CC BY 4.0") == 1


def test_a_figure_keeps_its_room_where_its_size_is_known():
    html = shown(":::figure stufen.svg\nNach oben.\n:::", taught_unit(), sides={"stufen.svg": (640, 480)})

    assert html.count('<img src="/dateien/stufen.svg" alt="Zwei Stufen" width="640" height="480" loading="lazy"') == 1


@pytest.mark.parametrize("unit", [None, "taught"])
def test_a_file_that_nobody_knows_is_shown_as_text(unit):
    html = shown(":::figure <i>.svg\nText\n:::", taught_unit() if unit else None)

    assert html == "<pre>:::figure &lt;i&gt;.svg\nText\n:::</pre>"


@pytest.mark.parametrize("text, first, tags", [
    ("## A\n\n:::hint\nB\n:::\n\n### C", 3, ["h3", "h4"]),
    ("### A\n\n:::hint\n## B\n:::\n\n### C", 3, ["h4", "h3", "h4"]),
    ("# A\n\n:::hint\nB\n:::\n\n## C", 2, ["h2", "h3"]),
])  # fmt: skip
def test_headings_keep_their_order_across_directives(text, first, tags):
    assert re.findall(r"<(h\d)>", shown(text, first_heading=first)) == tags


def test_html_is_shown_and_never_obeyed():
    html = shown(":::hint <script>\n<script>alert(1)</script> [x](javascript:alert(1))\n:::\n\n<img src=x onerror=y>")

    assert not re.findall(r"<(?:script|img|a)\b", html)


@given(st.text(alphabet=":hintabelfgur \n|-#<>\"'`&()[]/", max_size=200))
def test_whatever_is_written_only_known_tags_come_out(text):
    html = shown(text)
    tags = set(re.findall(r"</?([a-z][a-z0-9]*)", html))

    known = {
        "div",
        "p",
        "span",
        "dl",
        "dt",
        "dd",
        "pre",
        "table",
        "caption",
        "svg",
        "line",
        "h3",
        "h4",
        "h5",
        "h6",
        "code",
        "hr",
    }
    assert tags <= known | {"a", "blockquote", "br", "em", "li", "ol", "s", "strong", "tbody", "td", "th", "thead", "tr", "ul"}


def test_every_directive_of_a_generated_handout_is_rendered():
    programme = generated(2)
    unit = programme.unit(programme.outline.units[0])
    html = shown(unit.handout, unit)

    assert ":::" not in html
    for directive, css in (("example", "st-box--example"), ("definition", "st-definition"), ("figure", "st-picture")):
        assert html.count(css) == unit.handout.count(f":::{directive}") > 0
