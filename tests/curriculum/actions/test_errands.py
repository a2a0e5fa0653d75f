"""What takes too long for a page: begun in the browser, done by the worker."""

import zipfile
from io import BytesIO

import pytest
from django.utils import timezone

from staffel.accounts.core.roles import Role
from staffel.base.jobs.registry import JOBS
from staffel.base.models import Job
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions import errands, receiving
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.merging import begin_merge, choose
from staffel.curriculum.actions.release import submit
from staffel.curriculum.models import Blob, Errand, Merge, Upload, Version
from staffel.curriculum.queries.merging import merged_of, sides_of
from tests.accounts.factories import make_emil, make_person
from tests.curriculum.received import make_package, make_received
from tests.curriculum.small_programme import small_files, small_programme
from tests.curriculum.stage import make_upload

pytestmark = pytest.mark.django_db
EXAMINE, RECEIVE = Errand.Act.EXAMINE, Errand.Act.RECEIVE


@pytest.fixture
def jonas():
    make_emil()
    return make_person("Jonas", role=Role.EDITOR)


def zipped(files):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return BytesIO(stream.getvalue())


def done(errand):
    """Let the worker do it, and return how it ended."""
    errands.run(errand.public_id)
    errand.refresh_from_db()
    return errand


def test_send_keeps_a_file_and_looks_at_it_later(jonas):
    errand = errands.send(BytesIO(make_package()), "paket.zip", by=jonas)
    waiting = Upload.objects.get()

    assert (waiting.kind, waiting.report["units"], errand.state, errand.title) == ("unknown", 0, "waiting", "paket.zip")
    assert list(Job.objects.values_list("name", "arguments")) == [("curriculum.run_errand", {"errand": errand.public_id})]

    ended, upload = done(errand), Upload.objects.get()

    assert (ended.state, ended.result) == ("done", f"/buero/programme/hochladen/{upload.public_id}/")
    assert (upload.kind, upload.report["units"], upload.report["signature"], upload.report["long"]) == (
        "package",
        3,
        "new",
        True,
    )


@pytest.mark.parametrize("content", [b"kein ZIP", make_package()[:-30]])
def test_what_is_no_package_is_refused_and_forgotten(jonas, content):
    ended = done(errands.send(BytesIO(content), "paket.zip", by=jonas))

    assert (ended.state, ended.sentences[0][:50]) == ("refused", "Diese Datei kann so nicht übernommen werden. Die D"[:50])
    assert (Upload.objects.count(), Blob.objects.count()) == (0, 0)


def test_a_file_that_is_too_large_is_not_kept(jonas, monkeypatch):
    monkeypatch.setattr(receiving, "LARGEST", 100)

    with pytest.raises(RuleBroken) as refusal:
        errands.send(BytesIO(make_package()), "paket.zip", by=jonas)

    assert refusal.value.rule.id == "CUR-22"
    assert (Upload.objects.count(), Errand.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_the_same_errand_is_begun_once(jonas):
    upload = make_upload(jonas, make_package())
    first = errands.begin(RECEIVE, upload, upload.name, by=jonas, trust_key=True, note="Am Telefon.")
    second = errands.begin(RECEIVE, upload, upload.name, by=jonas, trust_key=True, note="Am Telefon.")

    assert (first, Job.objects.count()) == (second, 1)


def test_receive_and_adopt(jonas):
    upload = make_upload(jonas, make_package())
    received = done(errands.begin(RECEIVE, upload, upload.name, by=jonas, trust_key=True, note="Am Telefon."))
    version = Version.objects.get()
    adopted = done(errands.begin(Errand.Act.ADOPT, version, "Probe 1.0.0", by=jonas))

    assert (received.state, received.result) == ("done", f"/buero/programme/versionen/{version.public_id}/")
    draft = Version.objects.get(state="draft")
    assert (adopted.state, adopted.result, draft.upstream) == (
        "done",
        f"/buero/programme/versionen/{draft.public_id}/",
        version,
    )


def test_take_over(jonas):
    upload = make_upload(jonas, zipped(small_programme()).getvalue(), "ordner.zip")

    ended = done(errands.begin(Errand.Act.TAKE_OVER, upload, upload.name, by=jonas))

    assert (ended.result, Upload.objects.count()) == (f"/buero/programme/versionen/{Version.objects.get().public_id}/", 0)


def test_release_keeps_to_the_rules(jonas):
    emil = make_person("Zweiter", role=Role.EDITOR)
    draft = load_programme(small_files(), by=jonas, organisation=jonas.acting.organisation).version
    submit(draft, by=jonas)

    own = done(errands.begin(Errand.Act.RELEASE, draft, "Probe", by=jonas))
    other = done(errands.begin(Errand.Act.RELEASE, draft, "Probe", by=emil))

    assert (own.state, own.sentences) == (
        "refused",
        ["Sie haben diese Version selbst zur Prüfung gegeben. Bitte lassen Sie sie von einer anderen Person freigeben."],
    )
    draft.refresh_from_db()
    assert (other.state, other.result, draft.state) == ("done", f"/programme/{draft.programme.key}/{draft.number}/", "released")


def test_a_release_that_was_not_noted_is_done(jonas):
    draft = load_programme(small_files(), by=jonas, organisation=jonas.acting.organisation).version
    submit(draft, by=make_person("Zweiter", role=Role.EDITOR))
    errand = errands.begin(Errand.Act.RELEASE, draft, "Probe", by=jonas)
    done(errand)
    Errand.objects.update(state="running", result="")

    assert (done(errand).state, errand.result) == ("done", f"/programme/{draft.programme.key}/{draft.number}/")


def begin_receive(jonas):
    upload = make_upload(jonas, make_package())
    return errands.begin(RECEIVE, upload, upload.name, by=jonas, trust_key=True, note="Am Telefon.")


def begin_take_over(jonas):
    upload = make_upload(jonas, zipped(small_programme()).getvalue(), "ordner.zip")
    return errands.begin(Errand.Act.TAKE_OVER, upload, upload.name, by=jonas)


def begin_adopt(jonas):
    return errands.begin(Errand.Act.ADOPT, make_received("1.0.0"), "Probe", by=jonas)


def begin_release(jonas):
    draft = load_programme(small_files(), by=jonas, organisation=jonas.acting.organisation).version
    submit(draft, by=make_person("Zweiter", role=Role.EDITOR))
    return errands.begin(Errand.Act.RELEASE, draft, "Probe", by=jonas)


def begin_merging(jonas):
    base, theirs = make_received("1.0.0"), make_received("1.1.0", later_summary="Ihr Text.\n")
    ours = small_files("1.0.1", summary="Worum es bei uns geht.\n")
    load_programme(ours, by=jonas, organisation=jonas.acting.organisation, upstream=base)
    return errands.begin(Errand.Act.MERGE, begin_merge(theirs, by=jonas), "Probe", by=jonas)


ACTS = [begin_receive, begin_take_over, begin_adopt, begin_release, begin_merging]


@pytest.mark.parametrize("act", ACTS)
def test_what_was_done_before_the_worker_died_is_found_and_said(act, jonas, monkeypatch):
    errand, note = act(jonas), errands._note

    def died(errand, **fields):
        if "state" in fields and fields["state"] == "done":
            raise SystemExit
        note(errand, **fields)

    with monkeypatch.context() as patched:
        patched.setattr(errands, "_note", died)
        with pytest.raises(SystemExit):
            errands.run(errand.public_id)
    errand.refresh_from_db()
    before = (errand.state, errand.result, Version.objects.count(), Version.objects.latest("pk").digest)

    ended = done(errand)

    assert before == ("running", ended.result, Version.objects.count(), Version.objects.latest("pk").digest)
    assert (ended.state, ended.sentences) == ("done", [])
    assert ended.result.startswith("/programme/" if act is begin_release else "/buero/programme/versionen/")


@pytest.mark.parametrize("act", ACTS)
def test_the_result_is_there_with_its_note_or_not_at_all(act, jonas, monkeypatch):
    errand = act(jonas)
    before = (Upload.objects.count(), Merge.objects.count(), list(Version.objects.values_list("state", "digest")))
    with monkeypatch.context() as patched:
        patched.setattr(errands, "_page_of", lambda version: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            errands.run(errand.public_id)

    assert before == (Upload.objects.count(), Merge.objects.count(), list(Version.objects.values_list("state", "digest")))
    assert done(errand).state == "done"


def test_merge_finishes(jonas):
    base = make_received("1.0.0")
    theirs = make_received("1.1.0", summary="Worum es heute geht.\n")
    ours = small_files("1.0.1", summary="Worum es bei uns geht.\n")
    load_programme(ours, by=jonas, organisation=jonas.acting.organisation, upstream=base)
    opened = begin_merge(theirs, by=jonas)

    early = done(errands.begin(Errand.Act.MERGE, opened, "Probe", by=jonas))
    choose(opened, {one.id: {"pick": "theirs"} for one in merged_of(opened, sides_of(opened)).conflicts}, by=jonas)
    ended = done(errands.begin(Errand.Act.MERGE, opened, "Probe", by=jonas))

    assert (early.state, early.sentences) == (
        "refused",
        ["Es ist noch nicht alles entschieden, offen: 1. Bitte entscheiden Sie erst jede Stelle."],
    )
    assert (ended.state, Merge.objects.count()) == ("done", 0)


def test_what_is_gone_is_said(jonas):
    upload = make_upload(jonas, make_package())
    errand = errands.begin(RECEIVE, upload, upload.name, by=jonas, trust_key=True, note="Am Telefon.")
    upload.delete()

    assert done(errand).sentences == [errands.GONE]


def test_who_lost_the_role_does_nothing_any_more(jonas):
    errand = errands.send(BytesIO(make_package()), "paket.zip", by=jonas)
    jonas.memberships.update(role=Role.OPERATOR)

    assert (done(errand).sentences, Upload.objects.count()) == ([errands.NO_LONGER], 0)


def test_an_errand_goes_with_the_membership(jonas):
    errand = errands.send(BytesIO(make_package()), "paket.zip", by=jonas)
    jonas.memberships.all().delete()

    errands.run(errand.public_id)

    assert (Errand.objects.count(), Upload.objects.get().kind) == (0, "unknown")


def test_what_ended_is_not_done_again(jonas):
    errand = done(errands.send(BytesIO(make_package()), "paket.zip", by=jonas))
    Upload.objects.update(name="anders.zip")

    assert done(errand).state == "done"


def test_give_up_says_so_and_forgets_the_file(jonas):
    errand = errands.send(BytesIO(make_package()), "paket.zip", by=jonas)

    JOBS["curriculum.run_errand"].when_dead(errand=errand.public_id)
    errands.give_up("0000nowhere0")

    errand.refresh_from_db()
    assert (errand.state, errand.sentences, Upload.objects.count()) == ("refused", [errands.BROKEN], 0)


def test_errands_go_with_the_person_and_the_days(jonas):
    done(errands.send(BytesIO(make_package()), "paket.zip", by=jonas))
    assert (errands.drop_old_errands(timezone.now()), Errand.objects.count()) == (1, 0)

    errands.send(BytesIO(make_package()), "zwei.zip", by=jonas)
    assert (errands.drop_errands_of(jonas), Errand.objects.count()) == (1, 0)
