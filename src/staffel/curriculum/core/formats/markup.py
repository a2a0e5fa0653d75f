"""XML of the exchange formats: read from foreign hands without trust, written the same way every time.

What is read can neither fetch anything nor grow in memory: no document type, no entities, no network, no depth beyond that of
libxml2, no file beyond ``LARGEST``. Paths inside a package are resolved here and stay inside it.
"""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import BinaryIO
from urllib.parse import quote, unquote, urlsplit

from lxml import etree

from staffel.curriculum.core.files import Files

LARGEST = 5_000_000
# A page of HTML takes four seconds for each million bytes, if somebody means it.
LARGEST_PAGE = 1_000_000
# What is read of all texts of a package together: a programme of 500 units has 30 million bytes.
MOST_TEXT = 80_000_000
XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

# A file to be put into a package: its path, and its bytes or a way to open them.
Entry = tuple[str, bytes | Callable[[], BinaryIO]]
# Markdown without directives as HTML, without scripts and with the links that it has.
Html = Callable[[str], str]

_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class NotReadable(Exception):
    """A file is not of the format, or dangerous: ``sentence`` says so in German, with its path if it has one."""

    def __init__(self, sentence: str, file: str = ""):
        super().__init__(f"{file}: {sentence}" if file else sentence)
        self.sentence, self.file = sentence, file


# Reading ----------------------------------------------------------------------------------------------------------------


class Rationed:
    """The files of a package, of which no more than ``MOST_TEXT`` bytes are read. Raises NotReadable beyond that."""

    def __init__(self, files: Files):
        self._files, self._left = files, MOST_TEXT

    def size(self, path: str) -> int:
        """Return the number of bytes. Raises KeyError for an unknown path."""
        return self._files.size(path)

    def open(self, path: str) -> BinaryIO:
        """Return the bytes, and count them."""
        self._left -= self._files.size(path)
        if self._left < 0:
            raise NotReadable(f"Die Texte des Pakets haben zusammen mehr als {MOST_TEXT} Bytes.")
        return self._files.open(path)


def content_of(files: Files | Rationed, path: str, largest: int = LARGEST) -> bytes:
    """Return the bytes of a text file. Raises NotReadable if it is missing or has more than ``largest`` bytes."""
    try:
        size = files.size(path)
    except KeyError:
        raise NotReadable("Diese Datei fehlt im Paket.", path) from None
    if size > largest:
        raise NotReadable(f"Die Datei hat {size} Bytes, gelesen werden höchstens {largest}.", path)
    with files.open(path) as stream:
        return stream.read()


def parse(files: Files | Rationed, path: str) -> etree._Element:
    """Return the root of an XML file, without comments. Raises NotReadable, with a sentence."""
    content = content_of(files, path)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        line = next((entry.line for entry in parser.error_log), 1)
        raise NotReadable(f"Die Datei ist kein lesbares XML, der Fehler steht in Zeile {line}.", path) from None
    information = root.getroottree().docinfo
    if information.doctype or information.internalDTD is not None:
        raise NotReadable("Die Datei hat eine Dokumenttyp-Angabe (DOCTYPE). Solche Dateien werden nicht gelesen.", path)
    if any(isinstance(node, etree._Entity) for node in root.iter()):
        raise NotReadable("Die Datei verwendet eine Entität. Solche Dateien werden nicht gelesen.", path)
    return root


def name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Return the children of these names, whatever their namespace."""
    return (child for child in element if name(child) in names)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element below ``element`` along ``path``, None if there is none."""
    for step in path:
        element = next(children(element, step), None) if element is not None else None
    return element


def descendants(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Return the elements of these names anywhere below, in their order."""
    return (node for node in element.iter() if name(node) in names)


def line_of(element: etree._Element | str | None) -> str:
    """Return the text of an element, or a text, as one line without blanks at its ends."""
    text = element if isinstance(element, str) else "".join(element.itertext()) if element is not None else ""
    return " ".join(unicodedata.normalize("NFC", _UNFIT.sub("", text)).split())


def resolve(base: str, href: str) -> str:
    """Return the path in the package that ``href`` in the file ``base`` leads to.

    Raises NotReadable if it leads out of the package or is an address on the net.
    """
    parts = urlsplit(href.strip().replace("$IMS-CC-FILEBASE$", "").replace("$1EdTech-CC-FILEBASE$", ""))
    target = unquote(parts.path)
    if parts.scheme or parts.netloc or target.startswith("/") or "\\" in target or "\x00" in target:
        raise NotReadable(f"Der Verweis „{line_of(href)[:80]}“ führt aus dem Paket hinaus.", base)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), target)) if target else base
    if path.startswith("../") or path == "..":
        raise NotReadable(f"Der Verweis „{line_of(href)[:80]}“ führt aus dem Paket hinaus.", base)
    return path


def slug(text: str, *, longest: int = 40) -> str:
    """Return ``text`` as a key: small letters, digits and single hyphens; empty if nothing is left."""
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(umlaut, letters).replace(umlaut.upper(), letters)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:longest].strip("-")


def unique(key: str, taken: set[str]) -> str:
    """Return ``key``, with a number behind if it is taken, and note it as taken."""
    found, number = key, 2
    while found in taken:
        found, number = f"{key}-{number}", number + 1
    taken.add(found)
    return found


# Writing ----------------------------------------------------------------------------------------------------------------


def element(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Return a new child of ``parent`` in its namespace, or in that of a ``{…}tag``."""
    if not tag.startswith("{"):
        namespace = etree.QName(parent).namespace
        tag = f"{{{namespace}}}{tag}" if namespace else tag
    made = etree.SubElement(parent, tag, attributes)
    if text:
        made.text = text
    return made


def written(root: etree._Element, *, indented: bool = True) -> bytes:
    """Return the bytes of an XML file. Mixed text must not be ``indented``: blanks would get into sentences."""
    if indented:
        etree.indent(root)
    body = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def href(path: str) -> str:
    """Return a path as it stands in an ``href``."""
    return quote(path)
