from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from staffel.accounts.actions.audit import blank_before, blank_person, blank_things, check, record, seal
from staffel.accounts.core.chain import verify
from staffel.accounts.models import AuditEntry, InstanceText, Report
from staffel.accounts.queries import audit as queries
from tests.accounts.factories import make_emil, make_person

pytestmark = pytest.mark.django_db
PROBE = 1000.0


def make_text(key="impressum"):
    return InstanceText.objects.get_or_create(key=key)[0]


def make_entries(count, *, by="Zeitplan", **facts):
    return [record("accounts.text_changed", make_text(), by=by, after={"markdown": f"Text {n}"}, **facts) for n in range(count)]


def test_record_writes_who_in_which_role_did_what_to_which_thing_and_why():
    emil, text = make_emil(), make_text()

    entry = record("accounts.text_changed", text, by=emil, why="Umzug", before={"markdown": "alt"}, after={"markdown": "neu"})

    entry.refresh_from_db()
    assert (entry.action, entry.thing_type, entry.thing_id) == ("accounts.text_changed", "accounts.InstanceText", str(text.pk))
    assert entry.actor_id == emil.public_id
    assert entry.payload == {
        "who": "Emil Beispiel",
        "actor": emil.public_id,
        "role": "coordinator",
        "why": "Umzug",
        "before": {"markdown": "alt"},
        "after": {"markdown": "neu"},
    }
    assert entry.position is None


def test_record_names_in_words_who_has_no_account():
    [entry] = make_entries(1, by="Fachvorgesetzte, über den Link")

    assert (entry.actor_id, entry.payload["who"], entry.payload["role"]) == ("", "Fachvorgesetzte, über den Link", "")


def test_record_is_gone_with_its_transaction():
    with transaction.atomic():
        make_entries(1)
        transaction.set_rollback(True)

    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("count", [0, 1, 3, 450])
def test_seal_chains_everything_once(count):
    make_entries(count)

    assert (seal(), seal()) == (count, 0)
    assert list(AuditEntry.objects.order_by("pk").values_list("position", flat=True)) == list(range(1, count + 1))
    assert verify(queries.sealed()).problems == ()


def test_seal_continues_where_it_ended():
    make_entries(2)
    seal()
    make_entries(2)

    assert seal() == 2
    assert verify(queries.sealed()).entries == 4
    assert verify(queries.sealed()).problems == ()


def test_numbers_survive_the_way_through_the_database():
    record("accounts.text_changed", make_text(), by="Zeitplan", after={"a": 1e22, "b": 37.5, "c": 1e-7, "d": PROBE, "ä": "ß"})
    seal()

    assert verify(queries.sealed()).problems == ()


@pytest.mark.parametrize(
    "change",
    [
        {"action": "accounts.other"},
        {"thing_id": "other"},
        {"at": timezone.now() - timedelta(days=9)},
        {"digest": "0" * 64},
        {"payload": {"who": "Cora"}},
        {"salt": "other"},
        {"actor_id": "OTHER"},
        {"chained": "0" * 64},
        {"position": 7},
        {"previous": "0" * 63 + "1"},
        {"position": None},
    ],
)
def test_the_database_refuses_to_change_a_sealed_entry(change):
    make_entries(1)
    seal()

    with pytest.raises(IntegrityError, match="an audit entry never changes"), transaction.atomic():
        AuditEntry.objects.update(**change)

    assert verify(queries.sealed()).problems == ()


def test_the_database_refuses_to_change_what_is_not_sealed_yet():
    make_entries(1)

    with pytest.raises(IntegrityError, match="an audit entry never changes"), transaction.atomic():
        AuditEntry.objects.update(payload={"who": "Cora"})


def test_the_database_refuses_to_delete_an_entry():
    make_entries(1)

    with pytest.raises(IntegrityError, match="an audit entry is never deleted"), transaction.atomic():
        AuditEntry.objects.all().delete()

    assert AuditEntry.objects.count() == 1


def test_the_database_refuses_to_fill_a_blanked_entry():
    make_entries(1)
    blank_before(timezone.now())

    with pytest.raises(IntegrityError, match="an audit entry never changes"), transaction.atomic():
        AuditEntry.objects.update(payload={"who": "Cora"})


def test_blank_before_leaves_what_is_newer():
    old = record("accounts.text_changed", make_text(), by="Zeitplan")
    border = timezone.now()
    new = record("accounts.text_changed", make_text(), by="Zeitplan")

    assert (blank_before(border), blank_before(border)) == (1, 0)
    assert list(AuditEntry.objects.order_by("pk").values_list("pk", "payload__who", "salt")) == [
        (old.pk, None, ""),
        (new.pk, "Zeitplan", new.salt),
    ]
    assert verify(queries.sealed()).problems == ()


def test_blank_things_leaves_other_things():
    record("accounts.text_changed", make_text("a"), by="Zeitplan")
    kept = record("accounts.text_changed", make_text("b"), by="Zeitplan")

    assert blank_things("accounts.InstanceText", [str(make_text("a").pk)]) == 1
    assert list(AuditEntry.objects.filter(payload__isnull=False)) == [kept]


def test_blank_person_takes_their_own_affairs_and_leaves_what_an_office_did():
    anke, emil = make_person("Anke"), make_emil()
    record("accounts.feedback_given", make_text("a"), by=anke)
    record("accounts.membership_given", anke, by=emil)
    kept = record("accounts.text_changed", make_text("b"), by=emil)

    assert blank_person(anke) == 2
    assert blank_person(emil) == 0
    assert list(AuditEntry.objects.filter(payload__isnull=False)) == [kept]
    seal()
    assert verify(queries.sealed()).problems == ()


def test_check_writes_what_it_found_and_the_head():
    make_entries(3)
    blank_before(timezone.now())
    make_entries(1)

    report = check()

    head = queries.head()[1]
    assert report.kind == Report.Kind.AUDIT
    assert report.content == {"entries": 4, "blanked": 3, "head": head, "problems": []}
    assert queries.noted_heads() == {4: head}


def test_check_finds_that_a_head_noted_before_is_gone():
    make_entries(1)
    Report.objects.create(kind="audit", content={"entries": 9, "blanked": 0, "head": "f" * 64, "problems": []})

    assert check().content["problems"] == [[9, "noted"]]
