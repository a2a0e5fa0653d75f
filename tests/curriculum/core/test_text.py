import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from staffel.curriculum.core.text import DIRECTIVES, MOST_OF_A_KIND, Block, blocks, mistakes_in, mistakes_of_markdown

TEXT = """\
Vorher.

:::hint Bitte lesen
Erste Zeile.

```
:::task
```
:::

## Danach

:::figure bild.svg
:::
Schluss."""


def test_blocks_come_in_their_order_with_their_lines():
    assert blocks(TEXT) == (
        Block("prose", "", "Vorher.", 1, 1),
        Block("hint", "Bitte lesen", "Erste Zeile.\n\n```\n:::task\n```", 3, 4),
        Block("prose", "", "## Danach", 11, 11),
        Block("figure", "bild.svg", "", 13, 14),
        Block("prose", "", "Schluss.", 15, 15),
    )
    assert mistakes_in(TEXT) == []


def test_plain_prose_is_one_block_and_nothing_is_none():
    assert blocks("\n\nEin Absatz.\n\nNoch einer.\n") == (Block("prose", "", "Ein Absatz.\n\nNoch einer.", 3, 3),)
    assert blocks(" \n\n") == ()


@pytest.mark.parametrize("text", [
    ":::hint\nx\n:::", ":::task Titel\nx\n:::", ":::definition Wort\nx\n:::", ":::example Titel\nx\n:::",
     ":::figure a-b_1.svg\n:::",
    ":::checklist\n- eins\n- zwei\n  weiter\n\n- drei\n:::", ":::download a.pdf\nEine Datei.\n:::", ":::hint\n\n\nx\n\n:::",
    ":::table Zahlen\n| a | b |\n|:--|--:|\n| 1 | 2 \\| 3 |\n:::",
     ":::table Zahlen\na | b\n--- | ---\n1 |\n:::".replace("1 |", "1 | 2"),
    ":::table Leer\n| a | b |\n| --- | --- |\n| 1 | |\n:::",
    "[x](https://a.example) [x](http://a.example 'Titel') [x](mailto:a@b.example) [x](tel:+49301) [x](#unten) "
     "<https://a.example>",
    "[x]: https://a.example", "3 < 4 und 5 > 4, a<3", "`<b>` ``<i>`x`` \\<u>",
     "```\n<b> [x](javascript:y)\n:::nichts\n```", "~~~\n<b>\n~~~",
    "- x\n\n  ```\n  <b>\n  ```", "ein `Anfang\nund Ende` <https://a.example>", "Ein [Wort] in Klammern: (so).",
    ":: und : sind frei",
     "x :::hint",
])  # fmt: skip
def test_right_prose_has_no_mistakes(text):
    assert mistakes_in(text) == []


KNOWN = "Erlaubt sind hint, task, definition, example, checklist, table, figure, download."
HTML = "Hier steht HTML: %s. Erlaubt ist nur Markdown; ein einzelnes < schreiben Sie als \\<."
LINK = "„%s“ ist kein Verweis, der hier geht: Erlaubt sind https://, http://, mailto:, tel: und # für eine Stelle im Text."
PICTURE = "Ein Bild steht in :::figure, damit es eine Beschriftung und einen Text für Blinde hat."


@pytest.mark.parametrize("text, expected", [
    ("x\n:::wichtig\ny\n:::",
     [(2, f"„:::wichtig“ ist nicht bekannt. {KNOWN}"), (4, "Hier endet etwas mit :::, das nicht begonnen hat.")]),
    ("x\n:::", [(2, "Hier endet etwas mit :::, das nicht begonnen hat.")]),
    ("x\n\n:::hint\ny", [(3, "Zu „:::hint“ fehlt die Zeile :::, mit der es endet.")]),
    (":::hint\nx\n:::task\ny\n:::\n:::", [
        (3, "„:::task“ steht in „:::hint“ aus Zeile 1. Das ist nicht erlaubt."),
        (6, "Hier endet etwas mit :::, das nicht begonnen hat."),
    ]),
    ("::: hint\nx", [(1, "Auf ::: folgt ohne Leerzeichen ein Name, zum Beispiel :::hint.")]),
    ("::::hint\nx", [(1, "Auf ::: folgt ohne Leerzeichen ein Name, zum Beispiel :::hint.")]),
    (":::Hint\nx", [(1, "Auf ::: folgt ohne Leerzeichen ein Name, zum Beispiel :::hint.")]),
    ("  :::hint\nx", [(1, "Eine Zeile mit ::: beginnt ganz links.")]),
    ("x\n```\n:::hint", [(2, "Hier beginnt Code, der nicht endet. Es fehlt eine Zeile ```.")]),
    (":::hint\n~~~~\n:::\n~~~\n", [(2, "Hier beginnt Code, der nicht endet. Es fehlt eine Zeile ~~~~.")]),
    (":::definition\nx\n:::", [(1, "Nach „:::definition“ fehlt das erklärte Wort.")]),
    (":::example\nx\n:::", [(1, "Nach „:::example“ fehlt ein Titel.")]),
    (":::figure\nx\n:::", [(1, "Nach „:::figure“ fehlt der Name der Datei.")]),
    (":::figure ../a.svg\n:::", [(1, "„../a.svg“ ist kein Name einer Datei.")]),
    (":::download .htaccess\n:::", [(1, "„.htaccess“ ist kein Name einer Datei.")]),
    (f":::hint {'x' * 201}\nx\n:::", [(1, "Nach „:::hint“ stehen mehr als 200 Zeichen.")]),
    (":::hint\n\n:::", [(1, "„:::hint“ ist leer.")]),
    (":::checklist\n- eins\nzwei\n:::", [(3, "In einer Checkliste beginnt jede Zeile mit - oder ist eingerückt.")]),
    (":::checklist\n\n  eins\n:::", [(3, "In einer Checkliste beginnt jede Zeile mit - oder ist eingerückt.")]),
    (":::table\n| a |\n| --- |\n| 1 |\n:::", [(1, "Nach „:::table“ fehlt eine Beschriftung.")]),
    (":::table T\nText\n:::", [(2, "Hier steht nur eine Tabelle, mit einem | zwischen den Zellen in jeder Zeile.")]),
    (":::table T\n| a |\n| --- |\n| 1 |\n\nText\n:::",
     [(5, "Hier steht nur eine Tabelle, mit einem | zwischen den Zellen in jeder Zeile.")]),
    (":::table T\n| a | b |\n| --- | --- |\n| 1 |\n:::", [(4, "Diese Zeile hat 1 Zellen, die erste hat 2.")]),
    (":::table T\n| a |\n| 1 |\n:::", [(3, "Unter der ersten Zeile einer Tabelle steht eine Zeile wie | --- | --- |.")]),
    (":::table T\n| a |\n:::", [(2, "Unter der ersten Zeile einer Tabelle steht eine Zeile wie | --- | --- |.")]),
    (":::table T\n| a |\n| --- |\n:::", [(3, "Die Tabelle hat keine Zeile mit Inhalt.")]),
    ("x\n\ny <b>z", [(3, HTML % "<b")]),
    ("</b >", [(1, HTML % "</b")]),
    ("<br/>", [(1, HTML % "<br")]),
    ("<!-- x -->", [(1, HTML % "<!")]),
    ("<?php", [(1, HTML % "<?")]),
    ("\\\\<b>", [(1, HTML % "<b")]),
    ("` <b>\n\n`", [(1, HTML % "<b")]),
    ("\\`<b>`", [(1, HTML % "<b")]),
    ("``<b>`", [(1, HTML % "<b")]),
    ("`x\n> <b>`", [(2, HTML % "<b")]),
    ("`x\n`<b>`", [(2, HTML % "<b")]),
    ("- [x]:\n  seite.html", [(2, LINK % "seite.html")]),
    (":::hint\nx\n\n<i>\n:::", [(4, HTML % "<i")]),
    ("[x](javascript:alert)", [(1, LINK % "javascript:alert")]),
    ("[x](<data:text/html,y>)", [(1, LINK % "data:text/html,y")]),
    ("[x](\n java&#115;cript:y)", [(1, LINK % "java&#115;cript:y")]),
    ("[x](seite.html)", [(1, LINK % "seite.html")]),
    ("[x](//a.example)", [(1, LINK % "//a.example")]),
    ("[x]()", [(1, LINK % "")]),
    ("<vbscript:x>", [(1, LINK % "vbscript:x")]),
    ("x\n\n[x]: file:///etc", [(3, LINK % "file:///etc")]),
    ("![x](https://a.example/b.png)", [(1, PICTURE)]),
    ("![x][y]", [(1, PICTURE)]),
])  # fmt: skip
def test_a_mistake_is_named_with_its_line(text, expected):
    assert mistakes_in(text) == expected


def test_of_each_kind_no_more_is_told_than_somebody_reads():
    assert len(mistakes_in("<b>\n" * 1000 + "![\n" * 1000)) == 2 * MOST_OF_A_KIND


PIECES = ["`", "``", "\\", "<b>", "</i>", "<a:b>", "[x](", ")", "javascript:x", "https://a.example", "\n", "\n\n", "!",
     "[x]", "[x]:", "x", " ",
          "```\n", "~~~\n", "<", ">", "- ", "    ", "&#106;"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_what_a_renderer_takes_for_html_or_a_bad_link_is_never_missed(text):
    if mistakes_of_markdown(text) or mistakes_in(text):
        return
    tokens = MarkdownIt("commonmark", {"html": True}).parse(text)
    inner = [child for token in tokens for child in (token.children or [])]
    assert [token.content for token in (*tokens, *inner) if token.type in {"html_block", "html_inline", "image"}] == []
    for token in inner:
        if token.type == "link_open":
            assert str(token.attrs["href"]).startswith(("https://", "http://", "mailto:", "tel:", "#"))


@given(
    st.lists(st.sampled_from([*PIECES, ":::", ":::hint", ":::figure a.svg", "\n:::\n", "\n:::task\n"]), max_size=25).map(
        "".join
    )
)
def test_blocks_lose_nothing_and_know_their_lines(text):
    lines = text.split("\n")
    found = blocks(text)

    for block in found:
        first = block.text.split("\n")[0]
        assert block.kind == "prose" or block.kind in DIRECTIVES
        assert not block.text or lines[block.text_line - 1].rstrip() == first.rstrip()
        assert block.kind == "prose" or lines[block.first_line - 1].startswith(f":::{block.kind}")
    left = "".join("".join(block.text.split()) for block in found)
    heads = [line for line in lines if line.startswith(":::")]
    assert len("".join(text.split())) - len(left) <= sum(map(len, heads))


@pytest.mark.parametrize("piece", [
    "` `` ``` ", "<a ", "](x", "\\", "`<b>\n", "[a", "[a]:\n", ":::hint\n", ":::hint\nx\n:::\n", "<a:", "|", "```\n",
     "- \n", "<!", "![",
])  # fmt: skip
def test_a_hostile_text_costs_no_more_than_its_length(piece):
    started = time.process_time()
    mistakes_in(piece * (200_000 // len(piece)))

    assert time.process_time() - started < 3


def test_a_table_of_all_that_a_text_may_have_is_read_in_one_go():
    """Thirty-three thousand rows: with each row looked for from the beginning this took a minute."""
    assert mistakes_in(":::table Viele\n|a|b|\n|-|-|\n" + "|a|b|\n" * 33_000 + "|a|\n:::") == [
        (33_004, "Diese Zeile hat 1 Zellen, die erste hat 2.")
    ]
