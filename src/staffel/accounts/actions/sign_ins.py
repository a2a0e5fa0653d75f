"""What happens to sign-ins: noted when they begin, ended by the person, forgotten with their session."""

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.accounts.models import CountedAttempt, Person, SignIn


def note_sign_in(person: Person, *, session, device: str, way: str) -> SignIn:
    """Write down that ``person`` signed in with this session."""
    # The session of somebody else was emptied at sign-in, and the new one has no name before it is saved.
    if session.session_key is None:
        session.create()
    return SignIn.objects.create(person=person, session_key=session.session_key, device=device, way=way)


@transaction.atomic
def end_sign_in(sign_in: SignIn, *, by: Person) -> None:
    """End one sign-in: its session is gone, its browser is asked to sign in again."""
    Session.objects.filter(session_key=sign_in.session_key).delete()
    sign_in.delete()
    record("accounts.sign_in_ended", sign_in.person, by=by)


@transaction.atomic
def end_all_sign_ins(person: Person, *, by: Person) -> int:
    """End every sign-in of ``person``, this one included, and return how many there were."""
    keys = list(person.sign_ins.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    person.sign_ins.all().delete()
    record("accounts.sign_ins_ended", person, by=by, after={"count": len(keys)})
    return len(keys)


def note_sign_out(session_key: str | None) -> None:
    """Forget the sign-in whose session ends now."""
    SignIn.objects.filter(session_key=session_key).delete()


@transaction.atomic
def forget_ended_sign_ins() -> int:
    """Delete the sessions that ran out, the sign-ins whose session is gone, and old counts; return how many sign-ins."""
    CountedAttempt.objects.filter(expires__lt=timezone.now()).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    ended = SignIn.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return ended.delete()[0]
