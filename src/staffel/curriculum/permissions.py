"""Who may work on programmes: the editors and coordinators of the organisation that runs the instance.

What is released is public and needs no permission. Drafts, received versions, uploads and keys are one house's affair, so
whoever works there sees all of them; that the same person does not submit and release is a rule (CUR-03), not a door.
"""

from django.db.models import Q

from staffel.accounts.core.roles import Role
from staffel.curriculum.models import Errand, Merge, Publisher, PublisherKey, SigningKey, Upload, Version


def may_edit(person) -> bool:
    """The editors and coordinators of the organisation that runs the instance."""
    return person.has_role(Role.EDITOR, Role.COORDINATOR) and person.acting.organisation.runs_instance


def may_edit_this(person, thing) -> bool:
    """Whoever sees a version, an upload, a merge or a key here works on it."""
    return may_edit(person)


def may_release(person, version=None) -> bool:
    """Whoever may edit; that it is somebody else than who submitted it is a rule (CUR-03)."""
    return may_edit(person)


def may_manage_keys(person, key=None) -> bool:
    """Only coordinators of the organisation that runs the instance make, change and revoke the key that signs in its name."""
    return person.has_role(Role.COORDINATOR) and person.acting.organisation.runs_instance


def visible_to(person) -> Q:
    """Return which rows of the room ``person`` may see: all or none."""
    return Q() if may_edit(person) else Q(pk__in=())


def versions_visible_to(person):
    """Return the versions that ``person`` may see before they are released, with programme, publisher and upstream."""
    seen = Version.objects.filter(visible_to(person))
    return seen.select_related("programme", "publisher", "upstream__publisher", "submitted_by")


def uploads_visible_to(person):
    """Return the uploads of the organisation that ``person`` acts for, with who sent them."""
    own = Q(organisation=person.acting.organisation_id) if person.acting else Q(pk__in=())
    return Upload.objects.filter(visible_to(person), own).select_related("by", "blob")


def errands_visible_to(person):
    """Return what the worker does or did for the organisation that ``person`` acts for."""
    own = Q(membership__organisation=person.acting.organisation_id) if person.acting else Q(pk__in=())
    return Errand.objects.filter(visible_to(person), own).select_related("membership__person")


def merges_visible_to(person):
    """Return the open merges that ``person`` may see, with their three versions."""
    seen = Merge.objects.filter(visible_to(person))
    return seen.select_related("draft__programme", "base__publisher", "theirs__publisher")


def keys_visible_to(person):
    """Return the signing keys of the organisation that ``person`` acts for."""
    own = Q(organisation=person.acting.organisation_id) if person.acting else Q(pk__in=())
    return SigningKey.objects.filter(visible_to(person), own)


def publishers_visible_to(person):
    """Return the publishers that are known here."""
    return Publisher.objects.filter(visible_to(person))


def publisher_keys_visible_to(person):
    """Return the keys of publishers that are known here, with their publishers."""
    return PublisherKey.objects.filter(visible_to(person)).select_related("publisher")
