import pytest

from staffel.accounts.models import AuditEntry
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.merging import begin_merge, choose, drop_merge, finish_merge, renew_merge
from staffel.curriculum.actions.progress import heard_by
from staffel.curriculum.actions.release import release_by_command, submit
from staffel.curriculum.core import rules
from staffel.curriculum.core.reader import NotAProgramme
from staffel.curriculum.models import Merge, Version
from staffel.curriculum.queries.files import source_of
from staffel.curriculum.queries.merging import merged_of, sides_of
from tests.accounts.factories import make_emil
from tests.curriculum.received import make_received
from tests.curriculum.small_programme import LATER, small_files

pytestmark = pytest.mark.django_db

BY = "Befehl merge_package"
PLAN = """plan:
  - {minutes: %s, phase: Los, method: Gespräch, who: Leitung, form: plenary, active: yes, text: Anfangen.}
  - {minutes: %s, phase: Weiter, method: Gespräch, who: Leitung, form: plenary, active: yes, text: Weitermachen.}
  - {minutes: %s, phase: Ende, method: Gespräch, who: Leitung, form: plenary, active: yes, text: Aufhören.}
"""


@pytest.fixture
def base():
    return make_received("1.0.0")


def draft_of(base, number="1.0.1", **changes):
    return load_programme(small_files(number, **changes), by=BY, upstream=base).version


def refusal(rule, act, *arguments, **named):
    with pytest.raises(RuleBroken) as caught:
        act(*arguments, **named)
    assert caught.value.rule is rule
    return caught.value.rule.sentence % caught.value.values


def conflicts(opened):
    return merged_of(opened, sides_of(opened)).conflicts


def log():
    return [entry.action for entry in AuditEntry.objects.order_by("pk") if "merge" in entry.action]


# Begin ------------------------------------------------------------------------------------------------------------------


def test_begin_merge_opens_one_with_base_and_theirs(base):
    theirs = make_received("1.1.0", summary="Neu.\n")
    draft = draft_of(base)

    opened = begin_merge(theirs, by=BY)

    assert (opened.draft, opened.base, opened.theirs, opened.draft_digest) == (draft, base, theirs, draft.digest)
    assert begin_merge(theirs, by=BY) == opened
    assert log() == ["curriculum.merge_begun"]


def test_begin_merge_without_a_draft_makes_one_of_the_highest_release(base):
    theirs = make_received("1.1.0", summary="Neu.\n")
    released = release_by_command(draft_of(base, "1.0.1", later_summary="Anders.\n"), by=BY)

    draft = begin_merge(theirs, by=BY).draft

    assert (draft.number, draft.upstream, draft.state) == ("1.0.2", base, "draft")
    assert source_of(draft).unit("weiter") == source_of(released).unit("weiter")


def test_begin_merge_takes_the_upstream_of_a_release_where_the_draft_has_none(base):
    theirs = make_received("1.1.0", summary="Neu.\n")
    release_by_command(draft_of(base, "1.0.1", later_summary="Anders.\n"), by=BY)
    draft = load_programme(small_files("1.0.2", later_summary="Noch anders.\n"), by=BY).version
    Version.objects.filter(pk=draft.pk).update(upstream=None)

    opened = begin_merge(theirs, by=BY)
    assert (opened.draft, opened.base) == (draft, base)


def test_begin_merge_refuses_what_has_no_common_base_or_is_not_newer(base):
    theirs, stranger = make_received("1.1.0"), make_received("1.1.0", "Land Bremen")
    draft = draft_of(theirs, "1.1.1")

    assert refusal(rules.MERGE_BASE, begin_merge, stranger, by=BY).startswith(
        "Version 1.1.0 von „Land Bremen“ lässt sich hier nicht zusammenführen"
    )
    assert refusal(rules.MERGE_NEWER, begin_merge, theirs, by=BY).startswith("Ihre Fassung beruht schon auf Version 1.1.0")
    refusal(rules.MERGE_NEWER, begin_merge, base, by=BY)
    refusal(rules.WAS_RECEIVED, begin_merge, draft, by=BY)
    assert Merge.objects.count() == 0


def test_begin_merge_refuses_a_second_one_and_a_version_in_review(base):
    second, third = make_received("1.1.0", summary="Neu.\n"), make_received("1.2.0", summary="Neuer.\n")
    draft = draft_of(base)
    begin_merge(second, by=BY)

    assert "Version 1.1.0 von Land Brandenburg" in refusal(rules.MERGE_CLOSED, begin_merge, third, by=BY)
    Merge.objects.all().delete()
    submit(draft, by=make_emil())
    refusal(rules.IS_DRAFT, begin_merge, third, by=BY)


# Choose and finish ------------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(base):
    """A merge with one conflict in the summary of Aufbruch; theirs also changed Weiter, ours also Schluss."""
    theirs = make_received("1.1.0", summary="Worum es heute geht.\n", later_summary="Ihr Text.\n")
    draft_of(base, summary="Worum es bei uns geht.\n", last_summary="Unser Text.\n")
    return begin_merge(theirs, by=BY)


def summaries(version):
    return [source_of(version).unit(key).summary for key in ("aufbruch", "weiter", "schluss")]


@pytest.mark.parametrize(
    ("choice", "result"),
    [
        ({"pick": "ours"}, "Worum es bei uns geht."),
        ({"pick": "theirs"}, "Worum es heute geht."),
        ({"pick": "both"}, "Worum es bei uns geht.\n\nWorum es heute geht."),
        ({"pick": "text", "text": "Worum es\r\nuns allen geht."}, "Worum es\nuns allen geht."),
    ],
)
def test_finish_merge_makes_the_result_the_draft(opened, choice, result):
    (conflict,) = conflicts(opened)

    choose(opened, {conflict.id: choice}, by=BY)
    draft = finish_merge(opened, by=BY)

    assert draft == opened.draft
    assert summaries(draft) == [result, "Ihr Text.", "Unser Text."]
    assert (draft.number, draft.upstream, draft.state) == ("1.0.1", opened.theirs, "draft")
    assert (Merge.objects.count(), log()) == (0, ["curriculum.merge_begun", "curriculum.merge_finished"])


def test_finish_merge_refuses_while_conflicts_are_open(opened):
    assert refusal(rules.MERGE_DECIDED, finish_merge, opened, by=BY) == (
        "Es ist noch nicht alles entschieden, offen: 1. Bitte entscheiden Sie erst jede Stelle."
    )
    assert summaries(opened.draft) == ["Worum es bei uns geht.", "Worum es weiter geht.", "Unser Text."]


@pytest.mark.parametrize(
    ("name", "choice"),
    [
        ("units/aufbruch/title", {"pick": "ours"}),
        ("units/aufbruch/summary/block-1", {"pick": "alles"}),
        ("units/aufbruch/summary/block-1", {"pick": "text"}),
        ("units/aufbruch/summary/block-1", {"pick": "text", "text": "x" * 200_001}),
    ],
)
def test_choose_refuses_what_is_no_conflict_or_no_choice(opened, name, choice):
    refusal(rules.MERGE_CHOICE, choose, opened, {name: choice}, by=BY)

    opened.refresh_from_db()
    assert opened.choices == {}


def test_choose_keeps_what_was_chosen_before(base):
    theirs = make_received("1.1.0", summary="Ihrs.\n", later_summary="Ihr Text.\n")
    draft_of(base, summary="Unsers.\n", later_summary="Unser Text.\n")
    opened = begin_merge(theirs, by=BY)
    first, second = (conflict.id for conflict in conflicts(opened))

    choose(opened, {first: {"pick": "ours"}}, by=BY)
    kept = choose(opened, {second: {"pick": "theirs"}}, by=BY)

    assert {key: choice["pick"] for key, choice in kept.choices.items()} == {first: "ours", second: "theirs"}


# The draft changes meanwhile --------------------------------------------------------------------------------------------


def test_a_changed_draft_stops_the_merge_and_nothing_is_lost(base):
    theirs = make_received("1.1.0", summary="Ihrs.\n", later_summary="Ihr Text.\n")
    ours = {"summary": "Unsers.\n", "later_summary": "Unser Text.\n"}
    draft_of(base, **ours)
    opened = begin_merge(theirs, by=BY)
    first, second = (conflict.id for conflict in conflicts(opened))
    choose(opened, {first: {"pick": "ours"}, second: {"pick": "theirs"}}, by=BY)
    draft = draft_of(base, **ours | {"later_summary": "Unser neuer Text.\n"})

    refusal(rules.MERGE_CURRENT, choose, opened, {first: {"pick": "theirs"}}, by=BY)
    refusal(rules.MERGE_CURRENT, finish_merge, opened, by=BY)
    renewed = renew_merge(opened, by=BY)

    assert summaries(draft)[1] == "Unser neuer Text."
    assert (list(renewed.choices), renewed.draft_digest) == ([first], draft.digest)
    choose(renewed, {second: {"pick": "ours"}}, by=BY)
    assert summaries(finish_merge(renewed, by=BY)) == ["Unsers.", "Unser neuer Text.", "Womit es aufhört."]


def test_drop_merge_leaves_the_draft(opened):
    digest = opened.draft.digest

    drop_merge(opened, by=BY)

    draft = Version.objects.get(pk=opened.draft_id)
    assert (Merge.objects.count(), draft.digest, draft.upstream) == (0, digest, opened.base)
    assert log() == ["curriculum.merge_begun", "curriculum.merge_dropped"]


def test_finish_merge_refuses_a_result_with_mistakes(base):
    def planned(*minutes):
        return LATER + PLAN % minutes

    first = make_received("1.0.5", later_unit=planned(80, 80, 80))
    theirs = make_received("1.1.0", later_unit=planned(90, 70, 80))
    draft = draft_of(first, later_unit=planned(80, 70, 90))
    opened = begin_merge(theirs, by=BY)

    with pytest.raises(NotAProgramme) as refused:
        finish_merge(opened, by=BY)

    assert ["240" in mistake.sentence for mistake in refused.value.mistakes] == [True]
    assert (Merge.objects.get(), Version.objects.get(pk=draft.pk).digest) == (opened, draft.digest)


def test_finish_merge_refuses_what_was_decided_anew_meanwhile(opened):
    (conflict,) = conflicts(opened)
    choose(opened, {conflict.id: {"pick": "ours"}}, by=BY)

    def decide(step, done, total):
        if step == "write":
            choose(opened, {conflict.id: {"pick": "theirs"}}, by=BY)

    with heard_by(decide):
        refusal(rules.MERGE_CHOICE, finish_merge, opened, by=BY)

    assert (Merge.objects.count(), opened.draft.state) == (1, "draft")
