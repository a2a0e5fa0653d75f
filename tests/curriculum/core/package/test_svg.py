import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.package.svg import MOST_BYTES, Drawing

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">'
OUTSIDE = "verweist auf etwas außerhalb der Zeichnung"
UNREADABLE = "ist kein lesbares XML in UTF-8"


def refusal(text, step=7):
    content = text if isinstance(text, bytes) else text.encode()
    drawing = Drawing("a.svg")
    for at in range(0, len(content), step):
        if sentence := drawing.feed(content[at : at + step]):
            return sentence
    return drawing.finish()


def inside(text):
    return f"{HEAD}{text}</svg>"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<rect width='1' height='1' fill='#fff' style='stroke: red; fill: url(#a)'/>",
        "<title>Drei Stufen &amp; mehr</title>",
        "<defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs><rect fill='url(#a)' filter=\"url('#b')\"/>",
        "<use href='#a'/><use xlink:href='#a'/><a href='#a'><text>x</text></a>",
        "<style>rect { fill: red } .a > b { color: blue }</style>",
        "<image href='data:image/png;base64,iVBORw0KGgo='/>",
        "<text xml:space='preserve' xml:lang='de'>a</text>",
        "<!-- Kommentar -->",
    ],
)
def test_a_drawing_that_only_draws_is_fine(text):
    assert refusal(inside(text)) == ""
    assert refusal('<?xml version="1.0" encoding="UTF-8"?>\n' + inside(text)) == ""


@pytest.mark.parametrize(
    "text, what",
    [
        ("<script>alert(1)</script>", "enthält das Element „script“, das hier nicht erlaubt ist"),
        ("<g><g><SCRIPT/></g></g>", "enthält das Element „SCRIPT“, das hier nicht erlaubt ist"),
        ("<foreignObject/>", "enthält das Element „foreignObject“, das hier nicht erlaubt ist"),
        ("<iframe/>", "enthält das Element „iframe“, das hier nicht erlaubt ist"),
        ("<set attributeName='href' to='javascript:alert(1)'/>", "enthält das Element „set“, das hier nicht erlaubt ist"),
        ("<animate/>", "enthält das Element „animate“, das hier nicht erlaubt ist"),
        ("<feImage/>", "enthält das Element „feImage“, das hier nicht erlaubt ist"),
        ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>", "enthält das Element „script“, das hier nicht erlaubt ist"),
        ("<g xmlns=''/>", "enthält das Element „g“, das hier nicht erlaubt ist"),
        ("<rect onclick='a()'/>", "enthält die Angabe „onclick“, die hier nicht erlaubt ist"),
        ("<rect ONLOAD='a()'/>", "enthält die Angabe „ONLOAD“, die hier nicht erlaubt ist"),
        ("<g xml:base='https://a.example/'/>", "enthält die Angabe „base“, die hier nicht erlaubt ist"),
        ("<image src='a'/>", "enthält die Angabe „src“, die hier nicht erlaubt ist"),
        ("<g xmlns:i='http://www.inkscape.org/x' i:label='a'/>", "enthält die Angabe „label“, die hier nicht erlaubt ist"),
        ("<a href='https://a.example/'/>", OUTSIDE),
        ("<a href='javascript:alert(1)'/>", OUTSIDE),
        ("<use xlink:href='b.svg#a'/>", OUTSIDE),
        ("<a href=' #a'/>", OUTSIDE),
        ("<a href=''/>", OUTSIDE),
        ("<image href='data:image/svg+xml;base64,AAAA'/>", OUTSIDE),
        ("<a href='data:image/png;base64,AAAA'/>", OUTSIDE),
        ("<image href='data:text/html,x'/>", OUTSIDE),
        ("<rect fill='url(https://a.example/)'/>", OUTSIDE),
        ("<rect fill='URL( //a.example/ )'/>", OUTSIDE),
        ("<rect style='fill: url(\"a.svg#b\")'/>", OUTSIDE),
        ("<rect style='background: image-set(\"a\" 1x)'/>", OUTSIDE),
        ("<style>@import 'a.css'</style>", OUTSIDE),
        ("<style>a { b: u/**/rl(x) }</style>", OUTSIDE),
        ("<style>a { b: \\75rl(x) }</style>", OUTSIDE),
        ("<style><![CDATA[a { b: url(x) }]]></style>", OUTSIDE),
        ("<style>a { b: ur<!-- -->l(x) }</style>", OUTSIDE),
        ("<rect fill='\\75rl(https://a.example/)'/>", "enthält in der Angabe „fill“ einen Rückstrich"),
        ("<?xml-stylesheet href='a.css'?>", "hat eine Anweisung an Programme (xml-stylesheet)"),
        ("<g>" * 100 + "</g>" * 100, "ist zu tief verschachtelt"),
        ("<g>", UNREADABLE),
        ("&auml;", UNREADABLE),
        ("<a b='1' b='2'/>", UNREADABLE),
    ],
)
def test_a_drawing_that_does_more_is_refused(text, what):
    expected = f"Die Zeichnung „a.svg“ {what}. Bitte speichern Sie sie als einfaches SVG."

    assert refusal(inside(text)) == expected
    assert refusal(inside(text), step=1_000_000) == expected


@pytest.mark.parametrize(
    "text, what",
    [
        (
            '<!DOCTYPE svg [<!ENTITY a "b">]>' + HEAD + "&a;</svg>",
            "hat eine Dokumenttyp-Angabe oder eigene Zeichen (DOCTYPE, ENTITY)",
        ),
        (
            '<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + HEAD + "</svg>",
            "hat eine Dokumenttyp-Angabe oder eigene Zeichen (DOCTYPE, ENTITY)",
        ),
        ("<g xmlns='http://www.w3.org/2000/svg'/>", "beginnt nicht mit dem Element „svg“"),
        ("<html/>", "enthält das Element „html“, das hier nicht erlaubt ist"),
        ('<?xml version="1.0" encoding="utf-7"?>' + HEAD + "</svg>", UNREADABLE),
        ('<?xml version="1.0" encoding="iso-8859-1"?>' + HEAD + "</svg>", UNREADABLE),
        (("\ufeff" + HEAD + "</svg>").encode("utf-16-le"), UNREADABLE),
        (HEAD.encode() + b"\xe4</svg>", UNREADABLE),
        (b"", UNREADABLE),
        (b"x", UNREADABLE),
    ],
)
def test_a_file_that_is_no_plain_svg_is_refused(text, what):
    assert refusal(text) == f"Die Zeichnung „a.svg“ {what}. Bitte speichern Sie sie als einfaches SVG."


def test_a_huge_drawing_is_refused():
    assert refusal(HEAD + " " * MOST_BYTES + "</svg>", step=1 << 16) == (
        "Die Zeichnung „a.svg“ hat mehr als 10000000 Bytes. Bitte speichern Sie sie als einfaches SVG."
    )


@given(st.binary(max_size=200))
def test_any_bytes_are_no_drawing(content):
    assert refusal(content) != ""
