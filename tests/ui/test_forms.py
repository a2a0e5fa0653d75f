import re

from django import forms


class Application(forms.Form):
    name = forms.CharField(label="Ihr Name", help_text="Wie auf dem <Zertifikat>.")
    note = forms.CharField(label="Notiz", required=False, widget=forms.Textarea)
    size = forms.ChoiceField(label="Größe", choices=[("s", "klein")])
    way = forms.ChoiceField(label="Wie?", choices=[("a", "ganz"), ("b", "ein Modul")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Gelesen")

    def clean(self):
        raise forms.ValidationError("Name und Notiz widersprechen sich.")


def test_label_hint_error_and_field_stand_in_this_order():
    html = str(Application({})["name"].as_field_group())

    assert re.sub(r">\s+<", "><", html) == (
        '<div class="kern-form-input kern-form-input--error"><label class="kern-label" for="id_name">Ihr Name</label>'
        '<p class="kern-hint" id="id_name_helptext">Wie auf dem &lt;Zertifikat&gt;.</p>'
        '<div class="kern-error" id="id_name_error"><span class="kern-icon kern-icon--danger" aria-hidden="true"></span>'
        "<div><p>Dieses Feld ist zwingend erforderlich.</p></div></div>"
        '<input type="text" name="name" required aria-invalid="true" '
        'aria-describedby="id_name_helptext id_name_error" id="id_name" class="kern-form-input__input"></div>'
    )


def test_voluntary_is_said_in_words():
    form = Application()

    assert str(form["note"].as_field_group()).count("(freiwillig)") == 1
    assert str(form["name"].as_field_group()).count("(freiwillig)") == 0


def test_radios_are_a_fieldset_with_a_legend():
    html = str(Application()["way"].as_field_group())

    assert html.count("<fieldset") == 1
    assert re.sub(r"\s+", " ", html).count('<legend class="kern-label">Wie?</legend>') == 1
    assert html.count('class="kern-form-check__radio"') == 2
    assert '<label class="kern-label" for="id_way_1">ein Modul</label>' in html


def test_select_and_checkbox_get_the_kits_classes():
    form = Application()

    assert str(form["size"]).count('class="kern-form-input__select"') == 1
    assert str(form["agreed"]).count('class="kern-form-check__checkbox"') == 1


def test_summary_leads_to_every_field_with_an_error():
    html = Application({"size": "s"}).render()

    summary = re.search(r'<div class="st-errors".*?</ul></div>', html, re.DOTALL)[0]
    assert summary == (
        '<div class="st-errors" role="alert" tabindex="-1" autofocus><h2>4 Angaben fehlen noch oder stimmen nicht</h2><ul>'
        '<li><a href="#id_name">Ihr Name: Dieses Feld ist zwingend erforderlich.</a></li>'
        '<li><a href="#id_way_0">Wie? Dieses Feld ist zwingend erforderlich.</a></li>'
        '<li><a href="#id_agreed">Gelesen: Dieses Feld ist zwingend erforderlich.</a></li>'
        "<li>Name und Notiz widersprechen sich.</li></ul></div>"
    )


def test_a_form_without_errors_has_no_summary():
    assert "st-errors" not in Application().render()
