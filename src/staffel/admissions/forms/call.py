"""What the office types about a call: its words, its times, who may apply."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffel.admissions.models import Call
from staffel.cohorts.models import Cohort
from staffel.curriculum.models import Version
from staffel.municipalities.models import Land

MOST_PLACES = 500
MOST_DAYS = 60
MINUTE = "%Y-%m-%dT%H:%M"
MISSING = {"required": gettext_lazy("Bitte füllen Sie dieses Feld aus.")}


class LandChoices(forms.ModelMultipleChoiceField):
    """Länder by name, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **facts):
        super().__init__(queryset=Land.objects.order_by("name"), required=False, **facts)


class MomentField(forms.DateTimeField):
    """A day with its time, in local time."""

    def __init__(self, **facts):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)
        errors = {"invalid": gettext_lazy("Bitte geben Sie Tag und Uhrzeit an, zum Beispiel 01.09.2026 09:00.")}
        formats = [MINUTE, "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M"]
        super().__init__(widget=widget, input_formats=formats, error_messages=MISSING | errors, **facts)


class CallForm(forms.Form):
    """The words, times and terms of a call, while it is a draft."""

    title = forms.CharField(label=gettext_lazy("Titel der Ausschreibung"), max_length=200, error_messages=MISSING)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Markdown: Absätze, Listen mit -, Überschriften mit ##, Links mit [Wort](Adresse)."),
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages=MISSING,
    )
    opens_at = MomentField(label=gettext_lazy("Bewerbung ab"))
    closes_at = MomentField(label=gettext_lazy("Bewerbung bis"))
    release_days = forms.IntegerField(
        label=gettext_lazy("Tage für die Freigabe"),
        help_text=gettext_lazy("So lange haben Fachvorgesetzte Zeit für ihre Antwort."),
        min_value=1,
        max_value=MOST_DAYS,
        initial=14,
        error_messages=MISSING,
    )
    answer_days = forms.IntegerField(
        label=gettext_lazy("Tage für die Antwort auf ein Angebot"),
        help_text=gettext_lazy("Wer bis dahin schweigt, gibt den Platz frei."),
        min_value=1,
        max_value=MOST_DAYS,
        initial=7,
        error_messages=MISSING,
    )
    not_funded_only = forms.BooleanField(
        label=gettext_lazy("Nur Kommunen, die kein Modellprojekt Smart Cities fördert"), required=False, initial=True
    )
    largest_population = forms.IntegerField(
        label=gettext_lazy("Höchstens so viele Einwohner"),
        help_text=gettext_lazy("Leer lassen, wenn die Größe keine Rolle spielt."),
        min_value=1,
        max_value=10_000_000,
        required=False,
    )
    laender = LandChoices(
        label=gettext_lazy("Nur Kommunen aus diesen Ländern"), help_text=gettext_lazy("Keines ankreuzen heißt: aus allen.")
    )

    def clean(self):
        values = super().clean()
        opens, closes = values.get("opens_at"), values.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Die Frist endet vor ihrem Beginn."))
        return values

    @staticmethod
    def initial_of(call: Call) -> dict:
        """Return what the fields of a draft hold now. One query."""
        names = [name for name in CallForm.base_fields if name != "laender"]
        return {name: getattr(call, name) for name in names} | {"laender": list(call.laender.values_list("pk", flat=True))}


class NewCallForm(CallForm):
    """A new call, with the cohort that it gives the places of."""

    version = forms.ModelChoiceField(
        label=gettext_lazy("Programm und Version"),
        help_text=gettext_lazy("Wochentage, Uhrzeit und Dauer der Termine kommen aus der Terminvorlage der Version."),
        queryset=Version.objects.none(),
        empty_label=None,
        error_messages=MISSING,
    )
    cohort_name = forms.CharField(
        label=gettext_lazy("Name der Staffel"), max_length=Cohort._meta.get_field("name").max_length, error_messages=MISSING
    )
    places = forms.IntegerField(
        label=gettext_lazy("Plätze"), min_value=1, max_value=MOST_PLACES, initial=15, error_messages=MISSING
    )
    starts_on = forms.DateField(
        label=gettext_lazy("Erster Termin, frühestens am"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=MISSING | {"invalid": gettext_lazy("Bitte geben Sie einen Tag an, zum Beispiel 01.09.2026.")},
    )
    holidays_of = LandChoices(
        label=gettext_lazy("Feiertage dieser Länder sind frei"),
        help_text=gettext_lazy("Bundesweite Feiertage sind immer frei."),
    )
    field_order = ("version", "cohort_name", "places", "starts_on", "holidays_of", "title", "text")

    def __init__(self, *arguments, **facts):
        super().__init__(*arguments, **facts)
        released = Version.objects.filter(state=Version.State.RELEASED).select_related("programme")
        self.fields["version"].queryset = released.order_by("programme__title", "-released_on", "-pk")

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Der erste Termin liegt in der Zukunft."))
        return day


class ReasonForm(forms.Form):
    """The reason for an act."""

    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        help_text=gettext_lazy("Der Grund steht im Protokoll."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages=MISSING,
    )


class CancelForm(ReasonForm):
    """The reason why nothing comes of it."""

    def __init__(self, *arguments, **facts):
        super().__init__(*arguments, **facts)
        self.fields["reason"].help_text = _("Alle, die sich beworben haben, lesen diesen Grund in ihrem Brief.")


class DeadlineForm(ReasonForm):
    """A new deadline."""

    closes_at = MomentField(label=gettext_lazy("Neue Frist"))
    field_order = ("closes_at", "reason")


class NothingForm(forms.Form):
    """An act that needs no more than the confirmation."""
