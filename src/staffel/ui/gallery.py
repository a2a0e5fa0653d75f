"""What the gallery shows: invented people and figures, every component in every state."""

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from staffel.base.rules import N_, Rule
from staffel.ui.parts import Bar, Fact, File, KeysetPage, Step, Tab, Task

# An invented rule; real ones stand in the contexts' core/rules.py.
EXAMPLE_RULE = Rule("BSP-01", N_("Eine Kommune bekommt je Staffel höchstens zwei Plätze."), N_("Beispielordnung, Abschnitt 3"))


INVENTED_PLACES = ("Beispielstadt", "Musterdorf", "Musterstadt am Beispiel", "Sankt Probe an der Vorlage")


class ExampleForm(forms.Form):
    """A form with every kind of field."""

    focus_errors = False

    name = forms.CharField(
        label=_("Ihr Name"), help_text=_("Wie er auf dem Zertifikat stehen soll, zum Beispiel Anke Beispiel.")
    )
    mail = forms.EmailField(label=_("Dienstliche E-Mail-Adresse"))
    size = forms.ChoiceField(
        label=_("Größe der Kommune"),
        choices=[("", _("Bitte wählen")), ("s", _("unter 5.000 Menschen")), ("m", _("5.000 bis 20.000 Menschen"))],
    )
    start = forms.DateField(label=_("Frühester Beginn"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    way = forms.ChoiceField(
        label=_("Wie möchten Sie teilnehmen?"),
        choices=[("whole", _("an der ganzen Staffel")), ("module", _("an einem Modul"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("Was interessiert Sie besonders?"),
        required=False,
        choices=[("data", _("Daten")), ("law", _("Recht")), ("people", _("Beteiligung"))],
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(
        label=_("Was haben Sie vor?"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Drei Sätze genügen.")
    )
    paper = forms.FileField(label=_("Freigabe"), required=False, help_text=_("PDF, höchstens 5 MB."))
    agreed = forms.BooleanField(label=_("Ich habe die Hinweise zum Datenschutz gelesen."))


def gallery_context(query) -> dict:
    """Return the variables of the gallery; ``query`` is the page's own GET, for its page numbers."""
    return {
        "crumbs": [("Start", "/"), ("Baukasten", "/bausteine/"), ("Diese Seite", "")],
        "rule": EXAMPLE_RULE,
        "steps": [
            Step("Bewerbung", "done", "2. März", href="#pfad"),
            Step("Freigabe", "done", "4. März", "Heinz hat zugestimmt."),
            Step("Auswahl", "now", "bis 20. März", "Das Gremium liest 37 Bewerbungen."),
            Step("Zusage", "next", "ab 24. März"),
            Step("Erster Vormittag", "next", "14. April"),
        ],
        "numbers": [("45", "Menschen", "Beispielzahl, Stand 1. März"), ("36", "Kommunen", ""), ("3", "Staffeln", "erfunden")],
        "facts": [
            Fact("Einwohnerzahl", "12.345", "Stand 31.12.2024, erfunden"),
            Fact("Kreis", "Musterkreis", href="#fakten"),
            Fact("Regionstyp", "kleinstädtischer, dörflicher Raum"),
        ],
        "rows": [
            ("Beispielstadt", "Brandenburg", "12.345", "gefördert"),
            ("Musterdorf", "Sachsen", "987", ""),
            ("Sankt Probe an der Vorlage", "Bayern", "104.321", "gefördert"),
        ],
        "bars": [
            Bar("unter 5.000", 18, "18"),
            Bar("5.000 bis 20.000", 31, "31"),
            Bar("20.000 bis 100.000", 12, "12"),
            Bar("ab 100.000", 0, "0", "quiet"),
        ],
        "tabs": [Tab("Überblick", "#reiter", current=True), Tab("Termine", "#reiter"), Tab("Menschen", "#reiter")],
        "tasks": [
            Task("Ihre Angaben", "#aufgaben", "fertig", "success"),
            Task("Freigabe durch Heinz", "#aufgaben", "wartet", "warning"),
            Task("Absenden", "", "noch nicht möglich"),
        ],
        "files": [File("Beispieltabelle", "#dateien", "CSV", "12 KB"), File("Beispielbericht", "#dateien", "PDF", "1,2 MB")],
        "page": Paginator(range(412), 12).get_page(query.get("seite", 5)),
        "keyset": KeysetPage("#seiten", "#seiten", "51 bis 100 von 412"),
        "empty_form": ExampleForm(auto_id="leer_%s"),
        "wrong_form": ExampleForm({"name": "Anke Beispiel", "mail": "anke", "way": "whole"}, auto_id="fehler_%s"),
        "ten": range(0, 11, 5),
        "sources": ["Alle Angaben auf dieser Seite sind erfunden.", ("KERN UX, EUPL-1.2", "https://www.kern-ux.de/")],
    }
