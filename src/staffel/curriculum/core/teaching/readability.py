"""How easily a German text is read, in school years, with a target for each kind of text.

Source: Bamberger/Vanecek, Lesen, Verstehen, Lernen, Schreiben (1984), first Wiener Sachtextformel. Syllables are counted as
groups of vowels, which is right for most German words ("Rathaus" 2, "Beteiligung" 4).
"""

import re
from collections.abc import Iterator

from staffel.curriculum.core.teaching.findings import Finding, number
from staffel.curriculum.core.teaching.prose import WORD, Document, Kind, sentences_of

# Short for those who have little time; the texts of our own programmes lie at 2 to 7, summaries at up to 9.
TARGETS = {
    Kind.SUMMARY: 9.5,
    Kind.HANDOUT: 7.5,
    Kind.GUIDE: 7.0,
    Kind.EXERCISE: 7.5,
    Kind.TASK: 8.0,
    Kind.QUIZ: 6.5,
    Kind.METHOD: 7.0,
    Kind.TERM: 8.0,
}
LONGEST_SENTENCE = 32
# A formula says nothing about a text of a few words.
LEAST_WORDS = 30
_VOWELS = re.compile(r"(?:aa|ai|au|äu|ay|ee|ei|eu|ey|ie|ii|oo|ou|uu|[aeiouyäöüéèáó])", re.IGNORECASE)


def syllables(word: str) -> int:
    """Return the number of syllables of a German word, at least 1."""
    return max(1, len(_VOWELS.findall(word)))


def school_years(sentences: list[str]) -> float:
    """Return for which school year (4 to 15) the sentences are readable, by the first Wiener Sachtextformel.

    Raises ValueError without a word.
    """
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        raise ValueError("no words to measure")
    counts = [syllables(word) for word in words]
    hundredth = len(words) / 100
    three = sum(count >= 3 for count in counts) / hundredth
    long = sum(len(word) > 6 for word in words) / hundredth
    one = sum(count == 1 for count in counts) / hundredth
    return 0.1935 * three + 0.1672 * len(words) / len(sentences) + 0.1297 * long - 0.0327 * one - 0.875


def findings(document: Document) -> Iterator[Finding]:
    """Yield what is hard to read: the text as a whole, and each sentence that is too long."""
    sentences = sentences_of(document.text)
    words = sum(len(WORD.findall(sentence)) for sentence in sentences)
    target = TARGETS[document.kind]
    if words >= LEAST_WORDS and (years := school_years(sentences)) > target:
        yield Finding(
            document.place,
            f"Der Text liest sich wie für das {number(years)}. Schuljahr; gewollt ist höchstens das {number(target)}.",
        )
    for sentence in sentences:
        length = len(WORD.findall(sentence))
        if length > LONGEST_SENTENCE:
            yield Finding(
                document.place, f"Dieser Satz hat {length} Wörter, gewollt sind höchstens {LONGEST_SENTENCE}: {sentence}"
            )
