import lxml.html
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from staffel.curriculum.core.formats.fragments import read_piece
from staffel.curriculum.core.formats.to_markdown import Converter
from staffel.curriculum.core.text import mistakes_in
from tests.curriculum.core.formats.samples import html


def markdown(piece, **options):
    converter = Converter(**options)
    return converter.text(read_piece(piece, "seite.html")), converter.found


@pytest.mark.parametrize("piece, text", [
    ("Nur Worte", "Nur Worte"),
    ("<p>Eins</p><p>Zwei</p>", "Eins\n\nZwei"),
    ("<h1>Oben</h1><h3>Unten</h3><p>x", "## Oben\n\n#### Unten\n\nx"),
    ("<p>a <b>b</b> <i> c </i>d <code>e`f</code> <s>g</s></p>", "a **b** *c* d ``e`f`` ~~g~~"),
    ("<p>eins<br>zwei<br></p>", "eins\\\nzwei"),
    ("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c"),
    ("<ol start=3><li><p>a</p><p>b</p></li><li>c</li></ol>", "3. a\n\n   b\n\n4. c"),
    ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
    ("<pre>a\n  b```</pre>", "````\na\n  b```\n````"),
    ("<table><tr><th>a<th>b</tr><tr><td>1|2<td><p>x</p><p>y</p></table>", "| a | b |\n| --- | --- |\n| 1\\|2 | x y |"),
    ("<table><tr><td>a</table>", "|  |\n| --- |\n| a |"),
    ("<table><caption>T</caption><tr><th>a<tr><td>1</table>", ":::table T\n| a |\n| --- |\n| 1 |\n:::"),
    ("<dl><dt>Wort<dd>Sinn</dl>", ":::definition Wort\nSinn\n:::"),
    ("<blockquote><dl><dt>Wort<dd>Sinn</dl></blockquote>", "> **Wort**\n>\n> Sinn"),
    ('<p><a href="https://a.de/x_(y)">L</a></p>', "[L](https://a.de/x_%28y%29)"),
    ("<hr>", "***"),
    ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
    ("<p># kein * Titel_ [x] <!-- y -->&lt;b&gt;</p>", "\\# kein \\* Titel\\_ \\[x\\] \\<b>"),
    ("<p>1. keine Liste</p><p>- auch nicht</p><p>::: nicht</p>", "1\\. keine Liste\n\n\\- auch nicht\n\n\\::: nicht"),
    ("", ""),
])  # fmt: skip
def test_text_turns_html_into_markdown(piece, text):
    assert markdown(piece)[0] == text


def test_text_draws_pictures_after_the_piece_they_stand_in():
    piece = '<p>vor <img src="a.png" alt="Bild"> nach</p><figure><img src="b.png"><figcaption>Zwei</figcaption></figure>'

    text, found = markdown(piece, file=lambda address, _alt: address)

    assert text == "vor nach\n\n:::figure a.png\n:::\n\n:::figure b.png\nZwei\n:::"
    assert found.pictures == [("a.png", "Bild"), ("b.png", "")]


def test_text_says_what_it_left_out():
    piece = (
        '<p><u>a</u><script>x</script><iframe src="y"></iframe><img src="z" alt="Z"><a href="seite2.html">weiter</a>'
        '<a href="javascript:x">nicht</a></p><table><tr><td colspan="2">a</table>'
    )

    text, found = markdown(piece)

    assert text == "aZweiternicht\n\n|  |\n| --- |\n| a |"
    assert dict(found.lost) == {"u": 1, "script": 1, "iframe": 1, "img": 1, "colspan": 1}
    assert found.links == ["seite2.html", "javascript:x"]


WORDS = st.text(alphabet="ab Ä1.*_`[]()<>#-+~|!&;:\\\n=\"'", max_size=12)
INLINE = st.recursive(
    WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
    lambda inner: st.tuples(
        st.sampled_from(["b", "em", "span", "s", "code", "a href='https://a.de'"]), st.lists(inner, max_size=3)
    ).map(lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0].split(' ')[0]}>"),
    max_leaves=6,
)
BLOCKS = st.recursive(
    st.tuples(st.sampled_from(["p", "h2", "h4", "pre", "div"]), INLINE).map(lambda made: f"<{made[0]}>{made[1]}</{made[0]}>"),
    lambda inner: st.tuples(st.sampled_from(["ul", "ol", "blockquote", "div"]), st.lists(inner, min_size=1, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(f'<li>{each}</li>' if made[0][1] == 'l' else each for each in made[1])}</{made[0]}>"
    ),
    max_leaves=6,
)


def words(piece):
    return "".join(lxml.html.fragment_fromstring(piece or "<p></p>", create_parent="div").text_content().split())


@settings(max_examples=300)
@given(st.lists(BLOCKS, max_size=4).map("".join))
@example("<p>a<b>!</b>b</p>")
@example("<p><b><i>x</i></b></p>")
@example("<pre>```</pre>")
def test_text_keeps_every_word_and_makes_no_mistake(piece):
    text, _found = markdown(piece)

    assert mistakes_in(text) == []
    assert words(html(text)) == words(piece)
