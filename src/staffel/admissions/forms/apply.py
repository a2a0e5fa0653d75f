"""What applicants and supervisors type: browser input to clean values. A step is saved as far as it is valid."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from staffel.admissions.core import baseline, consents, rules
from staffel.admissions.core.steps import LONGEST_MOTIVATION, LONGEST_REASON, Step
from staffel.admissions.models import Application, Release
from staffel.admissions.queries import applications as queries
from staffel.municipalities.models import Municipality

NO_PLACE = _("Diesen Ort haben wir nicht gefunden. Suchen Sie die Kommune, zu der er gehört, mit weniger Buchstaben.")
CHOOSE = _("Bitte wählen Sie Ihre Kommune aus der Liste.")


# A municipality by search -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Typed:
    """What came of a place field: the words, a key, and the words for which that key was chosen."""

    words: str
    ags: str
    asked: str


class PlaceWidget(forms.Widget):
    """A search field that keeps what was chosen: by suggestion with a script, by radio button without one."""

    template_name = "admissions/apply/place_widget.html"
    choices: tuple = ()

    def value_from_datadict(self, data, files, name):
        # A NUL is an error in PostgreSQL, and in no place.
        words, ags, asked = (data.get(key, "").replace("\0", "") for key in (name, f"{name}_ags", f"{name}_asked"))
        return Typed(words.strip(), ags, asked.strip())

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if isinstance(value, Municipality):
            value = Typed(value.short_name, value.ags, value.short_name)
        context["widget"] |= {"typed": value or Typed("", "", ""), "choices": self.choices}
        return context


class PlaceField(forms.Field):
    """A municipality that stands; what is ambiguous comes back as a choice."""

    widget = PlaceWidget

    def clean(self, value):
        if not value.words:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if value.ags and value.asked == value.words:
            place = queries.municipality_of(value.ags)
            if place is not None:
                return place
        found = queries.places_found(value.words)
        alike = [choice for choice in found if choice.name.casefold() == value.words.casefold()]
        if len(found) == 1 or len(alike) == 1:
            return queries.municipality_of((alike or found)[0].ags)
        self.widget.choices = tuple(found)
        raise ValidationError(CHOOSE if found else NO_PLACE, code="choose")

    def has_changed(self, initial, data):
        return True


# Begin ------------------------------------------------------------------------------------------------------------------


def service_address(label: str, hint: str = "", *, required: bool = True) -> forms.EmailField:
    """Return a field for a service e-mail address."""
    return forms.EmailField(
        label=label,
        help_text=hint,
        required=required,
        max_length=254,
        error_messages={
            "required": _("Bitte geben Sie die Adresse ein."),
            "invalid": _("Das ist keine E-Mail-Adresse. Ein Beispiel: anke@musterstadt.de"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email" if required else "off", "inputmode": "email"}),
    )


class StartForm(forms.Form):
    """Who applies, and for which municipality: enough to begin."""

    email = service_address(
        _("Ihre dienstliche E-Mail-Adresse"), _("Dorthin schicken wir den Link, mit dem Sie jederzeit weitermachen.")
    )
    ort = PlaceField(
        label=_("Ihre Kommune"),
        help_text=_("Drei Buchstaben genügen, zum Beispiel Ebe. Auch Postleitzahl oder Gemeindeschlüssel."),
        error_messages={"required": _("Bitte nennen Sie Ihre Kommune.")},
    )


class LinkAgainForm(forms.Form):
    """Where the link goes."""

    email = service_address(_("Ihre dienstliche E-Mail-Adresse"), _("Die Adresse, mit der Sie die Bewerbung angefangen haben."))


# The steps --------------------------------------------------------------------------------------------------------------


class StepForm(forms.Form):
    """One step of a draft. ``values()`` is what is valid of it, by the field of the application."""

    def __init__(self, data=None, *, application: Application):
        self.application = application
        super().__init__(data, initial=self.start(application))

    def start(self, application: Application) -> dict:
        """Return what the application has already."""
        return {name: getattr(application, name) for name in self.base_fields}

    def values(self) -> dict[str, object]:
        """Return what can be saved: every field without an error."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.errors}


class PlaceForm(StepForm):
    """For whom somebody applies."""

    municipality = PlaceField(
        label=_("Ihre Kommune"),
        help_text=_("Drei Buchstaben genügen, zum Beispiel Ebe."),
        error_messages={"required": _("Bitte nennen Sie Ihre Kommune.")},
    )
    partner = PlaceField(
        label=_("Zweite Kommune auf demselben Platz"),
        help_text=_("Nur, wenn Sie für zwei Kommunen gemeinsam teilnehmen. Sonst bleibt das Feld leer."),
        required=False,
    )


class PersonForm(StepForm):
    """Who would take part, and who stands in for them."""

    name = forms.CharField(
        label=_("Ihr Name"),
        help_text=_("So, wie er auf dem Zertifikat stehen soll."),
        max_length=200,
        error_messages={"required": _("Bitte nennen Sie Ihren Namen.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    function = forms.CharField(
        label=_("Ihre Funktion"),
        help_text=_("Zum Beispiel: Sachgebiet Stadtentwicklung, oder Stabsstelle Digitalisierung."),
        max_length=200,
        error_messages={"required": _("Bitte nennen Sie Ihre Funktion.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    deputy_name = forms.CharField(
        label=_("Name Ihrer Vertretung"),
        help_text=_("Wen dürfen wir ansprechen, wenn Sie nicht erreichbar sind?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    deputy_email = service_address(_("E-Mail-Adresse Ihrer Vertretung"), required=False)

    def clean_deputy_email(self):
        address = self.cleaned_data["deputy_email"]
        if address and address.casefold() == self.application.email.casefold():
            raise ValidationError(gettext("Das ist Ihre eigene Adresse. Die Vertretung ist eine andere Person."), code="same")
        return address


class MotivationForm(StepForm):
    """Why somebody wants to take part."""

    motivation = forms.CharField(
        label=_("Warum möchten Sie teilnehmen?"),
        help_text=_(
            "Was haben Sie in Ihrer Kommune vor, und wobei soll das Programm helfen? Drei bis sechs Sätze genügen, Platz ist "
            "für höchstens 2.000 Zeichen."
        ),
        error_messages={"required": _("Bitte schreiben Sie ein paar Sätze.")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_motivation(self):
        # A browser sends two characters for each new line, which nobody sees.
        text = self.cleaned_data["motivation"].replace("\r\n", "\n")
        if len(text) > LONGEST_MOTIVATION:
            raise ValidationError(
                gettext("Der Text hat %(length)s Zeichen, Platz ist für 2.000. Bitte kürzen Sie ihn ein wenig.")
                % {"length": len(text)},
                code="too_long",
            )
        return text


class BaselineForm(StepForm):
    """Eight statements, each from 1 to 5."""

    def __init__(self, data=None, *, application: Application):
        super().__init__(data, application=application)
        scale = [(number, gettext(words)) for number, words in baseline.SCALE]
        for statement in baseline.STATEMENTS:
            self.fields[statement.key] = forms.TypedChoiceField(
                label=gettext(statement.sentence),
                choices=scale,
                coerce=int,
                widget=forms.RadioSelect,
                initial=application.baseline.get(statement.key),
                error_messages={"required": gettext("Bitte wählen Sie eine Antwort.")},
            )

    def start(self, application):
        return {}

    def values(self):
        return {"baseline": self.application.baseline | super().values()}

    def by_field(self):
        """Return under each field of competence its questions: name, id, sentence, errors, and (value, words, chosen).

        Plain values: forty radio buttons rendered one by one as widgets take 8 ms, in the template they take 1.
        """
        return [
            (gettext(field), [self._question(self[one.key]) for one in statements]) for field, statements in baseline.by_field()
        ]

    def _question(self, bound):
        chosen = str(bound.value() or "")
        choices = [(str(value), words, str(value) == chosen) for value, words in bound.field.choices]
        return bound.name, bound.auto_id, bound.label, bound.errors, choices


class SupervisorForm(StepForm):
    """Who is asked for the release."""

    supervisor_name = forms.CharField(
        label=_("Name"),
        help_text=_("Wer über Ihre Arbeitszeit entscheidet: Amtsleitung, Fachbereichsleitung, in kleinen Orten die Leitung."),
        max_length=200,
        error_messages={"required": _("Bitte nennen Sie den Namen.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    supervisor_email = service_address(_("Dienstliche E-Mail-Adresse"), _("Dorthin geht der Link für die Freigabe."))

    def __init__(self, data=None, *, application: Application):
        super().__init__(data, application=application)
        self.fields["supervisor_email"].widget.attrs["autocomplete"] = "off"

    def clean_supervisor_email(self):
        address = self.cleaned_data["supervisor_email"]
        if address.casefold() == self.application.email.casefold():
            raise ValidationError(gettext(rules.SUPERVISOR_IS_ANOTHER.sentence), code="same")
        return address


FORMS = {
    Step.PLACE: PlaceForm,
    Step.PERSON: PersonForm,
    Step.MOTIVATION: MotivationForm,
    Step.BASELINE: BaselineForm,
    Step.SUPERVISOR: SupervisorForm,
}


class SubmitForm(forms.Form):
    """The agreements, in the words that are kept."""

    def __init__(self, data=None):
        super().__init__(data)
        for wording in consents.CURRENT:
            self.fields[wording.key] = forms.BooleanField(
                label=gettext(wording.sentence),
                error_messages={"required": gettext("Ohne diese Zustimmung können wir die Bewerbung nicht annehmen.")},
            )

    def agreed(self) -> set[str]:
        """Return the keys of what was ticked."""
        return {name for name, value in self.cleaned_data.items() if value}


# The supervisor ---------------------------------------------------------------------------------------------------------


class ReasonField(forms.CharField):
    """Text that another answer may demand: not called voluntary, and not missed by itself."""

    def validate(self, value):
        pass


class ReleaseForm(forms.Form):
    """Yes, or no with a reason."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label=_("Ihre Antwort"),
        choices=[
            (Release.Answer.YES, _("Ja, ich gebe die Teilnahme frei.")),
            (Release.Answer.NO, _("Nein, ich gebe die Teilnahme nicht frei.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie Ja oder Nein.")},
    )
    reason = ReasonField(
        label=_("Grund, falls Sie nicht freigeben"),
        help_text=_("Ein Satz genügt. Wer sich bewirbt, liest ihn."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self):
        found = super().clean()
        if found.get("answer") == Release.Answer.NO and "reason" not in self.errors and not found.get("reason"):
            self.add_error("reason", gettext(rules.REFUSAL_HAS_REASON.sentence))
        return found
