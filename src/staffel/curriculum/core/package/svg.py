"""Whether a drawing (SVG) only draws: a list of what is allowed, read with the parser of the standard library.

A drawing can run scripts, fetch files and fool readers; one in a package does nothing of this. Elements and attributes are
those of a still picture; addresses lead inside the drawing or are pictures written into it.

Source: SVG 2 (W3C, 2018), chapters 2 (processing modes) and 16 (linking), SVG Integration.
"""

import re
from xml.parsers import expat

MOST_BYTES = 10_000_000
DEEPEST = 100

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_SHAPES = """
    svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text tspan textPath image
    linearGradient radialGradient stop pattern clipPath mask marker switch style view a filter feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence
"""
_ELEMENTS = frozenset(_SHAPES.split())
_PICTURE = re.compile(r"data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/=\s]+")
_ADDRESS = re.compile(r"url\s*\(\s*(?!(['\"]?)#[\w.:-]+\1\s*\))", re.IGNORECASE)
# A backslash or a comment could hide a name from this check.
_STYLE = re.compile(r"@|\\|/\*|expression|javascript:|-moz-binding|behaviou?r\s*:|(image|image-set|src)\s*\(", re.IGNORECASE)


_UNREADABLE = "ist kein lesbares XML in UTF-8"


class _Refused(Exception):
    """Carries the half sentence of what is wrong."""


class Drawing:
    """Looks at one drawing piece by piece (``kinds.Check``)."""

    def __init__(self, name: str):
        self._name, self._bytes, self._depth, self._styles = name, 0, 0, None
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.buffer_text = True

    def feed(self, piece: bytes) -> str:
        self._bytes += len(piece)
        if self._bytes > MOST_BYTES:
            return self._sentence(f"hat mehr als {MOST_BYTES} Bytes")
        # The parser would take UTF-16 as well.
        if b"\0" in piece:
            return self._sentence(_UNREADABLE)
        return self._parsed(piece, last=False)

    def finish(self) -> str:
        found = self._parsed(b"", last=True)
        # It and its handlers hold each other, and thousands would wait for the garbage collector: 1.5 MB.
        del self._parser
        return found

    def _parsed(self, piece: bytes, *, last: bool) -> str:
        try:
            self._parser.Parse(piece, last)
        except _Refused as refusal:
            return self._sentence(str(refusal))
        except (expat.ExpatError, ValueError, LookupError):
            return self._sentence(_UNREADABLE)
        return ""

    def _sentence(self, what: str) -> str:
        return f"Die Zeichnung „{self._name[:80]}“ {what}. Bitte speichern Sie sie als einfaches SVG."

    def _declaration(self, version, encoding, standalone) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii", "ascii"):
            raise _Refused(_UNREADABLE)

    def _doctype(self, *_) -> None:
        raise _Refused("hat eine Dokumenttyp-Angabe oder eigene Zeichen (DOCTYPE, ENTITY)")

    def _instruction(self, target, _) -> None:
        raise _Refused(f"hat eine Anweisung an Programme ({target[:40]})")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        self._depth += 1
        if self._depth > DEEPEST:
            raise _Refused("ist zu tief verschachtelt")
        if space != _SVG or name not in _ELEMENTS:
            raise _Refused(f"enthält das Element „{name[:40]}“, das hier nicht erlaubt ist")
        if self._depth == 1 and name != "svg":
            raise _Refused("beginnt nicht mit dem Element „svg“")
        for attribute, value in attributes.items():
            self._attribute(name, attribute, value)
        if name == "style":
            self._styles = ""

    def _attribute(self, element: str, attribute: str, value: str) -> None:
        space, _, name = attribute.rpartition(" ")
        small = name.lower()
        if space not in ("", _XLINK, _XML) or small.startswith("on") or small in ("base", "src", "handler"):
            raise _Refused(f"enthält die Angabe „{name[:40]}“, die hier nicht erlaubt ist")
        if small == "href":
            inside = re.fullmatch(r"#[\w.:-]+", value) or (element == "image" and _PICTURE.fullmatch(value))
            if not inside:
                raise _Refused("verweist auf etwas außerhalb der Zeichnung")
        # Presentation attributes are read as style: a backslash could hide a name there too.
        if "\\" in value:
            raise _Refused(f"enthält in der Angabe „{name[:40]}“ einen Rückstrich")
        self._check_style(value, whole=small == "style")

    def _check_style(self, value: str, *, whole: bool) -> None:
        if _ADDRESS.search(value) or (whole and _STYLE.search(value)):
            raise _Refused("verweist auf etwas außerhalb der Zeichnung")

    def _text(self, text: str) -> None:
        if self._styles is not None:
            self._styles += text

    def _end(self, _) -> None:
        self._depth -= 1
        if self._styles is not None:
            styles, self._styles = self._styles, None
            self._check_style(styles, whole=True)
