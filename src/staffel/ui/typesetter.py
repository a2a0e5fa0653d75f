"""The typesetter as a process of its own, for documents with pictures from foreign hands; see ``typesetting.typeset_apart``.

Run as a file, without Django: the order comes as JSON on standard input, the document goes to standard output. A drawing that
wants more memory or time than a document may take ends this process and no other.
"""

import json
import resource
import sys
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory

MOST_MEMORY = 4 * 1024**3
MOST_SECONDS = 300


def main() -> None:
    """Read the order, set the document, write it."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    # What is set here may hold the words of a person; no picture of the memory is left behind.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import typst  # noqa: PLC0415 - under the limits

    order = json.load(sys.stdin)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[order["fonts"]])
    # Files that are handed over in memory must be text: a photograph is not.
    with TemporaryDirectory() as folder:
        for name, content in order["files"].items():
            (Path(folder) / Path(name).name).write_bytes(b64decode(content))
        main = Path(folder) / "main.typ"
        made = typst.compile(main, root=folder, font_paths=fonts, ignore_system_fonts=True, **order["options"])
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
