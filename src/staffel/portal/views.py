from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from staffel.base.guard import public
from staffel.base.public_cache import kept_public


def release_only() -> str:
    """Return the stamp of pages that depend on no data."""
    return ""


def legal_page(template: str):
    """Return the view of a legal page, which knows who answers for this instance."""

    @public("the law asks for it")
    @require_safe
    @kept_public(release_only)
    def page(request):
        provider = settings.PROVIDER.split("|") if settings.PROVIDER else []
        return render(request, f"portal/{template}.html", {"provider": provider, "contact": settings.CONTACT})

    return page


imprint = legal_page("imprint")
privacy = legal_page("privacy")
accessibility = legal_page("accessibility")
easy_language = legal_page("easy_language")
sign_language = legal_page("sign_language")
