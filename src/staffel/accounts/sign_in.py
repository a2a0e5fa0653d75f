"""Sign-in as allauth runs it, step by step: the code, the second proof, the fresh proof before a change.

A step is kept in the session of somebody not yet signed in; each step ends in the next or in the sign-in.
"""

from functools import wraps

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from staffel.accounts.models import Person

NEXT = "next"


def way_on(request) -> str:
    """Return the page of ours that the person wanted to reach, empty if none was named."""
    wanted = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else ""


class CodeProcess(LoginCodeVerificationProcess):
    """The code in the mail; unlike allauth's, it keeps no second copy of the address."""

    def finish(self, redirect_url):
        record_authentication(self.request, self.user, method="code")
        return perform_login(self.request, Login(user=self.user, redirect_url=redirect_url))


def begin_code(request, email: str, wanted: str) -> None:
    """Send a code to ``email`` if an open account has it; the session looks the same if not."""
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    process = LoginCodeVerificationProcess.initiate(request=request, user=person, email=email)
    process.state[NEXT] = wanted
    process.persist()


def code_process(request) -> CodeProcess | None:
    """Return the code that is waited for in this browser, None if there is none or it is too old."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    return CodeProcess(stage=stage).abort_if_invalid() if stage else None


def second_step(request) -> AuthenticateStage | None:
    """Return the step of the second proof, if this browser is at it."""
    return LoginStageController.enter(request, AuthenticateStage.key)


def freshly_proven(view):
    """Ask for the second proof again before a change of it, if it was not given in the last five minutes."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if is_reauthentication_required(request, app="allauth.mfa"):
            return redirect(f"{reverse('accounts:confirm')}?{urlencode({NEXT: request.path})}")
        return view(request, *args, **kwargs)

    return wrapped


def note_fresh_proof(request, authenticator) -> None:
    """Note that the person has just shown that they hold ``authenticator``."""
    record_authentication(request, request.user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)
    request.user.proven = True


def sign_in_example(request, person) -> None:
    """Sign the invented ``person`` in. Raises ValueError outside the demo, or for a real person."""
    if not (settings.DEMO and person.is_example):
        raise ValueError(f"only a demo signs in without a proof, and only as an example, got {person.pk}")
    record_authentication(request, person, method="example")
    perform_login(request, Login(user=person))
