from django import forms
from django.utils.translation import gettext_lazy as _


class IssueForm(forms.Form):
    """For whom awards are issued: the public ids of their places."""

    people = forms.MultipleChoiceField(
        label=_("Für wen?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Vorausgewählt sind alle, die die Abschlussregel erfüllen."),
        error_messages={"required": _("Bitte wählen Sie mindestens eine Person aus.")},
    )

    def __init__(self, *args, ready, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(candidate.enrolment, candidate.name) for candidate in ready]
        self.fields["people"].initial = [candidate.enrolment for candidate in ready]


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Warum gilt diese Urkunde nicht mehr?"),
        help_text=_("Die Person erfährt den Grund, die Öffentlichkeit nicht. Zum Beispiel: Der Name ist falsch geschrieben."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
