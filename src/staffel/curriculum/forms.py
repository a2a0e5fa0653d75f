"""What editors type about programmes."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST_UPLOAD = 512 * 1024 * 1024


class NothingForm(forms.Form):
    """An act that needs no more than the confirmation."""


class UploadForm(forms.Form):
    """One file: a package, a folder as ZIP, a cartridge, a collection of questions."""

    file = forms.FileField(
        label=gettext_lazy("Datei"),
        help_text=gettext_lazy("Eine ZIP-Datei von Ihrem Rechner, höchstens 512 MB."),
        error_messages={
            "required": gettext_lazy("Bitte wählen Sie eine Datei aus."),
            "empty": gettext_lazy("Die Datei ist leer. Bitte wählen Sie eine andere aus."),
            "max_length": gettext_lazy("Der Dateiname ist zu lang. Bitte benennen Sie die Datei um, höchstens 200 Zeichen."),
        },
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".zip,.imscc"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(
                _("Die Datei hat %(size)s, erlaubt sind %(most)s. Große Filme verlinken Sie besser, statt sie mitzugeben.")
                % {"size": filesizeformat(file.size), "most": filesizeformat(LARGEST_UPLOAD)}
            )
        return file


class TrustForm(forms.Form):
    """The word that a new key was compared, and how."""

    compared = forms.BooleanField(
        label=gettext_lazy("Ich habe den Fingerabdruck verglichen und vertraue dem Schlüssel."),
        error_messages={
            "required": gettext_lazy(
                "Bitte vergleichen Sie den Fingerabdruck und bestätigen Sie das hier, bevor Sie übernehmen."
            )
        },
    )
    where = forms.CharField(
        label=gettext_lazy("Womit haben Sie ihn verglichen?"),
        help_text=gettext_lazy("Zum Beispiel: am Telefon mit der Redaktion in Potsdam, oder: Internetseite des Landes."),
        max_length=300,
        error_messages={"required": gettext_lazy("Bitte schreiben Sie, womit Sie verglichen haben. Ein halber Satz reicht.")},
    )


class UnsignedForm(forms.Form):
    """The word that a package without a signature came on a safe way."""

    compared = forms.BooleanField(
        label=gettext_lazy("Ich habe das Paket auf einem sicheren Weg bekommen und übernehme es ohne Signatur."),
        error_messages={"required": gettext_lazy("Bitte bestätigen Sie das, bevor Sie ein Paket ohne Signatur übernehmen.")},
    )
    where = forms.CharField(
        label=gettext_lazy("Wie haben Sie es bekommen?"),
        help_text=gettext_lazy("Zum Beispiel: auf einem Stick von der Redaktion in Potsdam."),
        max_length=300,
        error_messages={"required": gettext_lazy("Bitte schreiben Sie, wie es zu Ihnen kam. Ein halber Satz reicht.")},
    )


class ReasonForm(forms.Form):
    """Why something goes back, or ends."""

    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        error_messages={"required": gettext_lazy("Bitte nennen Sie den Grund. Ein Satz reicht.")},
    )


class BackForm(ReasonForm):
    """Why a version goes back from its review."""

    def __init__(self, *arguments, **facts):
        super().__init__(*arguments, **facts)
        self.fields["reason"].label = _("Was fehlt noch?")
        self.fields["reason"].help_text = _("Wer den Entwurf bearbeitet, liest diesen Satz.")


class PublisherKeyForm(forms.Form):
    """A publisher and a public key of theirs."""

    name = forms.CharField(
        label=gettext_lazy("Herausgeber"),
        help_text=gettext_lazy("Zum Beispiel: Land Brandenburg."),
        max_length=200,
        error_messages={"required": gettext_lazy("Bitte nennen Sie den Herausgeber.")},
    )
    pem = forms.CharField(
        label=gettext_lazy("Öffentlicher Schlüssel"),
        help_text=gettext_lazy(
            "Der Inhalt der Datei publisher.pem, von -----BEGIN PUBLIC KEY----- bis -----END PUBLIC KEY-----."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "off"}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Bitte fügen Sie den öffentlichen Schlüssel ein.")},
    )


class OwnKeyForm(forms.Form):
    """The word that a key shall be replaced."""

    sure = forms.BooleanField(
        label=gettext_lazy("Ja, ab jetzt soll der neue Schlüssel signieren."),
        error_messages={"required": gettext_lazy("Bitte bestätigen Sie, dass Sie den Schlüssel wechseln wollen.")},
    )


class LoseForm(forms.Form):
    """The word that something is given up."""

    sure = forms.BooleanField(
        label=gettext_lazy("Ja, das soll verworfen werden."),
        error_messages={"required": gettext_lazy("Bitte bestätigen Sie, dass Sie das verwerfen wollen.")},
    )


PICKS = (
    ("ours", gettext_lazy("unsere Fassung")),
    ("theirs", gettext_lazy("Fassung von %(other)s")),
    ("both", gettext_lazy("beide, erst unsere")),
    ("text", gettext_lazy("eigener Text")),
)


class ChoiceForm(forms.Form):
    """How one conflict is decided; which picks there are depends on the conflict, ``other`` is whose version came."""

    use_required_attribute = False

    pick = forms.ChoiceField(
        label=gettext_lazy("Ihre Entscheidung"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Bitte entscheiden Sie, welche Fassung gelten soll."),
            "invalid_choice": gettext_lazy("Diese Wahl gibt es hier nicht. Bitte wählen Sie eine der angebotenen."),
        },
    )
    text = forms.CharField(
        label=gettext_lazy("Eigener Text"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        strip=False,
        max_length=200_000,
    )

    def __init__(self, *arguments, picks: tuple[str, ...], other: str, number: int, **facts):
        super().__init__(*arguments, **facts)
        self.fields["pick"].choices = [(name, label % {"other": other}) for name, label in PICKS if name in picks]
        # The prefix is a place with slashes, which is no good id.
        for name, field in self.fields.items():
            field.widget.attrs["id"] = f"stelle-{number}-{name}"
        if "text" not in picks:
            del self.fields["text"]

    def clean(self):
        said = super().clean()
        if said.get("pick") == "text" and not said.get("text", "").strip():
            self.add_error("text", _("Bitte schreiben Sie den Text, oder wählen Sie eine der Fassungen."))
        return said


class NumberForm(forms.Form):
    """The number of a draft, and what is new in it."""

    number = forms.CharField(
        label=gettext_lazy("Nummer"),
        max_length=17,
        error_messages={"required": gettext_lazy("Bitte geben Sie eine Nummer an, zum Beispiel 1.1.0.")},
    )
    notes = forms.CharField(
        label=gettext_lazy("Was neu ist"),
        help_text=gettext_lazy("Steht öffentlich bei der Version. Zwei, drei Sätze für Menschen, die das Programm kennen."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        required=False,
    )
