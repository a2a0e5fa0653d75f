"""Find a place by what people type: a few letters, any spelling, a postal code, a key.

Pure. The whole register is held as tuples in an ``Index``: about 11,000 places answer in well under a millisecond.

Every word of the query must begin a word of the name, in any order; further words may begin words of the Kreis or the Land
("Neustadt Coburg"). Order: the exact name, names that begin with the query, names with words that do, helped by Kreis or
Land; within each by population. Who types ä, ö or ü means it: "Röm" begins Römhild, and Rom comes later. Uninhabited areas
stand last.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Protocol

from staffel.municipalities.core.spelling import (
    HYPHENED,
    LITTLE_WORDS,
    WORDS,
    fold,
    spellings,
    without_designation,
    words_of,
)

LONGEST_QUERY = 80
MOST_WORDS = 6
SHORTEST_QUERY = 2
SHORTEST_NUMBER = 3
# An edit of a longer word is tried in 1,000 ways and more; so long a word is rarely a slip of one letter.
LONGEST_GUESSED = 20
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Behind every word that begins with the prefix put before it.
LAST = "\U0010ffff"

SHORTENED_LITTLE_WORDS = frozenset(["o", "u"])
LONGEST_POSTAL_CODE = 5
# A key of a Land below 10 that a spreadsheet took for a number.
KEY_WITHOUT_ZERO = 7

# What stands before or after a name and says only what kind of place it is; dropped if nothing is found with it.
KIND_WORDS = frozenset(
    [
        "amt",
        "bundesland",
        "freistaat",
        "gemeinde",
        "gemeindeverwaltung",
        "grosse",
        "hansestadt",
        "kommune",
        "kreis",
        "kreisfreie",
        "kreisstadt",
        "kurort",
        "land",
        "landeshauptstadt",
        "landkreis",
        "landratsamt",
        "lk",
        "lutherstadt",
        "markt",
        "rathaus",
        "stadt",
        "stadtverwaltung",
        "universitatsstadt",
    ]
)
# These say that a Kreis or a Land is meant.
AREA_WORDS = frozenset(["bundesland", "freistaat", "kreis", "land", "landkreis", "landratsamt", "lk"])


class Kind(StrEnum):
    """What was found."""

    MUNICIPALITY = "municipality"
    KREIS = "kreis"
    LAND = "land"


class Number(StrEnum):
    """What a query of digits alone can be."""

    POSTAL_CODE = "postal_code"
    KEY = "key"


class Area(NamedTuple):
    """A Kreis or a Land as the search knows it; ``names`` are all names under which it is found."""

    kind: Kind
    code: str
    name: str
    names: tuple[str, ...]
    land: str
    population: int


class Place(Protocol):
    """What the search has to know of a municipality; ``core.listing.Row`` has it.

    ``kreis`` and ``land`` are codes; ``kreis`` is empty for waters that lie in none. ``uninhabited`` areas belong to no
    municipality; ``dissolved`` ones exist no more.
    """

    ags: str
    name: str
    second_name: str
    kreis: str
    land: str
    population: int
    postal_code: str
    uninhabited: bool
    dissolved: bool


@dataclass(frozen=True)
class Found:
    """What a query found: positions in ``Index.places``, best first, and positions in ``Index.areas``.

    ``guessed`` says that nothing was found as typed, and that these differ from it by one letter. ``areas_first`` says that
    the query asks for a Kreis or a Land. ``too_short`` says that there was too little to search for, ``unknown`` which kind of
    number the query was if that found nothing.
    """

    places: tuple[int, ...] = ()
    areas: tuple[int, ...] = ()
    guessed: bool = False
    areas_first: bool = False
    too_short: bool = False
    unknown: Number | None = None


@dataclass(frozen=True)
class Index:
    """All places and areas, and from which beginnings of words they are found.

    ``places`` are ordered by importance: inhabited before uninhabited, existing before dissolved, big before small. So a
    position is a rank, and sets of positions are sorted without looking at a place.
    """

    places: tuple[Place, ...]
    areas: tuple[Area, ...]
    position: dict[str, int]
    _words: "Postings"
    _names: "Postings"
    _area_words: "Postings"
    _area_names: "Postings"
    _postal_codes: "Postings"
    _keys: "Postings"
    _areas_of: list[frozenset[int]]
    _first_uninhabited: int

    def find(self, query: str) -> Found:
        """Return everything that ``query`` finds, best first. Costs no more than a few milliseconds for any query."""
        words = words_of(query[:LONGEST_QUERY])[:MOST_WORDS]
        letters = "".join(words)
        if len(letters) < (SHORTEST_NUMBER if letters.isdecimal() else SHORTEST_QUERY):
            return Found(too_short=True)
        long_words = words_of(query[:LONGEST_QUERY], long=True)[:MOST_WORDS]
        if len(long_words) != len(words):
            long_words = words
        pairs = list(zip(words, long_words, strict=True))
        for attempt in _attempts(pairs):
            found = self._find_exactly(attempt)
            if found.places or found.areas:
                return replace(found, areas_first=self._areas_come_first(found, attempt, words))
        if letters.isdecimal():
            return Found(unknown=Number.POSTAL_CODE if len(letters) <= LONGEST_POSTAL_CODE else Number.KEY)
        return self._guess(_attempts(pairs)[0])

    def _find_exactly(self, pairs: list[tuple[str, str]]) -> Found:
        if all(word.isdecimal() for word, _ in pairs):
            return self._find_number("".join(word for word, _ in pairs))
        own = [self._own(pair) for pair in pairs]
        return Found(self._ranked(pairs, own), self._find_areas(pairs))

    def _own(self, pair: tuple[str, str]) -> set[int]:
        """Places whose own name has a word, or whose number begins, with either spelling."""
        word, long_word = pair
        if word.isdecimal() and len(word) >= SHORTEST_NUMBER:
            return self._postal_codes.beginning(word) | self._keys.beginning(word)
        found = self._words.beginning(word)
        return found if long_word == word else found | self._words.beginning(long_word)

    def _ranked(self, pairs, own: list[set[int]]) -> tuple[int, ...]:
        all_own = set.intersection(*own)
        if len(pairs) > 1:
            all_own |= self._helped_by_areas(pairs, own)
        if not all_own:
            return ()
        # The long spelling: the same as the short one, unless somebody typed ä, ö or ü.
        query = " ".join(long_word for _word, long_word in pairs)
        exact = all_own.intersection(self._names.exactly(query))
        first = self._names.beginning(query) & all_own
        named = set.intersection(*own)
        ranked = [*sorted(exact), *sorted(first - exact), *sorted(named - first - exact), *sorted(all_own - named - first)]
        last = self._first_uninhabited
        return tuple([at for at in ranked if at < last] + [at for at in ranked if at >= last])

    def _helped_by_areas(self, pairs, own: list[set[int]]) -> set[int]:
        """Places for which some words begin their own name and all others that of their Kreis or Land."""
        areas = [self._area_words.beginning(word) | self._area_words.beginning(long_word) for word, long_word in pairs]
        # A word that neither a place nor an area has helps nobody, and looking at thousands of places takes long.
        if not any(areas) or not all(names or found for names, found in zip(own, areas, strict=True)):
            return set()
        areas_of = self._areas_of
        alone = [names for names, found in zip(own, areas, strict=True) if not found]
        fitting = set.intersection(*alone) if alone else set().union(*own)
        for names, found in zip(own, areas, strict=True):
            if found:
                fitting = {at for at in fitting if at in names or not areas_of[at].isdisjoint(found)}
        return fitting

    def _find_areas(self, pairs) -> tuple[int, ...]:
        found = set.intersection(
            *(self._area_words.beginning(word) | self._area_words.beginning(long_word) for word, long_word in pairs)
        )
        exact = set().union(*(self._area_names.exactly(" ".join(words)) for words in zip(*pairs, strict=True)))
        return (*sorted(found & exact), *sorted(found - exact))

    def _areas_come_first(self, found: Found, pairs, words: list[str]) -> bool:
        """Whether the query asks for a Kreis or a Land: it says so, or is its name and begins the name of no place."""
        if not found.areas:
            return False
        if not found.places or not AREA_WORDS.isdisjoint(words):
            return True
        queries = [" ".join(spelling) for spelling in zip(*pairs, strict=True)]
        exact = any(found.areas[0] in self._area_names.exactly(query) for query in queries)
        return exact and not any(found.places[0] in self._names.beginning(query) for query in queries)

    def _find_number(self, digits: str) -> Found:
        if digits in self.position:
            return Found((self.position[digits],))
        whole = self._keys.exactly(f"0{digits}") if len(digits) == KEY_WITHOUT_ZERO else ()
        postal = sorted(self._postal_codes.beginning(digits))
        keys = sorted(self._keys.beginning(digits) - set(postal))
        areas = tuple(at for at, area in enumerate(self.areas) if area.code == digits)
        return Found((*whole, *postal, *keys), areas)

    def _guess(self, pairs: list[tuple[str, str]]) -> Found:
        """Return what is found if one word of 4 to 20 letters differs by one letter from what was typed."""
        own = [self._own(pair) for pair in pairs]
        places: set[int] = set()
        for at, (word, _) in enumerate(pairs):
            if not 4 <= len(word) <= LONGEST_GUESSED or word.isdecimal():
                continue
            others = own[:at] + own[at + 1 :]
            if not all(others):
                continue
            near = self._words.near(word, ends=at == len(pairs) - 1)
            places |= set.intersection(near, *others)
        if places:
            ranked = sorted(places)
            return Found(tuple(ranked), guessed=True)
        if len(pairs) == 1 and 4 <= len(pairs[0][0]) <= LONGEST_GUESSED:
            areas = sorted(self._area_words.near(pairs[0][0], ends=True))
            return Found((), tuple(areas), guessed=bool(areas))
        return Found()


class Postings:
    """From a word to the positions of what has it; prefixes are found by bisection."""

    def __init__(self, entries: Iterable[tuple[str, int]]):
        lists: dict[str, list[int]] = {}
        for word, at in entries:
            known = lists.setdefault(word, [])
            if not known or known[-1] != at:
                known.append(at)
        self._sorted = sorted(lists)
        self._found = {word: tuple(found) for word, found in lists.items()}

    def exactly(self, word: str) -> tuple[int, ...]:
        """Return the positions of ``word`` itself."""
        return self._found.get(word, ())

    def beginning(self, prefix: str) -> set[int]:
        """Return the positions of all words that begin with ``prefix``."""
        start, end = self._range(prefix)
        found = self._found
        return set().union(*[found[word] for word in self._sorted[start:end]])

    def near(self, word: str, *, ends: bool) -> set[int]:
        """Return the positions of words one edit away from ``word``; with ``ends``, of words that only begin so."""
        whole = [edit for edit in edits(word) if edit in self._found]
        if whole or not ends:
            return set().union(*(self._found[edit] for edit in whole))
        return set().union(*(self.beginning(edit) for edit in edits(word) if len(edit) >= 4 and self._any(edit)))

    def _range(self, prefix: str) -> tuple[int, int]:
        start = bisect_left(self._sorted, prefix)
        return start, bisect_left(self._sorted, prefix + LAST, start)

    def _any(self, prefix: str) -> bool:
        start = bisect_left(self._sorted, prefix)
        return start < len(self._sorted) and self._sorted[start].startswith(prefix)


def edits(word: str) -> set[str]:
    """Return every word one edit away from ``word``: a letter left out, added or changed, or two neighbours swapped."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    left_out = {before + after[1:] for before, after in halves if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in halves if len(after) > 1}
    changed = {before + letter + after[1:] for before, after in halves if after for letter in LETTERS}
    added = {before + letter + after for before, after in halves for letter in LETTERS}
    return (left_out | swapped | changed | added) - {word}


def build(places: Iterable[Place], areas: Iterable[Area]) -> Index:
    """Return the index of all places and areas; takes about a third of a second for Germany."""
    ranked = sorted(places, key=lambda place: (place.uninhabited, place.dissolved, -place.population, place.name, place.ags))
    ranked_areas = sorted(areas, key=lambda area: (area.kind != Kind.KREIS, -area.population, area.code))
    words, names = [], []
    for at, place in enumerate(ranked):
        for name in (place.name, place.second_name):
            if not name:
                continue
            for spelling in spellings(name):
                names.append((" ".join(spelling), at))
                words.extend((word, at) for word in (*spelling, "".join(spelling)))
            words.extend(("".join(words_of(name, long=long)), at) for long in (False, True))
            words.extend((fold(whole.replace("-", "")), at) for whole in HYPHENED.findall(name))
            if (short := without_designation(name)) != name:
                names.extend((" ".join(spelling), at) for spelling in spellings(short))
    area_words, area_names = [], []
    for at, area in enumerate(ranked_areas):
        for name in area.names:
            for spelling in spellings(name):
                area_names.append((" ".join(spelling), at))
                area_words.extend((word, at) for word in spelling)
    area_position = {(area.kind, area.code): at for at, area in enumerate(ranked_areas)}
    return Index(
        places=tuple(ranked),
        areas=tuple(ranked_areas),
        position={place.ags: at for at, place in enumerate(ranked)},
        _words=Postings(words),
        _names=Postings(names),
        _area_words=Postings(area_words),
        _area_names=Postings(area_names),
        _postal_codes=Postings((place.postal_code, at) for at, place in enumerate(ranked) if place.postal_code),
        _keys=Postings((place.ags, at) for at, place in enumerate(ranked)),
        _areas_of=_areas_of(ranked, area_position),
        _first_uninhabited=next((at for at, place in enumerate(ranked) if place.uninhabited), len(ranked)),
    )


def _areas_of(places: list[Place], area_position: dict) -> list[frozenset[int]]:
    shared: dict[tuple[str, str], frozenset[int]] = {}
    for place in places:
        codes = (place.kreis, place.land)
        if codes not in shared:
            both = ((Kind.KREIS, place.kreis), (Kind.LAND, place.land))
            shared[codes] = frozenset(area_position[area] for area in both if area in area_position)
    return [shared[place.kreis, place.land] for place in places]


def _attempts(pairs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Return the readings of a query to be tried in turn, without repetition: as typed, then with less and less.

    First without the little words, then also without "o." and "u." that stand for such words ("Rothenburg o.d.T.") or without
    a last word that may become one ("Neustadt an d…"), then also without words for a kind ("Stadt Bernau") and, beside a name,
    without numbers ("15344 Strausberg").
    """
    plain = [pair for pair in pairs if pair[0] not in LITTLE_WORDS] or pairs
    readings = [plain, [pair for pair in plain[:-1] if pair[0] not in SHORTENED_LITTLE_WORDS] + plain[-1:]]
    last = plain[-1][0]
    if len(plain) > 1 and len(last) <= 2 and any(little.startswith(last) for little in LITTLE_WORDS):
        readings.append(plain[:-1])
    for words in list(readings):
        names = [pair for pair in words if pair[0] not in KIND_WORDS]
        readings.append(names or words)
        readings.append([pair for pair in names if not pair[0].isdecimal()] or words)
    return [reading for at, reading in enumerate(readings) if reading not in readings[:at]]


@lru_cache(maxsize=64)
def _marked_words(query: str) -> tuple[str, ...]:
    pairs = zip(words_of(query), words_of(query, long=True), strict=False)
    return tuple({word for pair in pairs if pair[0] not in LITTLE_WORDS for word in pair})


def marked(name: str, query: str) -> list[tuple[str, bool]]:
    """Return ``name`` in pieces, each with whether ``query`` matches it.

    >>> marked("Bad Münster", "munst bad")
    [('Bad', True), (' ', False), ('Münst', True), ('er', False)]
    """
    wanted = _marked_words(query[:LONGEST_QUERY])
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in WORDS.finditer(name):
        length = max((_matched_length(match[0], word) for word in wanted), default=0)
        if length:
            pieces += [(name[end : match.start()], False), (name[match.start() : match.start() + length], True)]
            end = match.start() + length
    pieces.append((name[end:], False))
    return [piece for piece in pieces if piece[0]]


def _matched_length(word: str, prefix: str) -> int:
    """How many letters of ``word`` the folded ``prefix`` covers in either spelling, 0 if it does not begin the word."""
    for long in (False, True):
        if not fold(word, long=long).startswith(prefix):
            continue
        for length in range(1, len(word) + 1):
            if len(fold(word[:length], long=long)) >= len(prefix):
                return length
    return 0
