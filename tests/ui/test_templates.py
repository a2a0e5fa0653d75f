"""What the content security policy would block, and what the browser would not find."""

import re

import pytest

from tests.architecture.house import SOURCE

TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
FORBIDDEN = {
    "inline style": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
# A mail brings its own styles: mail programs load no style sheet, and no policy of ours applies there.
IN_MAILS = {"accounts/letter.html": ["inline style", "style element"]}
BUILT = re.compile(r"(?:fira-sans-latin-[456]00\.woff2|staffel\.(?:css|js)|htmx\.min\.js|favicon\.svg)$")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_has_nothing_inline(template):
    text = template.read_text(encoding="utf-8")
    allowed = IN_MAILS.get(f"{template.parent.name}/{template.name}", [])

    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == allowed


@pytest.mark.parametrize(
    "text, name",
    [
        ('<p style="color:red">', "inline style"),
        ("<style>p{}</style>", "style element"),
        ("<script>1</script>", "inline script"),
        ('<a onclick="x()">', "event handler"),
        ('<a href="javascript:x">', "javascript address"),
    ],
)
def test_the_patterns_find_what_they_name(text, name):
    assert [found for found, pattern in FORBIDDEN.items() if pattern.search(text)] == [name]


def test_pages_name_only_files_that_the_build_makes():
    named = set()
    for template in TEMPLATES:
        named |= set(re.findall(r"""static ["']ui/([^"']+)["']""", template.read_text(encoding="utf-8")))

    assert [name for name in sorted(named) if not BUILT.match(name)] == []
