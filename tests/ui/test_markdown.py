import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.ui.markdown import highest_heading, render, render_table


def test_render_makes_paragraphs_lists_and_links():
    assert render("Ein *Satz*.\n\n- eins\n- zwei\n\n[Karte](/karte/)") == (
        "<p>Ein <em>Satz</em>.</p>\n<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>\n"
        '<p><a href="/karte/" rel="noopener noreferrer">Karte</a></p>\n'
    )


def test_render_makes_a_table_of_the_kit_without_inline_style():
    assert render("| a | b |\n| --- | ---: |\n| 1 | 2 |\n") == (
        '<table class="st-table">\n<thead>\n<tr>\n<th scope="col">a</th>\n<th scope="col">b</th>\n</tr>\n</thead>\n'
        "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"
    )


@pytest.mark.parametrize(
    "text, first, html",
    [
        ("# A\n## B", 2, "<h2>A</h2>\n<h3>B</h3>\n"),
        ("## A\n### B", 2, "<h2>A</h2>\n<h3>B</h3>\n"),
        ("# A\n## B", 3, "<h3>A</h3>\n<h4>B</h4>\n"),
        ("# A\n###### B", 5, "<h5>A</h5>\n<h6>B</h6>\n"),
    ],
)
def test_render_lets_headings_begin_where_the_page_wants_them(text, first, html):
    assert render(text, first_heading=first) == html


def test_render_refuses_a_second_h1():
    with pytest.raises(ValueError, match=re.escape("a text's first heading is 2 to 6, got 1")):
        render("# A", first_heading=1)


def test_render_makes_a_picture_a_link():
    assert render("![Bild](https://example.org/b.png)") == (
        '<p>!<a href="https://example.org/b.png" rel="noopener noreferrer">Bild</a></p>\n'
    )


@pytest.mark.parametrize(
    "probe",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        '[x](/a "onmouseover=alert(1)")',
        '[x](/a" onclick="alert(1))',
        "<a href='javascript:alert(1)'>x</a>",
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>'>",
        "```<script>\nalert(1)\n```",
        "<style>*{display:none}</style>",
        "[a]: javascript:alert(1)\n[a]",
        "&lt;script&gt;",
    ],
)
def test_render_disarms(probe):
    assert dangers(render(probe)) == []


PIECES = [*"<>[]()!`*_#-|:\"'&;=/\\ \n", "javascript:", "script", "onclick", "style", "a"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_render_makes_no_tag_or_attribute_beyond_the_allowed(text):
    assert dangers(render(text)) == []


def dangers(html: str) -> list[str]:
    """Return the tags with a name, an attribute or an address that may not be."""
    allowed = re.compile(
        r"</?(a|blockquote|br|code|em|h[2-6]|hr|li|ol|p|pre|s|strong|table|tbody|td|th|thead|tr|ul)"
        r'( (href="(?!(?i:javascript|data|vbscript):)[^"]*"|title="[^"]*"|rel="noopener noreferrer"|start="\d+"'
        r'|class="st-table"|scope="col"))* ?/?>'
    )
    return [tag for tag in re.findall(r"<[^>]*>?", html) if not allowed.fullmatch(tag)]


# Pieces of a longer text ------------------------------------------------------------------------------------------------


def test_a_piece_keeps_its_headings_below_those_of_the_whole():
    assert render("### B", first_heading=3, highest=2) == "<h4>B</h4>\n"


@pytest.mark.parametrize("text, level", [("", 0), ("Text", 0), ("### A\n\n## B", 2), ("```\n# keine\n```\n\n#### D", 4)])
def test_highest_heading(text, level):
    assert highest_heading(text) == level


def test_render_table_heads_rows_and_names_the_column_in_every_cell():
    assert render_table("| Wer | *Wie* viel |\n| --- | ---: |\n| Amt | 12 |\n", caption="A < B") == (
        '<table class="st-table st-table--cards"><caption>A &lt; B</caption>\n<thead>\n<tr>\n<th scope="col">Wer</th>\n'
        '<th scope="col" class="st-number">Wie viel</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<th scope="row">Amt</th>\n'
        '<td data-label="Wie viel" class="st-number">12</td>\n</tr>\n</tbody>\n</table>\n'
    ).replace("Wie viel</th>", "<em>Wie</em> viel</th>")


def test_render_table_leaves_an_empty_head_cell_no_head():
    html = render_table("| | b |\n| --- | --- |\n| 1 | 2 |\n", caption="T")

    assert html.count('<tr>\n<td></td>\n<th scope="col">b</th>\n</tr>') == 1


def test_render_table_shows_another_text_as_text():
    assert render_table("Kein *Netz*.", caption="T") == "<p>Kein <em>Netz</em>.</p>\n"
    assert render_table("", caption="T") == ""


def test_render_table_obeys_no_markup_of_a_cell():
    html = render_table("| <b>a</b> | b |\n| --- | --- |\n| <script>1</script> | [x](javascript:alert(1)) |\n", caption="<i>")

    assert "<script" not in html
    assert "<b>" not in html
    assert 'javascript:alert(1)"' not in html
    assert html.count("<caption>&lt;i&gt;</caption>") == 1
