"""People and organisations: what is true of an actor, whatever they do in Staffel.

Sign-in, roles and the audit log come with the first journey that needs an account.
"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from staffel.base.public_id import new_public_id


class Organisation(models.Model):
    """A body that acts in Staffel: a programme office, a Land, a Kreis, a Verband, a municipality.

    What kind of body it is stands in the context that knows it: a municipality *joins* by getting an organisation.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("Name"), max_length=200)

    class Meta:
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisationen")

    def __str__(self):
        return self.name


class PersonManager(BaseUserManager):
    """Finds a person by the service e-mail, whatever its capitals."""

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone with an account, known by their service e-mail. Nobody has a password."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("Name"), max_length=200)
    email = models.EmailField(_("Dienstliche E-Mail-Adresse"), max_length=254, unique=True)
    is_active = models.BooleanField(_("Konto offen"), default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_person_email_once",
                violation_error_message=_("Zu dieser E-Mail-Adresse gibt es schon ein Konto."),
            )
        ]

    def __str__(self):
        return self.name
