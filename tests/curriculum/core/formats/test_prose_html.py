import pytest
from lxml import etree
from lxml import html as parse_html

from staffel.curriculum.core.content import Material, Unit, UnitKind
from staffel.curriculum.core.formats.prose_html import Prose
from staffel.curriculum.core.formats.to_markdown import Converter
from tests.curriculum.core.formats.samples import html

PICTURE = Material("Balken", "Staffel", "CC-BY-4.0", "de", file="b.svg", alt="Zwei Balken")
TEXT = Material("Vorlage", "Staffel", "CC-BY-4.0", "de", file="v.txt")
UNIT = Unit("einheit", "Einheit", UnitKind.SELF_STUDY, 60, (), "", materials=(PICTURE, TEXT))


def shown(text, **options):
    root = Prose(html, UNIT, "../", **options).of(text)
    return "".join(etree.tostring(each, encoding="unicode") for each in root).strip()


@pytest.mark.parametrize("text, expected", [
    (":::hint Titel\nx\n:::",
     '<div class="staffel-hint"><p class="staffel-title"><strong>Hinweis: <span class="staffel-argument">Titel</span></strong>'
     "</p><p>x</p>\n</div>"),
    (":::checklist\n- x\n:::",
     '<div class="staffel-checklist"><p class="staffel-title"><strong>Checkliste</strong></p><ul>\n<li>x</li>\n</ul>\n</div>'),
    (":::definition Wort\nx\n:::", '<dl class="staffel-definition"><dt>Wort</dt><dd><p>x</p>\n</dd></dl>'),
    (":::figure b.svg\nx\n:::",
     '<div class="staffel-figure"><p class="staffel-shown"><img src="../files/einheit/b.svg" alt="Zwei Balken"/>'
     "<small> Staffel, CC-BY-4.0</small></p><p>x</p>\n</div>"),
    (":::download v.txt\n:::",
     '<div class="staffel-download"><p class="staffel-shown"><a href="../files/einheit/v.txt">Vorlage</a>'
     " (TXT, Staffel, CC-BY-4.0)</p></div>"),
])  # fmt: skip
def test_of_shows_directives_without_icons(text, expected):
    assert shown(text) == expected


def test_of_keeps_headings_in_their_order_across_directives():
    text = "# Eins\n\n:::hint\nx\n:::\n\n## Zwei"

    assert [each.tag for each in parse_html.fromstring(f"<div>{shown(text)}</div>").iter("h1", "h2", "h3")] == ["h2", "h3"]


def test_of_is_not_fooled_by_its_own_mark():
    assert "STAFFELBLOCK0" in shown("STAFFELBLOCK0\n\n:::hint\nx\n:::")


@pytest.mark.parametrize("text", [
    ":::hint Titel\nx\n:::", ":::hint\nx\n:::", ":::task T\na\n\n1. b\n2. c\n:::", ":::example T\nx\n:::",
    ":::checklist\n- a\n- b\n:::", ":::definition Wort\nx\n:::", ":::figure b.svg\nx\n:::", ":::figure b.svg\n:::",
    ":::download v.txt\nx\n:::", ":::table T\n| a | b |\n| --- | --- |\n| 1 | 2 |\n:::",
    "vor\n\n:::hint\n**x** `y` [z](https://a.de)\n:::\n\nnach\n\n- a\n- b\n\n:::task\nx\n:::",
])  # fmt: skip
@pytest.mark.parametrize("qti", [False, True])
def test_directives_come_back(text, qti):
    root = Prose(html, UNIT, "../", qti=qti).of(text)

    assert Converter(lambda address, _alt: address.rpartition("/")[2]).text(root) == text
