"""What is typed about learning: browser input to clean values."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PresentationForm(forms.Form):
    """A presentation that was held."""

    tag = forms.DateField(
        label=_("Gehalten am"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    thema = forms.CharField(label=_("Thema"), required=False, max_length=200, strip=True)


class ReasonForm(forms.Form):
    """Why a proof is taken back."""

    grund = forms.CharField(label=_("Grund"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
