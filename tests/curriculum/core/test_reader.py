import hashlib
from io import BytesIO

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staffel.curriculum.core import reader
from staffel.curriculum.core.content import ItemKind
from staffel.curriculum.core.files import InMemory, digest_of
from staffel.curriculum.core.reader import FromFiles, NotAProgramme, check_programme, read_outline, read_programme, read_unit
from staffel.curriculum.core.writer import files_of
from tests.curriculum.generated import generated, small_files, wholes

HEAD, COMPETENCIES, METHODS, GLOSSARY = "programme.yaml", "competencies.yaml", "methods.yaml", "glossary.yaml"
UNIT, QUIZ, TASK = "units/aufbruch/unit.yaml", "units/aufbruch/quiz.yaml", "units/aufbruch/task.yaml"
EXERCISES, HANDOUT, ALONE = "units/aufbruch/exercises.yaml", "units/aufbruch/handout.md", "units/alleine/unit.yaml"
CARDS = {METHODS, GLOSSARY}
UNKNOWN_FILE = (
    "Diese Datei gehört nicht zu einem Programm. Erlaubt sind programme.yaml, competencies.yaml, methods.yaml, glossary.yaml "
    "und Ordner wie units/name."
)
ONLY = "Erlaubt sind exercises.yaml, guide.md, handout.md, quiz.yaml, slides.md, summary.md, task.yaml, unit.yaml."
BAD_NAME = (
    "Der Name einer Datei besteht aus A bis Z, a bis z, 0 bis 9, Punkt, Binde- und Unterstrich, beginnt nicht mit einem "
    "Punkt und "
    "hat höchstens 100 Zeichen."
)


def bytes_of(source):
    return {path: content if isinstance(content, bytes) else content().read() for path, content in files_of(source)}


def mistakes(files):
    with pytest.raises(NotAProgramme) as refusal:
        read_programme(InMemory(files))
    return [str(mistake) for mistake in refusal.value.mistakes]


def test_a_canonical_programme_is_read_and_written_again_byte_by_byte():
    whole = read_programme(InMemory(small_files()))

    assert bytes_of(whole) == small_files()
    assert (whole.outline.key, whole.outline.units, whole.outline.modules[1].required) == (
        "kleines-programm", ("aufbruch", "alleine"), False,
    )  # fmt: skip
    assert whole.units["aufbruch"].quiz[1].kind is ItemKind.MATCH
    assert [answer.right for answer in whole.units["aufbruch"].quiz[1].answers] == [True, True]
    assert whole.units["alleine"].competencies == ("reden",)
    assert whole.open("aufbruch", "liste.txt").read() == b"Eins\nZwei\n"


@pytest.mark.parametrize("units, rich", [(2, True), (12, True), (3, False)])
def test_generated_programmes_come_back_equal(units, rich):
    whole = generated(units, rich=rich)

    assert read_programme(InMemory(bytes_of(whole))) == whole


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(wholes())
def test_what_is_written_is_read_and_written_again(whole):
    files = bytes_of(whole)

    assert read_programme(InMemory(files)) == whole
    assert bytes_of(FromFiles(InMemory(files))) == files


def otherwise(text, style, width):
    """Return the same YAML as PyYAML would write it."""
    return yaml.safe_dump(
        yaml.safe_load(text), sort_keys=True, allow_unicode=style != '"', default_style=style, width=width, indent=5
    ).encode()  # fmt: skip


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(wholes(2), st.sampled_from([30, 1000]))
def test_another_spelling_of_the_same_has_the_same_digest_once_it_is_in_form(whole, width):
    files = bytes_of(whole)
    spelled = {
        path: otherwise(content, None, width) if path.endswith(".yaml") else content.replace(b"\n", b"\r\n")
        if path.endswith(".md") else content
        for path, content in files.items()
    }  # fmt: skip

    assert digest_of(InMemory(bytes_of(read_programme(InMemory(spelled))))) == digest_of(InMemory(files))


class Watched(InMemory):
    """Files that note which of them are opened."""

    def __init__(self, files):
        super().__init__(files)
        self.opened = []

    def open(self, path):
        self.opened.append(path)
        return super().open(path)


def test_read_outline_opens_the_files_of_the_whole_and_no_others():
    files = Watched(bytes_of(generated(12)))

    assert read_outline(files) == generated(12).outline
    assert files.opened == [COMPETENCIES, METHODS, GLOSSARY, HEAD]


def test_methods_and_glossary_may_be_missing():
    files = {path: text for path, text in small_files(**{UNIT: ("    card: runde\n", "")}).items() if path not in CARDS}

    outline = read_outline(InMemory(files))

    assert (outline.methods, outline.glossary) == ((), ())
    assert read_programme(InMemory(files)).units["aufbruch"].plan[0].card == ""


def test_from_files_reads_a_unit_when_it_is_asked_for():
    files = Watched(small_files())
    source = FromFiles(files)
    files.opened.clear()

    assert source.unit("alleine") == read_programme(InMemory(small_files())).units["alleine"]
    assert files.opened == ["units/alleine/unit.yaml", "units/alleine/summary.md"]
    assert source.unit("alleine") == read_unit(files, source.outline, "alleine")
    assert source.open("aufbruch", "liste.txt").read() == b"Eins\nZwei\n"
    for missing in (lambda: source.unit("nichts"), lambda: source.unit_digest("nichts"), lambda: source.open("nichts", "x")):
        with pytest.raises(KeyError):
            missing()
    with pytest.raises(KeyError):
        read_unit(files, source.outline, "nichts")
    with pytest.raises(KeyError):
        source.open("aufbruch", "nichts")


def test_the_digest_of_a_unit_is_what_sha256sum_says_of_its_files():
    files = small_files()
    lines = "".join(
        f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in files if path.startswith("units/alleine/")
    )

    assert FromFiles(InMemory(files)).unit_digest("alleine") == hashlib.sha256(lines.encode()).hexdigest()
    changed = small_files(**{"units/aufbruch/files/liste.txt": b"Drei\n"})
    assert FromFiles(InMemory(changed)).unit_digest("alleine") == FromFiles(InMemory(files)).unit_digest("alleine")
    assert FromFiles(InMemory(changed)).unit_digest("aufbruch") != FromFiles(InMemory(files)).unit_digest("aufbruch")


def test_a_broken_unit_is_refused_when_it_is_asked_for():
    source = FromFiles(InMemory(small_files(**{ALONE: ("minutes: 30", "minutes: halb")})))

    with pytest.raises(NotAProgramme) as refusal:
        source.unit("alleine")

    assert [str(mistake) for mistake in refusal.value.mistakes] == [
        f"{ALONE}, Zeile 3: „minutes“ muss eine ganze Zahl von 1 bis 1440 sein, nicht halb."
    ]
    assert source.unit("aufbruch").title == "Aufbruch"


def test_check_programme_gives_each_unit_and_measures_if_asked():
    found = []
    files = InMemory(small_files(**{"units/aufbruch/files/bild.svg": b"<svg/>"}))
    check_programme(files, found.append, measured=True)

    assert [unit.key for unit in found] == ["aufbruch", "alleine"]
    assert (found[0].materials[0].sha256, found[0].materials[0].size) == (hashlib.sha256(b"<svg/>").hexdigest(), 6)


def test_a_source_measures_materials_if_asked():
    files = InMemory(small_files(**{"units/aufbruch/files/bild.svg": b"<svg/>"}))

    with pytest.raises(NotAProgramme):
        FromFiles(files).unit("aufbruch")

    material = FromFiles(files, measured=True).unit("aufbruch").materials[0]
    assert (material.sha256, material.size) == (hashlib.sha256(b"<svg/>").hexdigest(), 6)


@pytest.mark.parametrize("path, old, new, expected", [
    (HEAD, "title: Kleines Programm\n", "", "1: Es fehlt die Angabe „title“."),
    (HEAD, "fee: false", "fee: false\nreleased_on: 2026-01-01", "22: „released_on“ ist hier keine bekannte Angabe."),
    (HEAD, '"1.0.0"', '"1.0"', "4: „1.0“ ist keine Versionsnummer aus drei Zahlen wie 1.0.0."),
    (HEAD, "language: de", "language: Deutsch", "5: „Deutsch“ ist kein Sprachkürzel wie de oder de-AT."),
    (HEAD, "CC-BY-4.0", "CC BY 4.0", "6: „CC BY 4.0“ ist kein Lizenzkürzel nach SPDX wie CC-BY-4.0."),
    (HEAD, "percent: 80", "percent: 101", "12: „attendance_percent“ muss eine ganze Zahl von 0 bis 100 sein, nicht 101."),
    (HEAD, "- Dienstag", "- Tag", "16: „Tag“ ist kein Wochentag. Erlaubt sind Montag, Dienstag, Mittwoch, Donnerstag, Freitag, "
     "Samstag, Sonntag."),
    (HEAD, "- Dienstag", "- Freitag", "15: Jeder Wochentag steht einmal da, in der Reihenfolge der Woche."),
    (HEAD, '"09:00"', '"24:00"', "18: „24:00“ ist keine Uhrzeit wie 09:00."),
    (HEAD, "key: wahl", "key: grundlagen", "29: Das Modul „grundlagen“ steht schon in Zeile 23."),
    (HEAD, "- alleine", "- alleine\n      - aufbruch", "35: Die Einheit „aufbruch“ steht schon in Zeile 28."),
    (HEAD, "- alleine", "- alleine\n      - Alleine",
     "35: „Alleine“ ist kein Kurzname: erlaubt sind a bis z, 0 bis 9 und Bindestriche."),
    (HEAD, "- alleine", "- alleine\n      - dritte", "35: Zur Einheit „dritte“ fehlt der Ordner units/dritte."),
    (HEAD, "title: Kleines", "# alt\ntitle: Kleines",
     "2: Kommentare mit # gehen beim Weitergeben verloren und sind deshalb nicht "
     "erlaubt. Bitte schreiben Sie den Text in die Angabe „note“."),
    (COMPETENCIES, "key: reden", "key: planen", "15: Die Kompetenz „planen“ steht schon in Zeile 2."),
    (COMPETENCIES, "      - Sie kennen Pläne.\n", "", "6: Eine Kompetenz hat vier Stufen oder keine, hier sind es 3."),
    (COMPETENCIES, '"1.2"', '"1.9"', "12: „1.9“ ist keine Kompetenz aus DigComp 2.2 wie 1.2."),
    (COMPETENCIES, "esco/skill", "esco/job", "14: „http://data.europa.eu/esco/job/1973c966-f236-40c9-b2d4-5d71a89019be“ ist "
     "keine Adresse einer Fähigkeit bei ESCO."),
    (METHODS, "longest: 20", "longest: 9", "6: „longest“ ist 9, das ist weniger als „shortest“ mit 10."),
    (METHODS, "longest: 20", "longest: 1441", "6: „longest“ muss eine ganze Zahl von 1 bis 1440 sein, nicht 1441."),
    (METHODS, "    purpose: Alle kommen an.\n", "", "2: Es fehlt die Angabe „purpose“."),
    (METHODS, "    note: Kurz halten.", "    dauer: 3", "24: „dauer“ ist hier keine bekannte Angabe."),
    (METHODS, "Zwei Kreise.", ":::figure bild.svg\n\n      :::",
     "15: „:::figure“ geht nur in einer Einheit, denn nur Einheiten haben Dateien."),
    (METHODS, "Zwei Kreise.", "<br>",
     "15: Hier steht HTML: <br. Erlaubt ist nur Markdown; ein einzelnes < schreiben Sie als \\<."),
    (METHODS, "accessed: 2026-11-01", "accessed: gestern", "23: „accessed“ muss ein Tag wie 2026-11-25 sein."),
    (METHODS, "  - key: runde\n", "  - key: runde\n    title: X\n  - key: runde\n",
     "4: Die Methode „runde“ steht schon in Zeile 2."),
    (GLOSSARY, "key: rat", "key: amt", "7: Der Begriff „amt“ steht schon in Zeile 2."),
    (GLOSSARY, "- rat", "- tat", "6: Der Begriff „tat“ steht nicht in glossary.yaml."),
    (GLOSSARY, "- rat", "- amt", "6: Der Begriff „amt“ verweist auf sich selbst."),
    (GLOSSARY, "- rat", "- rat\n      - rat", "7: „rat“ steht unter „see“ schon."),
    (GLOSSARY, "term: Amt", "wort: Amt", "2: Es fehlt die Angabe „term“."),
    (GLOSSARY, "text: Er beschließt.", "text: |-\n      :::download liste.txt\n      :::",
     "10: „:::download“ geht nur in einer Einheit, denn nur Einheiten haben Dateien."),
    (UNIT, "card: runde", "card: kreis", "20: Die Methode „kreis“ steht nicht in methods.yaml."),
    (UNIT, "reading_minutes: 12", "reading_minutes: 0",
     "4: „reading_minutes“ muss eine ganze Zahl von 1 bis 1440 sein, nicht 0."),
    (EXERCISES, "competency: reden", "competency: singen", "6: Die Kompetenz „singen“ steht nicht in competencies.yaml."),
    (TASK, "- roadmap", "- traum", "4: „traum“ ist hier nicht bekannt. Erlaubt sind mandate, stocktaking, actor-map, "
     "maturity-check, vision, fields-and-goals, measure-sheets, prioritising, roadmap, participation-plan, protection-check, "
     "council-paper."),
    (TASK, "- roadmap", "- vision", "3: „vision“ steht schon unter „artefact“."),
    (TASK, "- roadmap", "- roadmap\n  - roadmap", "5: „roadmap“ steht unter „also“ schon."),
    (UNIT, "minutes: 60", "minutes: 61", "16: Die Schritte dauern zusammen 241 Minuten, die Einheit dauert 240."),
    (UNIT, "kind: session", "kind: film", "2: „film“ ist hier nicht bekannt. Erlaubt sind session, self-study."),
    (UNIT, "level: create", "level: dream",
     "8: „dream“ ist hier nicht bekannt. Erlaubt sind remember, understand, apply, analyse, "
     "evaluate, create."),
    (UNIT, "competency: planen", "competency: singen", "9: Die Kompetenz „singen“ steht nicht in competencies.yaml."),
    (UNIT, "reaches: 3", "reaches: 5", "10: „reaches“ muss eine ganze Zahl von 1 bis 4 sein, nicht 5."),
    (UNIT, "active: true", "active: ja", "23: „active“ muss true oder false sein."),
    (UNIT, "year: 2024", "year: 0", "37: „year“ muss eine ganze Zahl von 1 bis 9999 sein, nicht 0."),
    (UNIT, "https://www.beispiel.example/buch", "ftp://beispiel.example",
     "38: „ftp://beispiel.example“ ist keine Adresse, die mit https:// oder http:// beginnt."),
    (UNIT, "    link: https://www.beispiel.example/buch\n", "",
     "38: „accessed“ sagt, wann ein Link gelesen wurde. Hier fehlt „link“."),
    (UNIT, "accessed: 2026-11-01", "accessed: 2026-11-31", "39: „accessed“ muss ein Tag wie 2026-11-25 sein."),
    (UNIT, "    alt: Ein Bild.\n", "",
     "41: Zu einem Bild gehört „alt“: was darauf zu sehen ist, für alle, die es nicht sehen."),
    (UNIT, "file: liste.txt", "file: liste.txt\n    alt: Etwas", "54: „alt“ gehört nur zu einem Bild."),
    (UNIT, "size: 42", "size: 43",
     "48: „sha256“ und „size“ passen nicht zur Datei „bild.svg“. „make format-programmes“ schreibt sie "
     "neu."),
    (UNIT, "    link: https://www.beispiel.example/film\n", "", "56: Ein Material hat entweder „file“ oder „link“."),
    (UNIT, "link: https://www.beispiel.example/film", "link: https://www.beispiel.example/film\n    size: 3",
     "56: „sha256“ und „size“ gehören nur zu einer Datei."),
    (UNIT, "    file: liste.txt", "    file: bild.svg\n    alt: Noch eins.",
     "49: Die Datei „bild.svg“ steht schon in Zeile 41."),
    (QUIZ, "right: false", "right: true", "6: Bei „single“ ist genau eine Antwort richtig, hier sind es 2."),
    (QUIZ, "kind: single", "kind: single\n    punkte: 3", "4: „punkte“ ist hier keine bekannte Angabe."),
    (QUIZ, "right: true", "right: false", "6: Bei „single“ ist genau eine Antwort richtig, hier sind es 0."),
    (QUIZ, "        feedback: Ja.\n", "", "7: Es fehlt die Angabe „feedback“."),
    (QUIZ, "        right: true\n", "", "7: Es fehlt die Angabe „right“."),
    (QUIZ, "text: Bauen.", "text: Planen.", "10: „Planen.“ steht in dieser Frage schon."),
    (QUIZ, "partner: Vorlage", "partner: Beschluss", "24: „Beschluss“ steht in dieser Frage schon."),
    (QUIZ, "        partner: Vorlage\n", "", "22: Es fehlt die Angabe „partner“."),
    (QUIZ, "        partner: Vorlage", "        partner: Vorlage\n        right: false",
     "25: Bei „match“ ist jede Antwort richtig. Bitte streichen Sie „right“."),
    (QUIZ, "kind: match", "kind: order", "21: „partner“ ist hier keine bekannte Angabe."),
    (QUIZ, "kind: gap", "kind: order", "29: Bei „order“ braucht es mindestens zwei Antworten."),
    (QUIZ, "key: paare", "key: eine", "14: Die Frage „eine“ steht schon in Zeile 2."),
    (EXERCISES, "      :::hint", "      :::hinweis",
     "10: „:::hinweis“ ist nicht bekannt. Erlaubt sind hint, task, definition, example, "
     "checklist, table, figure, download."),
    (EXERCISES, "form: pairs", "form: chor", "5: „chor“ ist hier nicht bekannt. Erlaubt sind alone, pairs, groups, plenary."),
    (TASK, "artefact: vision", "artefact: traum",
     "2: „traum“ ist hier nicht bekannt. Erlaubt sind mandate, stocktaking, actor-map, "
     "maturity-check, vision, fields-and-goals, measure-sheets, prioritising, roadmap, participation-plan, protection-check, "
     "council-paper."),
    (TASK, "      - Noch unklar.\n", "", "13: Ein Kriterium hat zwei bis vier Stufen, hier sind es 1."),
    (TASK, "einen Satz.", "<b>.", "5: Hier steht HTML: <b. Erlaubt ist nur Markdown; ein einzelnes < schreiben Sie als \\<."),
    (HANDOUT, "figure bild.svg", "figure liste.txt", "5: „liste.txt“ ist kein Bild. Dafür gibt es :::download."),
    (HANDOUT, "figure bild.svg", "figure foto.svg", "5: Die Datei „foto.svg“ steht nicht unter „materials“ in unit.yaml."),
    (HANDOUT, "Ein Absatz.", "[x](file:///etc/passwd)", "3: „file:///etc/passwd“ ist kein Verweis, der hier geht: Erlaubt sind "
     "https://, http://, mailto:, tel: und # für eine Stelle im Text."),
])  # fmt: skip
def test_a_mistake_is_named_with_file_and_line(path, old, new, expected):
    assert f"{path}, Zeile {expected}" in mistakes(small_files(**{path: (old, new)}))


@pytest.mark.parametrize("changes, expected", [
    ({HEAD: None}, [f"{HEAD}, Zeile 1: Die Datei fehlt. In ihr steht, was für das ganze Programm gilt."]),
    ({HEAD: "nur Text"}, [f"{HEAD}, Zeile 1: Hier fehlen die Angaben in der Form „name: Wert“."]),
    ({HEAD: b"a" * 1_000_001}, [f"{HEAD}, Zeile 1: Die Datei hat mehr als 1000000 Bytes. Bitte kürzen Sie sie."]),
    ({"README.md": ""}, [f"README.md, Zeile 1: {UNKNOWN_FILE}"]),
    ({"units/x": ""}, [f"units/x, Zeile 1: {UNKNOWN_FILE}"]),
    ({"units/A/unit.yaml": ""}, [f"units/A/unit.yaml, Zeile 1: {UNKNOWN_FILE}"]),
    ({"../units/a/unit.yaml": ""}, [f"../units/a/unit.yaml, Zeile 1: {UNKNOWN_FILE}"]),
    ({"units/fremd/unit.yaml": ""},
     [f"units/fremd/unit.yaml, Zeile 1: Die Einheit „fremd“ steht in keinem Modul von {HEAD}."]),
    ({"units/alleine/notes.md": ""}, [f"units/alleine/notes.md, Zeile 1: Diese Datei gehört nicht zu einer Einheit. {ONLY}"]),
    ({"units/alleine/summary.md": None},
     ["units/alleine/summary.md, Zeile 1: Die Datei fehlt. Jede Einheit hat unit.yaml und summary.md."]),
    ({"units/alleine/guide.md": "\n \n"},
     ["units/alleine/guide.md, Zeile 1: Die Datei ist leer. Bitte schreiben Sie etwas hinein oder löschen Sie sie."]),
    ({"units/alleine/guide.md": "a" * 200_001},
     ["units/alleine/guide.md, Zeile 1: Der Text hat 200001 Zeichen, erlaubt sind höchstens 200000."]),
    ({"units/alleine/quiz.yaml": "quiz: []\n"}, ["units/alleine/quiz.yaml, Zeile 1: „quiz“ hat 0 Einträge, erlaubt sind "
     "1 bis 500."]),
    ({"units/alleine/files/x.txt": ""},
     ["units/alleine/files/x.txt, Zeile 1: Diese Datei steht nicht unter „materials“ in unit.yaml."]),
    ({"units/aufbruch/files/.x": ""}, [f"units/aufbruch/files/.x, Zeile 1: {BAD_NAME}"]),
    ({"units/aufbruch/files/a/b": ""}, [f"units/aufbruch/files/a/b, Zeile 1: {BAD_NAME}"]),
    ({"units/aufbruch/files/ä.txt": ""}, [f"units/aufbruch/files/ä.txt, Zeile 1: {BAD_NAME}"]),
    ({"units/aufbruch/files/bild.svg": None, HANDOUT: None, UNIT: ("material: bild.svg", "material: Bild")},
     [f"{UNIT}, Zeile 45: Die Datei „bild.svg“ liegt nicht im Ordner files der Einheit."]),
    ({UNIT: ("file: liste.txt", "file: Bild.svg\n    alt: Bild"), HANDOUT: None, "units/aufbruch/files/Bild.svg": "",
      "units/aufbruch/files/liste.txt": None},
     ["units/aufbruch/files/bild.svg, Zeile 1: Neben „Bild.svg“ unterscheidet sich dieser Name nur durch Groß- und "
     "Kleinschreibung.",
      f"{UNIT}, Zeile 55: „sha256“ und „size“ passen nicht zur Datei „Bild.svg“. „make format-programmes“ schreibt sie neu."]),
    ({COMPETENCIES: None, UNIT: ("competency: planen", "competency: reden"), QUIZ: None},
     [f"{COMPETENCIES}, Zeile 1: Die Datei fehlt. In ihr steht, was Menschen nach dem Programm können.",
      f"{ALONE}, Zeile 8: Die Kompetenz „reden“ steht nicht in competencies.yaml.",
      f"{EXERCISES}, Zeile 6: Die Kompetenz „reden“ steht nicht in competencies.yaml.",
      f"{UNIT}, Zeile 9: Die Kompetenz „reden“ steht nicht in competencies.yaml.",
      f"{UNIT}, Zeile 14: Die Kompetenz „reden“ steht nicht in competencies.yaml."]),
    ({UNIT: ("competency: planen",
     "competency: reden")}, [f"{COMPETENCIES}, Zeile 2: An der Kompetenz „planen“ arbeitet keine Einheit."]),
])  # fmt: skip
def test_a_mistake_in_the_folder_is_named(changes, expected):
    assert mistakes(small_files(**changes)) == expected


def test_all_mistakes_are_told_at_once_in_order_of_files_and_lines():
    files = small_files(**{
        HEAD: ("fee: false", "fee: nein"), UNIT: ("minutes: 60", "minutes: viele"), HANDOUT: ("Ein Absatz.", "<i>"),
    })  # fmt: skip

    assert mistakes(files) == [
        f"{HEAD}, Zeile 21: „fee“ muss true oder false sein.",
        f"{HANDOUT}, Zeile 3: Hier steht HTML: <i. Erlaubt ist nur Markdown; ein einzelnes < schreiben Sie als \\<.",
        f"{UNIT}, Zeile 17: „minutes“ muss eine ganze Zahl von 1 bis 1440 sein, nicht viele.",
    ]


def test_after_a_thousand_mistakes_nothing_more_is_read():
    files = bytes_of(generated(3, rich=False))
    keys = [path.split("/")[1] for path in files if path.endswith("/unit.yaml")]
    for key in keys:
        files[f"units/{key}/unit.yaml"] = b"".join(b"x%d: 1\n" % number for number in range(900))

    found = mistakes(files)
    assert (len(found), {line.split("/")[1] for line in found}) == (1000, set(keys[:2]))


def test_too_many_files_or_units_are_refused(monkeypatch):
    monkeypatch.setattr(reader, "MOST_FILES", 5)
    assert mistakes(small_files()) == [
        f"{HEAD}, Zeile 1: Das sind mehr als 5 Dateien. Es ist wohl nicht der Ordner eines Programms."
    ]

    monkeypatch.setattr(reader, "MOST_FILES", 100)
    monkeypatch.setattr(reader, "MOST_UNITS", 1)
    assert mistakes(small_files())[0] == f"{HEAD}, Zeile 23: „modules“ hat 2 Einträge, erlaubt sind 1 bis 1."


def test_no_more_of_a_text_is_read_than_is_allowed():
    class Endless(InMemory):
        def open(self, path):
            stream = BytesIO(b"a" * 3_000_000)
            self.stream = stream
            return stream if path == HEAD else super().open(path)

    files = Endless(small_files())
    with pytest.raises(NotAProgramme):
        read_outline(files)

    assert files.stream.closed


ODD = [
    "- ",
    "&a",
    "*a",
    "!!str",
    "? x",
    "{",
    "[",
    "\t",
    "---",
    "...",
    '"',
    "'",
    "|",
    "\x00",
    "%",
    ":::",
    ":::hint",
    "```",
    "<b>",
]
_lines = st.lists(st.sampled_from([line for content in small_files().values() for line in content.decode().splitlines()] + ODD))
_broken = st.one_of(st.binary(max_size=300), _lines.map(lambda lines: "\n".join(lines).encode()))


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(sorted(small_files())), _broken)
def test_any_bytes_are_read_or_refused_with_a_line_of_the_file(path, content):
    files = small_files(**{path: content})
    try:
        found, refused = read_programme(InMemory(files)), ()
    except NotAProgramme as refusal:
        found, refused = None, refusal.mistakes

    assert (found is None) is bool(refused)
    for mistake in refused:
        assert 1 <= mistake.line <= files.get(mistake.file, b"").count(b"\n") + content.count(b"\r") + 2
