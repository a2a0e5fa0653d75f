"""What a browser does in these tests: fill in a form of a page, and read mail."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from staffel.accounts.models import Letter


def send(client, page, data=None, *, to=None):
    """Open ``page``, fill in its form with ``data`` and send it (to another address ``to``, if given); return the answer."""
    client.get(page)
    token = client.cookies["csrf"].value if "csrf" in client.cookies else ""
    return client.post(to or page.partition("?")[0], {**(data or {}), "csrfmiddlewaretoken": token})


def mailed_code():
    """Return the code of the newest letter."""
    return re.search(r"[B-Z]{4}-[B-Z]{4}", Letter.objects.order_by("-pk")[0].text)[0]


def sign_in_by_mail(client, email, wanted="/konto/"):
    """Sign in with the code from the mail; return the last answer."""
    send(client, "/anmelden/", {"email": email, "next": wanted})
    return send(client, "/anmelden/code/", {"code": mailed_code()})


def text_of(response):
    """Return what a page says, without what differs from one answer to the next."""
    plain = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return re.sub(r"[a-z]+@example\.org", "ADDRESS", plain)


def app_code(secret, *, steps=0):
    """Return what an app shows now, or ``steps`` times 30 seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up_app(client):
    """Set up the app that makes codes for the person signed in; return its secret."""
    secret = client.get("/konto/anmeldung/app/").context["form"].secret
    token = client.cookies["csrf"].value
    client.post("/konto/anmeldung/app/", {"code": app_code(secret), "csrfmiddlewaretoken": token})
    return secret
