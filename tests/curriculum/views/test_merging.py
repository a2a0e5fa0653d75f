import re

import pytest

from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.merging import begin_merge
from staffel.curriculum.models import Merge
from staffel.curriculum.queries.files import source_of
from tests.curriculum.actions.test_merging import PLAN
from tests.curriculum.received import make_received
from tests.curriculum.small_programme import COMPETENCIES, LATER, small_files

SUMMARY = "units/aufbruch/summary/block-1"


def page_of(client, address):
    return client.get(address).content.decode()


def summary_of(draft, key="aufbruch"):
    return source_of(draft).unit(key).summary


def test_the_page_shows_base_ours_and_theirs(stage, signed_in):
    page = page_of(signed_in("Jonas"), stage.of_merge())

    assert "Version 1.1.0 von Land Brandenburg kommt in Ihren Entwurf 1.0.1." in page
    assert "Beide beruhen auf der Version 1.0.0 von dort." in page
    assert "0 von 1 entschieden" in page
    assert "1 · Einheit „Aufbruch“ · Zusammenfassung · Absatz 1" in page
    assert re.findall(r'type="radio"[^>]*value="(\w+)"', page) == ["ours", "theirs", "both", "text"]
    assert f'name="{SUMMARY}-text"' in page
    assert "In „Weiter“ ist geändert: Zusammenfassung." in page
    assert "abschliessen/" not in page


def test_deciding_and_finishing_fills_the_draft(stage, signed_in):
    jonas = signed_in("Jonas")

    saved = jonas.post(stage.of_merge("entscheiden/"), {f"{SUMMARY}-pick": "theirs", "seite": "1"})
    page = page_of(jonas, stage.of_merge())
    done = jonas.post(stage.of_merge("abschliessen/"), follow=True)

    assert saved.url == f"{stage.of_merge()}?seite=1"
    assert ("1 von 1 entschieden" in page, "abschliessen/" in page) == (True, True)
    assert done.redirect_chain == [(stage.of_version(stage.draft), 302)]
    assert "Die Zusammenführung ist abgeschlossen." in done.content.decode()
    assert (summary_of(stage.draft), summary_of(stage.draft, "weiter")) == ("Worum es heute geht.", "Ihr Text.")


def test_one_place_is_saved_by_its_own_button_and_with_a_text(stage, signed_in):
    jonas, text = signed_in("Jonas"), "Worum es uns allen geht."

    saved = jonas.post(stage.of_merge("entscheiden/"), {f"{SUMMARY}-pick": "text", f"{SUMMARY}-text": text, "nur": SUMMARY})
    jonas.post(stage.of_merge("abschliessen/"))

    assert saved.url == f"{stage.of_merge()}?seite=1#stelle-1"
    assert summary_of(stage.draft) == text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"nur": SUMMARY}, "Bitte entscheiden Sie, welche Fassung gelten soll."),
        ({f"{SUMMARY}-pick": "alles"}, "Diese Wahl gibt es hier nicht."),
        (
            {f"{SUMMARY}-pick": "text", f"{SUMMARY}-text": " "},
            "Bitte schreiben Sie den Text, oder wählen Sie eine der Fassungen.",
        ),
    ],
)
def test_a_choice_that_is_none_says_so_at_the_place(stage, signed_in, content, sentence):
    answer = signed_in("Jonas").post(stage.of_merge("entscheiden/"), content)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Merge.objects.get().choices == {}


def test_only_the_place_whose_button_was_pressed_shows_a_mistake_and_the_others_keep_what_was_chosen(signed_in, people):
    jonas, home = many(signed_in, 2)
    first, second = "competencies/k00/text", "competencies/k01/text"

    page = jonas.post(f"{home}entscheiden/", {f"{second}-pick": "theirs", "nur": first})
    said = page.content.decode()

    assert (page.status_code, said.count("Bitte entscheiden Sie, welche Fassung gelten soll.")) == (422, 1)
    assert said.index("Bitte entscheiden Sie, welche") < said.index('id="stelle-2"')
    assert re.findall(r'<input[^>]*value="theirs"[^>]*checked', said[said.index('id="stelle-2"') :]) != []
    assert Merge.objects.get().choices == {}


def test_nothing_chosen_is_no_mistake_but_finishing_is(stage, signed_in):
    jonas = signed_in("Jonas")

    assert jonas.post(stage.of_merge("entscheiden/"), {}).status_code == 302
    refused = jonas.post(stage.of_merge("abschliessen/"))

    assert refused.status_code == 409
    assert "Es ist noch nicht alles entschieden, offen: 1." in refused.content.decode()


def test_a_changed_draft_is_said_and_gone_on_with(stage, signed_in, people):
    jonas = signed_in("Jonas")
    jonas.post(stage.of_merge("entscheiden/"), {f"{SUMMARY}-pick": "theirs"})
    same = {"summary": "Worum es bei uns geht.\n", "last_summary": "Noch etwas.\n"}
    load_programme(small_files("1.0.1", **same), by="Test", organisation=people["Jonas"].acting.organisation)

    page = page_of(jonas, stage.of_merge())
    refused = jonas.post(stage.of_merge("abschliessen/"))
    jonas.post(stage.of_merge("fortsetzen/"))
    jonas.post(stage.of_merge("abschliessen/"))

    assert "Der Entwurf hat sich seither geändert." in page
    assert (refused.status_code, Merge.objects.count()) == (409, 0)
    assert (summary_of(stage.draft), summary_of(stage.draft, "schluss")) == ("Worum es heute geht.", "Noch etwas.")


def test_a_result_that_does_not_fit_says_where(signed_in, people):
    base = make_received("1.0.0", later_unit=LATER + PLAN % (80, 80, 80))
    theirs = make_received("1.1.0", later_unit=LATER + PLAN % (90, 70, 80))
    load_programme(small_files("1.0.1", later_unit=LATER + PLAN % (80, 70, 90)), by="Test", upstream=base)
    opened, jonas = begin_merge(theirs, by="Test"), signed_in("Jonas")
    home = f"/buero/programme/zusammenfuehrungen/{opened.public_id}/"

    page, refused = page_of(jonas, home), jonas.post(f"{home}abschliessen/")

    assert "Zusammen passt es an einer Stelle noch nicht." in page
    assert "Einheit „Weiter“:" in page
    assert "abschliessen/" not in page
    assert (refused.status_code, Merge.objects.count()) == (422, 1)
    assert "units/weiter/unit.yaml, Zeile" in refused.content.decode()


def test_dropping_names_what_is_lost(stage, signed_in):
    jonas = signed_in("Jonas")
    jonas.post(stage.of_merge("entscheiden/"), {f"{SUMMARY}-pick": "theirs"})

    page = page_of(jonas, stage.of_merge("verwerfen/"))
    unsure = jonas.post(stage.of_merge("verwerfen/"))
    jonas.post(stage.of_merge("verwerfen/"), {"sure": "on"})

    assert "Eine Entscheidung geht verloren." in page
    assert (unsure.status_code, Merge.objects.count()) == (422, 0)
    assert summary_of(stage.draft) == "Worum es bei uns geht."


def test_the_result_shows_what_the_draft_gets(stage, signed_in):
    page = page_of(signed_in("Jonas"), stage.of_merge("ergebnis/"))

    assert "Verglichen mit dem Entwurf, wie er jetzt ist" in page
    assert '<ins><span class="kern-sr-only">neu: </span>Ihr Text.<span class="kern-sr-only"> Ende. </span></ins>' in page


def competencies(word, count):
    rows = (f"  - key: k{n:02}\n    field: Feld\n    title: Titel {n}\n    text: {word} {n}.\n" for n in range(count))
    return COMPETENCIES + "".join(rows)


def many(signed_in, count):
    """Return Jonas and the address of a merge with ``count`` conflicts, each of a competency's text."""
    lines = (
        f"  - text: Sie tun {n}.\n    verb: tun\n    level: apply\n    competency: k{n:02}\n    reaches: 1\n"
        for n in range(count)
    )
    unit = LATER + "".join(lines)
    base = make_received("1.0.0", competencies=competencies("Grund", count), later_unit=unit)
    theirs = make_received("1.1.0", competencies=competencies("Ihrs", count), later_unit=unit)
    ours = small_files("1.0.1", competencies=competencies("Unsers", count), later_unit=unit)
    load_programme(ours, by="Test", upstream=base)
    return signed_in("Jonas"), f"/buero/programme/zusammenfuehrungen/{begin_merge(theirs, by='Test').public_id}/"


def test_many_conflicts_stand_twenty_to_a_page(signed_in, people):
    jonas, home = many(signed_in, 23)

    first, second = page_of(jonas, home), page_of(jonas, f"{home}?seite=2")
    saved = jonas.post(f"{home}entscheiden/", {"seite": "2", "competencies/k22/text-pick": "ours"})

    assert (first.count('<fieldset class="st-conflict"'), second.count('<fieldset class="st-conflict"')) == (20, 3)
    assert "23 · " in second
    assert saved.url == f"{home}?seite=2"
    assert "1 von 23 entschieden" in page_of(jonas, home)


@pytest.mark.parametrize("count", [1, 3])
def test_a_merge_costs_the_same_for_one_and_three_conflicts(signed_in, people, count, django_assert_num_queries):
    jonas, home = many(signed_in, count)
    jonas.get(home)

    with django_assert_num_queries(10):
        assert jonas.get(home).status_code == 200
