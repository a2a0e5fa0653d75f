"""What is typed about cohorts: browser input to clean values."""

from datetime import timedelta

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from staffel.cohorts.core.timetable import at
from staffel.cohorts.models import Cohort
from staffel.curriculum.models import Module, Version
from staffel.municipalities.models import Land

# Dates of a cohort lie within the reach of calendars; a slip in the year is one.
LONGEST_AHEAD = timedelta(days=3650)


def _day(label, **facts):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **facts)


def _room(**facts):
    return forms.URLField(
        label=_("Adresse des Raums"),
        required=False,
        max_length=300,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
        help_text=_("Zum Beispiel https://konferenz.example/staffel. Nur Menschen dieser Staffel sehen sie."),
        **facts,
    )


class ListForm(forms.Form):
    """Which cohorts the office wants to see."""

    without_optional = True
    q = forms.CharField(label=_("Name"), required=False, max_length=100, strip=True)
    zustand = forms.ChoiceField(label=_("Zustand"), required=False, choices=[("", _("alle")), *Cohort.State.choices])


class PlanForm(forms.Form):
    """A cohort to be planned."""

    version = forms.ModelChoiceField(label=_("Programm und Version"), queryset=Version.objects.none(), empty_label=None)
    modul = forms.ModelChoiceField(
        label=_("Nur ein Modul"), required=False, queryset=Module.objects.none(), empty_label=_("alle Pflichtmodule")
    )
    name = forms.CharField(label=_("Name der Staffel"), max_length=100, help_text=_("Zum Beispiel Staffel 5."))
    plaetze = forms.IntegerField(label=_("Plätze"), min_value=1, max_value=1000, initial=15)
    beginn = _day(_("Frühester Tag"), help_text=_("Der erste Termin liegt am ersten passenden Wochentag von da an."))
    laender = forms.ModelMultipleChoiceField(
        label=_("Feiertage dieser Länder auslassen"),
        required=False,
        queryset=Land.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Bundesweite Feiertage werden immer ausgelassen."),
    )
    raum = _room()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        released = Version.objects.filter(state=Version.State.RELEASED).select_related("programme")
        self.fields["version"].queryset = released.order_by("programme__title", "-released_on")
        self.fields["modul"].queryset = Module.objects.filter(version__state=Version.State.RELEASED).order_by(
            "version", "position"
        )
        self.fields["laender"].queryset = Land.objects.order_by("name")

    def clean(self):
        cleaned = super().clean()
        module, version = cleaned.get("modul"), cleaned.get("version")
        if module and version and module.version_id != version.pk:
            self.add_error("modul", _("Dieses Modul gehört nicht zu der gewählten Version."))
        return cleaned


class MoveForm(forms.Form):
    """Where one date goes."""

    tag = _day(_("Neuer Tag"))
    zeit = forms.TimeField(
        label=_("Beginn"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Der Termin dauert so lange wie bisher."),
    )
    grund = forms.CharField(label=_("Grund"), required=False, max_length=300, help_text=_("Er steht in der Mail an alle."))

    @property
    def starts_at(self):
        """The moment that was typed, in UTC."""
        return at(self.cleaned_data["tag"], self.cleaned_data["zeit"])


class ShiftForm(forms.Form):
    """From when on the rest is planned anew."""

    tag = _day(
        _("Frühester Tag"), help_text=_("Von da an gilt wieder die Terminvorlage: dieselben Wochentage, dieselbe Uhrzeit.")
    )
    grund = forms.CharField(label=_("Grund"), required=False, max_length=300, help_text=_("Er steht in der Mail an alle."))


class DayOffForm(forms.Form):
    """A stretch of free days."""

    von = _day(_("Von"))
    bis = _day(_("Bis"), required=False, help_text=_("Bei einem einzelnen Tag frei lassen."))
    grund = forms.CharField(label=_("Grund"), max_length=100, help_text=_("Zum Beispiel Herbstferien."))

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("von"), cleaned.get("bis") or cleaned.get("von")
        if first and last and last < first:
            self.add_error("bis", _("Das Ende liegt vor dem Anfang."))
        elif first and last and last - first > timedelta(days=366):
            self.add_error("bis", _("Eine freie Zeit dauert höchstens ein Jahr."))
        cleaned["bis"] = last
        return cleaned


class RoomForm(forms.Form):
    """Where a cohort meets."""

    raum = _room()


class TrainerForm(forms.Form):
    """Somebody who will lead sessions."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Dienstliche E-Mail-Adresse"), max_length=254)


class ReasonForm(forms.Form):
    """Why something ends."""

    grund = forms.CharField(label=_("Grund"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


FULL, NONE, PART = "ganz", "nicht", "teil"


class SheetForm:
    """The attendance sheet as it was filled in: for each public id ``da-ID`` and, for a part, ``minuten-ID``.

    ``minutes`` holds what was understood, ``errors`` a sentence by public id.
    """

    def __init__(self, data, lines, length: int):
        self.minutes: dict[str, int] = {}
        self.errors: dict[str, str] = {}
        for line in lines:
            presence, part = data.get(f"da-{line.public_id}", ""), data.get(f"minuten-{line.public_id}", "")
            if presence == FULL and not part:
                self.minutes[line.public_id] = length
            elif presence == NONE and not part:
                self.minutes[line.public_id] = 0
            elif presence == PART and part.isascii() and part.isdigit() and 0 < int(part[:5]) <= length:
                self.minutes[line.public_id] = int(part[:5])
            elif presence in (FULL, NONE) and part:
                self.errors[line.public_id] = _("Stunden sind gewählt, angekreuzt ist aber etwas anderes.")
            elif presence == PART:
                self.errors[line.public_id] = _("Bitte wählen Sie die Stunden.")
            else:
                self.errors[line.public_id] = _("Bitte wählen Sie eine Angabe.")
