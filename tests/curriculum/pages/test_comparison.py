import pytest

from staffel.curriculum.pages.comparison import chosen, comparison_page
from staffel.curriculum.queries import files, releases, versions
from tests.curriculum.factories import make_version
from tests.curriculum.taught import HANDOUT, released, taught_files

pytestmark = pytest.mark.django_db

KEY = "kleines-programm"
TWICE = "Das ist zweimal dieselbe Version. Bitte wählen Sie zwei verschiedene."
UNKNOWN = "Diese Versionen gibt es hier nicht beide. Bitte wählen Sie zwei aus der Liste."


def page_of(old="", new="", page="1"):
    lines = versions.released_versions(KEY)
    pair = chosen(lines, old, new)
    sources = tuple(line and files.source_of(releases.released_row(KEY, line.number)) for line in (pair.old, pair.new))
    return comparison_page(KEY, lines, pair, sources, page)


@pytest.fixture
def three():
    released(taught_files())
    released(taught_files("1.0.1", handout=HANDOUT.replace("Ein Satz", "Ein anderer Satz")))
    released(taught_files("1.1.0", handout=HANDOUT.replace("Ein Satz", "Kein Satz")))


@pytest.mark.parametrize("asked, pair", [
    (("", ""), ("1.0.1", "1.1.0")),
    (("1.0.0", "1.1.0"), ("1.0.0", "1.1.0")),
    (("1.1.0", "1.0.0"), ("1.0.0", "1.1.0")),
])  # fmt: skip
def test_the_older_one_comes_first(three, asked, pair):
    page = page_of(*asked)

    assert (page.old, page.new, page.refusal) == (*pair, "")
    assert page.view.sentence == "Eine Einheit ist geändert."
    assert page.weight == "Nur Formulierungen sind geändert."
    assert page.competencies == (
        "An „Planen“ arbeitet eine Einheit, in der etwas anders ist: „Aufbruch“.",
        "An „Reden“ arbeitet eine Einheit, in der etwas anders ist: „Aufbruch“.",
    )


@pytest.mark.parametrize("asked, refusal", [
    (("1.0.0", "1.0.0"), TWICE),
    (("1.0.0", "9.9.9"), UNKNOWN),
    (("1.0.0", ""), UNKNOWN),
    (("<b>", "1.0.0"), UNKNOWN),
])  # fmt: skip
def test_what_cannot_be_compared_gets_a_sentence(three, asked, refusal):
    page = page_of(*asked)

    assert (page.refusal, page.view, page.offers_choice) == (refusal, None, True)
    assert (page.old, page.new) == ("1.0.0", "1.1.0")


def test_one_version_has_nothing_to_compare_with():
    released(taught_files())
    page = page_of()

    assert page.refusal == "Bisher ist nur eine Version freigegeben. Ab der zweiten steht hier, was neu ist."
    assert not page.offers_choice


def test_a_version_of_before_has_no_texts_to_compare():
    first = make_version()
    make_version("1.1.0")
    lines = versions.released_versions(first.programme.key)
    pair = chosen(lines, "", "")
    page = comparison_page(first.programme.key, lines, pair, (None, None), "1")

    assert page.refusal == "Zu einer dieser Versionen sind keine Texte hinterlegt, die sich vergleichen lassen."


def test_pages_of_units_name_both_versions(three, monkeypatch):
    monkeypatch.setattr("staffel.curriculum.comparison_words.UNITS", 1)
    released(taught_files("2.0.0", handout=HANDOUT.replace("Ein", "Zwei"), later_summary="Anders.\n"))
    pages = page_of().view.pages

    assert pages.next_href == "?von=1.1.0&bis=2.0.0&seite=2"
