"""What every paper shares: the fonts, the wordmark, and one document at a time.

The typesetter gets data only, never text that it could take for a command: a name or a sentence cannot become one.
"""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock

from django.conf import settings
from django.template.loader import render_to_string

FOLDER = settings.BUILD / "fonts"
TYPESETTER = settings.SOURCE / "ui" / "typesetter.py"
SECONDS = 300

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


class TypesettingFailed(RuntimeError):
    """A document could not be set; the message is what the typesetter said."""


def typeset_apart(files: Mapping[str, bytes], **options) -> bytes:
    """Return the document of ``files``, one of them ``main.typ``, set in a process of its own.

    For pictures from foreign hands: a drawing of a hundred bytes can ask for more memory than there is, which would end this
    process and all that it does. Takes 0.2 s more. Raises FontsMissing, and TypesettingFailed where it cannot be set.
    """
    fonts()
    order = {
        "files": {name: b64encode(content).decode() for name, content in files.items()},
        "fonts": str(FOLDER),
        "options": options,
    }
    try:
        # Our own program, and no word of the document in the command.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(TYPESETTER)],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TypesettingFailed(f"the typesetter took more than {SECONDS} s") from error
    if done.returncode:
        raise TypesettingFailed(done.stderr.decode(errors="replace")[-500:] or f"the typesetter ended with {done.returncode}")
    return done.stdout


@lru_cache(maxsize=1)
def wordmark() -> str:
    """Return the wordmark as an SVG of its own."""
    # On a page a style sheet gives the baton its colour and width; here they stand in the drawing.
    drawn = with_namespace(render_to_string("ui/_wordmark.html").strip())
    return drawn.replace("<line ", '<line stroke="#00856b" stroke-width="100" stroke-linecap="round" ', 1)


def with_namespace(svg: str) -> str:
    """Return what stands inline in a page as a drawing of its own."""
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
