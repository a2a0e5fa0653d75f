import pytest

from staffel.accounts.models import Letter
from staffel.accounts.queries import letters
from staffel.accounts.queries.letters import Filters
from tests.accounts.factories import make_letter

pytestmark = pytest.mark.django_db


def subjects(page):
    return [line.subject for line in page.lines]


def test_page_walks_forth_and_back_without_losing_or_doubling(monkeypatch):
    monkeypatch.setattr(letters, "PAGE", 2)
    for number in range(1, 6):
        make_letter(str(number))

    first = letters.page(Filters())
    second = letters.page(Filters(), after=first.older)
    third = letters.page(Filters(), after=second.older)
    back = letters.page(Filters(), before=third.newer)
    start = letters.page(Filters(), before=back.newer)

    assert [subjects(page) for page in (first, second, third)] == [["5", "4"], ["3", "2"], ["1"]]
    assert (first.newer, third.older) == (None, None)
    assert (subjects(back), subjects(start), start.newer) == (["3", "2"], ["5", "4"], None)


def test_page_finds_by_words_state_kind_and_recipient():
    make_letter("Freigabe für Größe", to="heinz@example.org")
    make_letter("Zusage", to="gül@example.org", name="Gül Beispiel", kind="test.accepted")
    Letter.objects.filter(subject="Zusage").update(state="failed")

    found = {
        "words": letters.page(Filters(text="freigabe")),
        "name": letters.page(Filters(text="Gül")),
        "address": letters.page(Filters(text="heinz@")),
        "state": letters.page(Filters(state="failed")),
        "kind": letters.page(Filters(kind="test.accepted")),
        "to": letters.page(Filters(to="heinz@example.org")),
        "nothing": letters.page(Filters(text="%")),
    }

    assert {name: subjects(page) for name, page in found.items()} == {
        "words": ["Freigabe für Größe"],
        "name": ["Zusage"],
        "address": ["Freigabe für Größe"],
        "state": ["Zusage"],
        "kind": ["Zusage"],
        "to": ["Freigabe für Größe"],
        "nothing": [],
    }
    assert (found["words"].words, found["nothing"].words) == ("1 von 2 Briefen", "0 von 2 Briefen")


def test_a_key_that_does_not_exist_leads_to_the_first_page():
    make_letter("eins")

    assert subjects(letters.page(Filters(), after="GIBTESNICHT0")) == ["eins"]


def test_filters_leave_out_a_state_that_does_not_exist():
    assert Filters.read({"zustand": "x", "q": "  a ", "an": ""}) == Filters(text="a")


@pytest.mark.parametrize("count", [1, 3])
def test_queries_have_their_price(count, django_assert_num_queries):
    for number in range(count):
        letter = make_letter(kind=f"test.{number}")

    with django_assert_num_queries(2):
        assert len(letters.page(Filters()).lines) == count
    with django_assert_num_queries(3):
        letters.page(Filters(), after=letter.public_id)
    with django_assert_num_queries(2):
        assert len(letters.kinds()) == count
    with django_assert_num_queries(1):
        assert letters.recipients() == [("heinz@example.org", "Heinz Beispiel")]


def test_kinds_show_the_newest_of_each():
    make_letter("alt", kind="test.a")
    make_letter("neu", kind="test.a")
    make_letter("eins", kind="test.b")

    assert [(kind.name, kind.count, kind.subject) for kind in letters.kinds()] == [
        ("test.a", "2", "neu"),
        ("test.b", "1", "eins"),
    ]
