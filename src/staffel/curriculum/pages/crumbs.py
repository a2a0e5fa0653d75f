"""The way to the pages of a programme."""

from django.urls import reverse
from django.utils.translation import gettext as _

from staffel.ui.parts import Crumb


def list_crumbs() -> list[Crumb]:
    """Return the way to the list of programmes."""
    return [Crumb(_("Start"), "/"), Crumb(_("Programme"))]


def first_crumbs() -> list[Crumb]:
    """Return the way to what stands below the list of programmes."""
    return [Crumb(_("Start"), "/"), Crumb(_("Programme"), reverse("curriculum:programmes"))]
