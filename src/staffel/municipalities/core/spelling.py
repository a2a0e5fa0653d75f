"""One spelling for what people type and what the register says.

Pure. How names and queries are compared::

    München      -> munchen or muenchen    ä, ö, ü are found with and without e, ß as ss, ł as l, other marks not at all
    St. Ingbert  -> st ingbert or sankt ingbert
    Lahr/Schwarzwald, Neu-Ulm, Halle (Saale): every sign is a border between words; Neu-Ulm is also neuulm
    Garching a.d.Alz -> garching alz       the little words between (an der, bei, im …) count for nothing
    Reichenbach/O.L. -> also oberlausitz
    Halle (Saale), Mühlhausen/Thüringen, Freiburg im Breisgau -> also halle, muhlhausen, freiburg: what only tells a place from
    another of its name need not be typed
    Sankt Augustin -> also sanktaugustin
"""

import re
import unicodedata

_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})
_LONG = _PLAIN | str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
WORDS = re.compile(r"[^\W_]+")
HYPHENED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")

# What follows a name only to tell it from others: (Saale), /Thüringen, an der Weinstraße, b.Coburg, i.d.OPf.
_DESIGNATION = re.compile(
    r"(?<=\w)\s*(?:[(/]|(?<=\s)(?:(?:am|an|auf|bei|beim|im|in|ob|unter|vor|vorm)\s|(?:a|b|i|o|u|v)\.)).*", re.IGNORECASE
)

LITTLE_WORDS = frozenset(
    [
        "a",
        "am",
        "an",
        "auf",
        "b",
        "bei",
        "beim",
        "d",
        "dem",
        "den",
        "der",
        "die",
        "i",
        "im",
        "in",
        "ob",
        "v",
        "vom",
        "von",
        "vor",
        "zu",
        "zum",
        "zur",
    ]
)
"""Words that are written in many ways, or left out, in the names of places."""

# First letters of "ob" and "unter" where more words follow: "Rothenburg o.d.T.", but not "Frankfurt/O.".

# Abbreviations of the register that people write out. The key is the folded abbreviation as it stands between borders.
WRITTEN_OUT = {
    "bay": "bayern",
    "erzgeb": "erzgebirge",
    "hann": "hannoversch",
    "odw": "odenwald",
    "ofr": "oberfranken",
    "opf": "oberpfalz",
    "o l": "oberlausitz",
    "rhld": "rheinland",
    "sa": "sachsen",
    "sachs": "sachsische",
    "st": "sankt",
    "thur": "thuringen",
    "ufr": "unterfranken",
    "vogtl": "vogtland",
    "westf": "westfalen",
}


def fold(text: str, *, long: bool = False) -> str:
    """Return ``text`` in small letters without marks; with ``long``, ä, ö and ü become ae, oe and ue.

    >>> fold("Gröbenzell"), fold("Gröbenzell", long=True), fold("Chóśebuz"), fold("Weißwasser")
    ('grobenzell', 'groebenzell', 'chosebuz', 'weisswasser')
    """
    text = unicodedata.normalize("NFC", text).lower().translate(_LONG if long else _PLAIN)
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def words_of(text: str, *, long: bool = False) -> list[str]:
    """Return the folded words of ``text``, little words too; every other sign is a border."""
    return WORDS.findall(fold(text, long=long))


def spellings(text: str) -> list[list[str]]:
    """Return the folded words of a name without its little words, in each spelling under which it is found.

    >>> spellings("St. Märgen")
    [['st', 'margen'], ['sankt', 'margen'], ['st', 'maergen'], ['sankt', 'maergen']]
    """
    found = []
    for long in (False, True):
        words = words_of(text, long=long)
        for version in (words, _written_out(words), ["st" if word == "sankt" else word for word in words]):
            kept = without_little(version)
            if kept not in found:
                found.append(kept)
    return found


def without_little(words: list[str]) -> list[str]:
    """Return ``words`` without the little ones, or unchanged if there are no others."""
    return [word for word in words if word not in LITTLE_WORDS] or words


def _written_out(words: list[str]) -> list[str]:
    text = " " + " ".join(words) + " "
    for short, long in WRITTEN_OUT.items():
        text = text.replace(f" {short} ", f" {long} ")
    return text.split()


def without_designation(name: str) -> str:
    """Return a name without what only tells the place from others of its name.

    >>> without_designation("Halle (Saale)"), without_designation("Neustadt a.d.Aisch"), without_designation("Neu-Ulm")
    ('Halle', 'Neustadt', 'Neu-Ulm')
    """
    return _DESIGNATION.sub("", name).rstrip()


def sort_key(name: str) -> str:
    """Return the text by which a name is sorted, the same on every database: ä as a, signs as spaces.

    Source: DIN 5007, variant 1.
    """
    return " ".join(words_of(name))
