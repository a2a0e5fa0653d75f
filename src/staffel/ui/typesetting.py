"""What every paper shares: the fonts, the wordmark, and one document at a time.

The typesetter gets data only, never text that it could take for a command: a name or a sentence cannot become one.
"""

from functools import lru_cache
from threading import Lock

from django.conf import settings
from django.template.loader import render_to_string

FOLDER = settings.BUILD / "fonts"

# The typesetter keeps the state of one document at a time.
one_at_a_time = Lock()


class FontsMissing(RuntimeError):
    """The fonts for papers are not there: ``make run`` and ``make build/fonts-made`` fetch them."""


@lru_cache(maxsize=1)
def fonts():
    """Return the fonts of the house, read once in each process. Raises FontsMissing if they were never fetched."""
    # Heavy: only who makes a paper pays for it.
    import typst  # noqa: PLC0415

    folders = [str(FOLDER)] if FOLDER.is_dir() else []
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
    if "Fira Sans" not in found.families():
        raise FontsMissing(f"Fira Sans is not in {FOLDER}: run `make build/fonts-made`")
    return found


@lru_cache(maxsize=1)
def wordmark() -> str:
    """Return the wordmark as an SVG of its own."""
    # On a page a style sheet gives the baton its colour and width; here they stand in the drawing.
    drawn = with_namespace(render_to_string("ui/_wordmark.html").strip())
    return drawn.replace("<line ", '<line stroke="#00856b" stroke-width="100" stroke-linecap="round" ', 1)


def with_namespace(svg: str) -> str:
    """Return what stands inline in a page as a drawing of its own."""
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
