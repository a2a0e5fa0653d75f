"""What people narrow the lists down to, typed or clicked: browser input to clean values."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffel.base.rules import N_
from staffel.municipalities.core.listing import Directory, Filters, Funded, Sort
from staffel.municipalities.core.places import REGION_TYPES, SizeClass
from staffel.municipalities.core.search import LONGEST_QUERY
from staffel.municipalities.queries.places import size_words

FUNDED_WORDS = {
    "ja": Funded.YES,
    "eigenes": Funded.SELF,
    "verband": Funded.VERBAND,
    "kreis": Funded.KREIS,
    "nein": Funded.NO,
}
SORT_WORDS = {
    "treffer": Sort.BEST,
    "name": Sort.NAME,
    "-name": Sort.NAME_DOWN,
    "einwohner": Sort.POPULATION,
    "-einwohner": Sort.POPULATION_DOWN,
    "land": Sort.LAND,
    "-land": Sort.LAND_DOWN,
}


SORT_LABELS = {
    "treffer": N_("beste Treffer"),
    "name": N_("Name, A bis Z"),
    "-name": N_("Name, Z bis A"),
    "-einwohner": N_("Menschen, absteigend"),
    "einwohner": N_("Menschen, aufsteigend"),
    "land": N_("Land, A bis Z"),
    "-land": N_("Land, Z bis A"),
}


class FilterForm(forms.Form):
    """What all filter forms do: say what they did not understand, and hand their choices to ``_filter.html``.

    ``waiting`` says for a choice that has no options yet, and cannot be used, what has to be chosen before.
    """

    waiting: ClassVar[dict[str, str]] = {}

    @property
    def problems(self) -> list[str]:
        """One sentence for each value that was left out."""
        return [sentence for sentences in self.errors.values() for sentence in sentences]

    def selects(self, *names: str) -> list[dict]:
        """Return name, label, options and the chosen value of the choices ``names`` that have, or will have, something."""
        return [
            {
                "name": name,
                "label": self.fields[name].label,
                "chosen": self.cleaned_data.get(name, ""),
                "options": self.fields[name].choices,
                "hint": self.waiting.get(name, ""),
            }
            for name in names
            if len(self.fields[name].choices) > 1 or name in self.waiting
        ]


class ListForm(FilterForm):
    """The filters of the list. A value that we do not know is left out and named in ``problems``."""

    q = forms.CharField(
        label=gettext_lazy("Ort, Postleitzahl oder Gemeindeschlüssel"),
        max_length=LONGEST_QUERY,
        error_messages={"max_length": gettext_lazy("Bitte suchen Sie mit höchstens %(limit_value)s Zeichen.")},
        required=False,
    )
    land = forms.ChoiceField(label=gettext_lazy("Land"), required=False)
    kreis = forms.ChoiceField(label=gettext_lazy("Kreis"), required=False)
    groesse = forms.ChoiceField(label=gettext_lazy("Größenklasse"), required=False)
    foerderung = forms.ChoiceField(label=gettext_lazy("Modellprojekt"), required=False)
    raum = forms.ChoiceField(label=gettext_lazy("Raumtyp"), required=False)
    unbewohnt = forms.BooleanField(
        label=gettext_lazy("Auch unbewohnte Gebiete zeigen"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "kern-form-check__checkbox"}),
    )
    sortierung = forms.ChoiceField(label=gettext_lazy("Sortieren nach"), required=False)

    def __init__(self, data, *, known: Directory):
        super().__init__(data)
        laender = sorted(known.laender.values(), key=lambda land: land.name)
        chosen_kreis, chosen_land = data.get("kreis", ""), data.get("land", "")
        if not chosen_land and chosen_kreis in known.kreis_names:
            chosen_land = chosen_kreis[:2]
        kreise = known.kreise_of(chosen_land) if chosen_land else []
        self._choose("land", _("alle Länder"), [(land.code, land.name) for land in laender])
        self._choose("kreis", _("alle Kreise"), kreise)
        self._choose("groesse", _("alle Größenklassen"), [(size.value, size_words(size)) for size in SizeClass])
        self._choose("foerderung", _("alle"), [(word, _(funded.label)) for word, funded in FUNDED_WORDS.items()])
        self._choose("raum", _("alle Raumtypen"), [(code, _(words)) for code, words in REGION_TYPES.items()])
        if chosen_kreis in known.kreis_names and chosen_kreis[:2] != chosen_land:
            # Another Land was chosen: its Kreise are no longer those of before.
            self.data = {**data.dict(), "kreis": ""}
        self.fields["sortierung"].choices = [("", ""), *((word, _(words)) for word, words in SORT_LABELS.items())]
        self.fields["sortierung"].error_messages["invalid_choice"] = _("Die Sortierung „%(value)s“ kennen wir nicht.")
        if chosen_land not in known.laender and laender:
            self.waiting = {"kreis": _("zuerst ein Land wählen")}

    def _choose(self, name: str, everything: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.choices = [("", everything), *choices]
        field.error_messages["invalid_choice"] = _("Den Filter „%(label)s: %%(value)s“ kennen wir nicht.") % {
            "label": field.label
        }

    def sort_select(self) -> dict:
        """Return the choice of an order; the one that comes without a choice stands first and has no value."""
        usual = "treffer" if self.cleaned_data.get("q") else "name"
        others = [(word, _(words)) for word, words in SORT_LABELS.items() if word not in (usual, "treffer")]
        chosen = self.cleaned_data.get("sortierung", "")
        return {
            "name": "sortierung",
            "label": self.fields["sortierung"].label,
            "chosen": chosen if chosen in dict(others) else "",
            "options": [("", _(SORT_LABELS[usual])), *others],
        }

    def filters(self) -> Filters:
        """Return what was understood."""
        self.is_valid()
        value = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        return Filters(
            query=value["q"].strip(),
            land=value["land"] or value["kreis"][:2],
            kreis=value["kreis"],
            size=value["groesse"],
            region=value["raum"],
            funded=str(FUNDED_WORDS[value["foerderung"]]) if value["foerderung"] else "",
            uninhabited=bool(value["unbewohnt"]),
            sort=str(SORT_WORDS[value["sortierung"]]) if value["sortierung"] else "",
        )

    def chosen(self) -> list[tuple[str, str, str]]:
        """Return the filters in force as (parameter, value, words)."""
        found = []
        for name in ("land", "kreis", "groesse", "foerderung", "raum"):
            value = self.cleaned_data.get(name)
            if value:
                words = dict(self.fields[name].choices)[value]
                found.append((name, value, str(words)))
        if self.cleaned_data.get("q"):
            found.insert(0, ("q", self.cleaned_data["q"], f"„{self.cleaned_data['q']}“"))
        if self.cleaned_data.get("unbewohnt"):
            found.append(("unbewohnt", "on", _("mit unbewohnten Gebieten")))
        return found


class ProjectForm(FilterForm):
    """The filters of the funded projects."""

    land = forms.ChoiceField(label=gettext_lazy("Land"), required=False)
    jahr = forms.ChoiceField(label=gettext_lazy("Jahr der Auswahl"), required=False)

    def __init__(self, data, *, known: Directory, years: list[int]):
        super().__init__(data)
        laender = sorted(known.laender.values(), key=lambda land: land.name)
        self.fields["land"].choices = [("", _("alle Länder")), *((land.code, land.name) for land in laender)]
        self.fields["jahr"].choices = [("", _("alle Jahre")), *((str(year), str(year)) for year in years)]
        self.fields["land"].error_messages["invalid_choice"] = _("Das Land „%(value)s“ kennen wir nicht.")
        self.fields["jahr"].error_messages["invalid_choice"] = _("Im Jahr „%(value)s“ wurde kein Projekt ausgewählt.")
