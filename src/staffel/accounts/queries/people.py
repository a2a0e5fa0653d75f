"""What is asked about people, their roles and their sign-ins."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext

from staffel.accounts.core.roles import Role
from staffel.accounts.models import Membership, Person, SignIn
from staffel.accounts.permissions import colleagues_of
from staffel.ui.words import moment

PER_PAGE = 50


@dataclass(frozen=True)
class MemberRow:
    """One role of one person, as the office lists it, ``since`` in figures; ``remove_href`` leads to taking it away."""

    name: str
    email: str
    role: str
    since: str
    is_open: bool
    remove_href: str


def members_of(organisation, *, words: str = "", role: str = "", page: int | str = 1) -> Page:
    """Return a page of ``MemberRow`` of ``organisation``, by name; ``words`` in name or address. Two queries."""
    found = Membership.objects.filter(organisation=organisation).order_by("person__name", "person_id", "role")
    for word in words.split():
        found = found.filter(Q(person__name__icontains=word) | Q(person__email__icontains=word))
    if role:
        found = found.filter(role=role)
    facts = found.values_list("person__public_id", "person__name", "person__email", "role", "since", "person__is_active")
    shown = Paginator(facts, PER_PAGE).get_page(page)
    labels = {str(one): gettext(one.label) for one in Role}
    path = reverse("accounts:remove_role", args=("ID", "ROLE"))
    shown.object_list = [
        MemberRow(
            name,
            email,
            labels[role],
            f"{localtime(since):%d.%m.%Y}",
            is_open,
            path.replace("ID", public_id).replace("ROLE", role),
        )
        for public_id, name, email, role, since, is_open in shown.object_list
    ]
    return shown


def colleagues_visible_to(person) -> QuerySet[Person]:
    """People of the organisation for which ``person`` coordinates. One query."""
    return Person.objects.filter(colleagues_of(person)).distinct()


@dataclass(frozen=True)
class SignInRow:
    """One browser that is signed in, since when in words; ``current`` is the one that asks."""

    public_id: str
    device: str
    way: str
    since: str
    current: bool
    end_href: str


def sign_ins_of(person, *, current_key: str | None) -> list[SignInRow]:
    """Return where ``person`` is signed in, this browser first, then the newest. One query."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    found = SignIn.objects.filter(person=person, session_key__in=live).order_by("-started_at", "-pk")
    rows = [
        SignInRow(
            one.public_id,
            one.device,
            one.way,
            moment(one.started_at),
            one.session_key == current_key,
            reverse("accounts:end_sign_in", args=(one.public_id,)),
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: not row.current)


def own_sign_ins(person) -> QuerySet[SignIn]:
    """The sign-ins of ``person``. One query."""
    return SignIn.objects.filter(person=person)


@dataclass(frozen=True)
class ProofRow:
    """One second proof: ``pk`` is that of allauth's row; ``last_used_at`` is None if never."""

    pk: int
    name: str
    created_at: object
    last_used_at: object


@dataclass(frozen=True)
class Proofs:
    """The second proofs of a person: ``passkeys`` and ``app`` (None if there is none), and how many codes are left."""

    passkeys: tuple[ProofRow, ...]
    app: ProofRow | None
    codes_left: int

    @property
    def any(self) -> bool:
        """Whether one of them is asked for at sign-in."""
        return bool(self.passkeys or self.app)


def proofs_of(person) -> Proofs:
    """Return the second proofs of ``person``. One query."""
    found = list(Authenticator.objects.filter(user_id=person.pk).order_by("pk"))
    passkeys = [one for one in found if one.type == Authenticator.Type.WEBAUTHN]
    app = next((one for one in found if one.type == Authenticator.Type.TOTP), None)
    codes = next((one for one in found if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return Proofs(
        tuple(ProofRow(one.pk, one.data["name"], one.created_at, one.last_used_at) for one in passkeys),
        app and ProofRow(app.pk, gettext("Code-App"), app.created_at, app.last_used_at),
        len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def example_people() -> dict[str, Person]:
    """Return the invented people of the demo by e-mail. One query."""
    return {person.email: person for person in Person.objects.filter(is_example=True, is_active=True)}
