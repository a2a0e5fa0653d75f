"""Whether texts speak to people as agreed: Sie, and in a form that means everybody.

The agreed form (``docs/develop/programmes.md``): neutral words first (Teilnehmende, Leitung, wer …), else both words
(Bürgerinnen und Bürger); no colon, star, underscore, slash or capital in a word. The only exception is the programme's title.
"""

import re
from collections.abc import Iterator

from staffel.curriculum.core.teaching.findings import Finding
from staffel.curriculum.core.teaching.prose import Document, Kind, sentences_of

OFFICIAL_TITLE = "Smart City Manager:in"
_SIGNS = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]+(?:[:*_/·]-?in(?:nen)?|In(?:nen)?|\(in(?:nen)?\))\b")
# "ihr" and "euch" as address: at the beginning of a sentence Ihr is the polite form too, so only small letters count.
_FAMILIAR = re.compile(r"\b(?:du|dich|dir|dein(?:e[mnrs]?)?|euch|euer|eure[mnrs]?)\b")
# Words that mean men only, where another word is at hand; in compounds (Bürgerbüro) and legal terms they stay.
_MEN = {
    "Bürger": "Menschen, Einwohnerinnen und Einwohner",
    "Bürgern": "Menschen, Einwohnerinnen und Einwohnern",
    "Mitarbeiter": "Beschäftigte",
    "Mitarbeitern": "Beschäftigten",
    "Teilnehmer": "Teilnehmende",
    "Teilnehmern": "Teilnehmenden",
    "Nutzer": "wer es nutzt",
    "Nutzern": "denen, die es nutzen",
    "Kollegen": "Kolleginnen und Kollegen",
    "Experten": "Fachleute",
    "Trainer": "Leitung",
    "Moderator": "Moderation",
    "Leser": "wer es liest",
    "Besucher": "Gäste",
    "Besuchern": "Gästen",
    "Ansprechpartner": "Ansprechperson",
    "Referenten": "Leitung",
    "Amtsleiter": "Amtsleitung",
    "Abteilungsleiter": "Abteilungsleitung",
    "Projektleiter": "Projektleitung",
    "Einwohner": "Menschen, Einwohnerinnen und Einwohner",
    "Einwohnern": "Menschen, Einwohnerinnen und Einwohnern",
    "Anwohner": "Nachbarschaft, wer dort wohnt",
    "Anwohnern": "der Nachbarschaft",
    "Fachmann": "Fachperson",
    "Politiker": "Politik",
    "Zuhörer": "wer zuhört",
    "Dozent": "Leitung",
}
# "Ein Bürger klagte" tells of one man.
_ONE = r"(?<!\b[Ee]in )(?<!\b[Ee]inem )(?<!\b[Ee]inen )"
_MAN = re.compile(rf"{_ONE}(?<![\w-])({'|'.join(_MEN)})(?![\w-]|[:*/·(]-?[iI]n)")
_PAIRED = re.compile(r"\b\w+(?:innen|in)\s+(?:und|oder|sowie|bzw\.)\s+(?:\w+\s+)?$|\b\w+(?:innen|in)-?\s+(?:und|oder)\s+$")
_PAIR_AFTER = re.compile(r"^\s+(?:und|oder|sowie|bzw\.)\s+\w+(?:innen|in)\b")


def findings(document: Document) -> Iterator[Finding]:
    """Yield each sentence of a text that does not keep to the form."""
    for sentence in sentences_of(document.text):
        plain = sentence.replace(OFFICIAL_TITLE, "")
        for found in _SIGNS.finditer(plain):
            yield Finding(document.place, f"„{found[0]}“: Bitte beide Wörter nennen oder ein neutrales. Satz: {sentence}")
        for found in _FAMILIAR.finditer(plain):
            yield Finding(document.place, f"„{found[0]}“: Die Texte sagen Sie. Satz: {sentence}")
        for found in _MAN.finditer(plain):
            if not _PAIRED.search(plain[: found.start()]) and not _PAIR_AFTER.match(plain[found.end() :]):
                yield Finding(document.place, f"„{found[0]}“ meint nur Männer. Besser: {_MEN[found[0]]}. Satz: {sentence}")
        if document.kind is not Kind.QUIZ and sentence.endswith("!"):
            yield Finding(document.place, f"Niemand wird angerufen: {sentence}")
