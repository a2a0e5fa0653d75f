"""A package of another format read, whichever it is: Common Cartridge 1.1 to 1.3, QTI 2.1 to 3.0."""

from lxml import etree

from staffel.curriculum.core.content import Whole
from staffel.curriculum.core.files import Files
from staffel.curriculum.core.formats import cartridge_reading, qti_reading
from staffel.curriculum.core.formats.markup import NotReadable, descendants, parse

MANIFEST = "imsmanifest.xml"


def read_foreign(files: Files) -> tuple[Whole, tuple[str, ...]]:
    """Return a draft, and what could not be carried as German sentences.

    Raises NotReadable, with a sentence, if the package is of no format that can be read, damaged or dangerous.
    """
    if MANIFEST not in files.paths():
        raise NotReadable("Im Paket fehlt imsmanifest.xml. Eingelesen werden Common Cartridge 1.1 bis 1.3 und QTI 2.1 bis 3.0.")
    manifest = parse(files, MANIFEST)
    namespace = etree.QName(manifest).namespace or ""
    kinds = [each.get("type", "") for each in descendants(manifest, "resource")]
    if cartridge_reading.NAMESPACE.fullmatch(namespace):
        return cartridge_reading.read(files)
    if any(qti_reading.ITEM.fullmatch(kind) for kind in kinds):
        return qti_reading.read(files)
    if any("scormtype" in key.lower() for each in descendants(manifest, "resource") for key in each.attrib):
        raise NotReadable("Das ist ein SCORM-Paket. Eingelesen werden Common Cartridge 1.1 bis 1.3 und QTI 2.1 bis 3.0.")
    raise NotReadable("Dieses Format ist nicht bekannt. Eingelesen werden Common Cartridge 1.1 bis 1.3 und QTI 2.1 bis 3.0.")
