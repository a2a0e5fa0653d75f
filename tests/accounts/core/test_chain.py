from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.accounts.core.chain import GENESIS, MOST_PROBLEMS, Kind, Problem, Sealed, digest_of, link, verify

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
payloads = st.dictionaries(st.sampled_from(["who", "why", "before", "after"]), values)


def make_chain(contents: list[dict]) -> list[Sealed]:
    """Return a chain of entries with these payloads."""
    entries, previous = [], GENESIS
    for position, content in enumerate(contents, start=1):
        payload = {"actor": f"P{position}", **content}
        facts = (f"E{position}", "2026-11-25T12:00:00+00:00", "accounts.text_changed", "accounts.InstanceText", f"T{position}")
        digest = digest_of(payload, f"salt{position}")
        chained = link(previous, position, *facts, digest)
        entries.append(Sealed(position, previous, chained, digest, *facts, f"P{position}", payload, f"salt{position}"))
        previous = chained
    return entries


FIVE = make_chain([{"who": "Emil", "after": {"place": n}} for n in range(5)])


def blanked(entry: Sealed) -> Sealed:
    return replace(entry, payload=None, salt="", actor_id="")


@given(st.lists(payloads, max_size=6), st.data())
def test_verify_finds_nothing_in_a_chain_of_which_anything_may_be_blanked(contents, data):
    entries = make_chain(contents)
    gone = data.draw(st.sets(st.sampled_from(range(len(entries))))) if entries else set()
    entries = [blanked(entry) if at in gone else entry for at, entry in enumerate(entries)]

    finding = verify(entries)

    assert (finding.entries, finding.blanked, finding.problems) == (len(entries), len(gone), ())
    assert finding.head == (entries[-1].chained if entries else GENESIS)


@pytest.mark.parametrize(
    "change, kind",
    [
        ({"payload": {"actor": "P3", "who": "Emil", "after": {"place": 99}}}, Kind.CONTENT),
        ({"salt": "other"}, Kind.CONTENT),
        ({"actor_id": "P9"}, Kind.CONTENT),
        ({"payload": None}, Kind.CONTENT),
        ({"at": "2026-11-25T12:00:01+00:00"}, Kind.HEAD),
        ({"action": "accounts.feedback_done"}, Kind.HEAD),
        ({"thing_type": "accounts.Person"}, Kind.HEAD),
        ({"thing_id": "T4"}, Kind.HEAD),
        ({"public_id": "E4"}, Kind.HEAD),
    ],
)
def test_verify_finds_a_changed_entry(change, kind):
    entries = [*FIVE[:2], replace(FIVE[2], **change), *FIVE[3:]]

    assert verify(entries).problems == (Problem(3, kind),)


def test_verify_finds_a_changed_digest():
    changed = {"payload": {"actor": "P3", "who": "Cora"}, "salt": "s"}
    changed["digest"] = digest_of(changed["payload"], "s")

    assert verify([*FIVE[:2], replace(FIVE[2], **changed), *FIVE[3:]]).problems == (Problem(3, Kind.HEAD),)


@given(st.integers(0, 3))
def test_verify_finds_a_removed_entry(at):
    assert verify(FIVE[:at] + FIVE[at + 1 :]).problems == (Problem(at + 2, Kind.ORDER),)


@given(st.permutations(FIVE))
def test_verify_finds_another_order(entries):
    assert verify(entries).holds == (entries == FIVE)


@given(st.integers(0, 5), payloads)
def test_verify_finds_an_inserted_entry(at, content):
    stranger = make_chain([{}] * at + [content])[-1] if at else make_chain([content])[0]
    stranger = replace(stranger, public_id="X", chained="f" * 64)

    assert not verify([*FIVE[:at], stranger, *FIVE[at:]]).holds


def test_verify_finds_that_the_newest_entries_are_gone_when_a_head_was_noted():
    noted = {3: FIVE[2].chained, 5: FIVE[4].chained}

    assert verify(FIVE[:4]).problems == ()
    assert verify(FIVE[:4], noted).problems == (Problem(5, Kind.NOTED),)
    assert verify(FIVE, noted).problems == ()


def test_verify_finds_a_chain_written_anew_when_a_head_was_noted():
    anew = make_chain([{"who": "Cora"}] * 5)

    assert verify(anew).problems == ()
    assert verify(anew, {3: FIVE[2].chained}).problems == (Problem(3, Kind.NOTED),)


def test_verify_tells_the_first_problems_only():
    wrong = [replace(entry, salt="other") for entry in make_chain([{}] * 50)]

    assert verify(wrong).problems == tuple(Problem(n, Kind.CONTENT) for n in range(1, MOST_PROBLEMS + 1))


@pytest.mark.parametrize(
    "one, other", [({"a": 1e22}, {"a": 10**22}), ({"a": 1.0}, {"a": 1}), ({1: "x"}, {"1": "x"}), ({"a": (1,)}, {"a": [1]})]
)
def test_digest_of_bears_what_a_database_makes_of_json(one, other):
    assert digest_of(one, "s") == digest_of(other, "s")


def test_digest_of_is_salted():
    assert digest_of({"who": "Emil"}, "a") != digest_of({"who": "Emil"}, "b")


def test_every_kind_has_a_sentence():
    assert [kind for kind in Kind if not kind.sentence.endswith(".")] == []
