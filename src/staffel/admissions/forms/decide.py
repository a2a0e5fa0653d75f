"""What the office narrows the board down to, and what it decides."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffel.admissions.core.board import DECIDED, YES_NO, BoardFilters, Sort
from staffel.admissions.forms.call import MISSING
from staffel.admissions.models import Application, Decision
from staffel.municipalities.core.places import SizeClass
from staffel.municipalities.forms import FilterForm
from staffel.municipalities.queries.places import size_words

LONGEST_QUERY = 80
FIRST = ("entscheidung", "berechtigt", "land")
MORE = ("stand", "groesse", "foerderung", "sortierung")


class BoardForm(FilterForm):
    """The filters of the board. A value that we do not know is left out and named in ``problems``."""

    q = forms.CharField(
        label=gettext_lazy("Kommune oder Person"),
        max_length=LONGEST_QUERY,
        required=False,
        error_messages={"max_length": gettext_lazy("Bitte suchen Sie mit höchstens %(limit_value)s Zeichen.")},
    )
    entscheidung = forms.ChoiceField(label=gettext_lazy("Entscheidung"), required=False)
    berechtigt = forms.ChoiceField(label=gettext_lazy("Teilnahmeberechtigt"), required=False)
    land = forms.ChoiceField(label=gettext_lazy("Land"), required=False)
    stand = forms.ChoiceField(label=gettext_lazy("Stand"), required=False)
    groesse = forms.ChoiceField(label=gettext_lazy("Größenklasse"), required=False)
    foerderung = forms.ChoiceField(label=gettext_lazy("Modellprojekt"), required=False)
    sortierung = forms.ChoiceField(label=gettext_lazy("Sortieren nach"), required=False)

    def __init__(self, data, *, laender: dict[str, str]):
        super().__init__(data)
        states = [state for state in Application.State if state != Application.State.DRAFT]
        funded = {"ja": _("gefördert"), "nein": _("nicht gefördert")}
        self._choose("entscheidung", _("alle"), [(key, _(words)) for key, words in DECIDED.items()])
        self._choose("berechtigt", _("alle"), [(key, _(words)) for key, words in YES_NO.items()])
        self._choose("land", _("alle Länder"), list(laender.items()))
        self._choose("stand", _("alle"), [(state.value, state.label) for state in states])
        self._choose("groesse", _("alle Größenklassen"), [(size.value, size_words(size)) for size in SizeClass])
        self._choose("foerderung", _("alle"), list(funded.items()))
        self._choose("sortierung", _(Sort.ARRIVED.label), [(s.value, _(s.label)) for s in Sort if s != Sort.ARRIVED])

    def _choose(self, name: str, everything: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.choices = [("", everything), *choices]
        field.error_messages["invalid_choice"] = _("Den Filter „%(label)s: %%(value)s“ kennen wir nicht.") % {
            "label": field.label
        }

    def filters(self) -> BoardFilters:
        """Return what was understood."""
        self.is_valid()
        value = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        return BoardFilters(
            query=value["q"].strip(),
            state=value["stand"],
            land=value["land"],
            size=value["groesse"],
            funded=value["foerderung"],
            eligible=value["berechtigt"],
            decided=value["entscheidung"],
            sort=Sort(value["sortierung"] or Sort.ARRIVED),
        )

    def kept(self) -> dict[str, str]:
        """Return the parameters of the address that were understood."""
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def chosen(self) -> list[tuple[str, str]]:
        """Return the filters in force as (parameter, words)."""
        found = []
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if value and name == "q":
                found.append((name, f"„{value}“"))
            elif value and name != "sortierung":
                words = dict(self.fields[name].choices)[value]
                found.append((name, f"{self.fields[name].label}: {words}"))
        return found

    @property
    def more_open(self) -> bool:
        """Whether one of the filters behind "Weitere Filter" is in force."""
        return any(self.cleaned_data.get(name) for name in MORE)


class DecideForm(forms.Form):
    """A decision with its reason; ``position`` is asked for a waiting place only."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Entscheidung"),
        choices=Decision.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Bitte wählen Sie eine Entscheidung.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        help_text=gettext_lazy("Diesen Grund liest die Kommune in ihrem Brief."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=2000,
        error_messages=MISSING,
    )
    position = forms.IntegerField(
        label=gettext_lazy("Platz auf der Warteliste"),
        help_text=gettext_lazy("Nur für die Warteliste. Leer lassen heißt: hinten anstellen."),
        min_value=1,
        max_value=32_000,
        required=False,
    )

    def clean(self):
        values = super().clean()
        if values.get("kind") != Decision.Kind.WAIT:
            values["position"] = None
        return values


class BulkForm(DecideForm):
    """One decision for several applications."""

    position = None
    field_order = ("kind", "reason")

    def clean(self):
        return forms.Form.clean(self)


class DeclineForm(forms.Form):
    """Why somebody does not take the place; nobody has to say."""

    reason = forms.CharField(
        label=gettext_lazy("Grund"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
