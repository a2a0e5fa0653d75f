"""Which letters a certificate can show.

German registers write names in the letters of DIN 91379: Latin with every mark, and Greek and Cyrillic beside it. Fira Sans has
most of them, the fonts behind it the rest; a test sets them all. Other scripts have a Latin form in every passport.
"""

import unicodedata

_SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ", "COMBINING ", "MODIFIER LETTER ")
_SIGNS = frozenset(" -'.,()/&+\u00a0\u2019\u02bc\u2010\u2011\u2013\u00b7\u00b4`\"\u201e\u201c\u00aa\u00ba")
# From here on Latin letters are those of manuscripts and phoneticians, which no register and no font of ours has.
_FIRST_MEDIEVAL = "\ua720"


def unprintable(name: str) -> str:
    """Return the characters of ``name`` that a certificate cannot show, each once, in their order; empty if it shows all.

    >>> unprintable("Łucja Đặng"), unprintable("王 Ming")
    ('', '王')
    """
    composed = unicodedata.normalize("NFC", name)
    return "".join(dict.fromkeys(character for character in composed if not _is_shown(character)))


def _is_shown(character: str) -> bool:
    if character in _SIGNS or (character.isascii() and character.isalnum()):
        return True
    return unicodedata.category(character)[0] in "LM" and unicodedata.name(character, "").startswith(_SCRIPTS)
