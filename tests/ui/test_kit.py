import pytest
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError
from django.test import RequestFactory

from staffel.base.rules import Rule
from staffel.ui.parts import KeysetPage


def test_why_shows_the_sentence_the_number_and_the_source_of_a_rule(shown):
    rule = Rule("BSP-01", "Höchstens zwei Plätze.", "Beispielordnung, Abschnitt 3")

    assert shown("{% why rule %}{% endwhy %}", rule=rule) == (
        '<details class="st-why"><summary>Warum?</summary><div><p>Höchstens zwei Plätze. (BSP-01)</p>'
        '<p class="st-source">Grundlage: Beispielordnung, Abschnitt 3</p></div></details>'
    )


def test_breadcrumb_marks_the_page_itself(shown):
    assert shown("{% breadcrumb items %}", items=[("Start", "/"), ("Kommunen", "")]) == (
        '<nav class="st-breadcrumb" aria-label="Sie sind hier"><ol><li><a href="/">Start</a></li>'
        '<li><span aria-current="page">Kommunen</span></li></ol></nav>'
    )


def test_path_says_in_words_what_is_done_now_and_next(shown):
    steps = [("Bewerbung", "done"), ("Auswahl", "now", "bis 20. März"), ("Zusage", "next")]

    html = shown("{% path steps label='Weg' %}", steps=steps)

    assert html.count("<li ") == 3
    said = ("erledigt", "jetzt, bis 20. März", "kommt noch", 'aria-current="step"')
    assert [html.count(words) for words in said] == [1, 1, 1, 1]


def test_path_refuses_an_unknown_state(shown):
    with pytest.raises(TemplateSyntaxError) as refusal:
        shown("{% path steps label='Weg' %}", steps=[("Auswahl", "vielleicht")])

    assert str(refusal.value) == "{% path %}: state is 'vielleicht', allowed are 'done', 'now', 'next', 'plain'."


@pytest.mark.parametrize("done, total", [(-1, 10), (11, 10), (3, 41)])
def test_batons_refuse_impossible_numbers(shown, done, total):
    with pytest.raises(TemplateSyntaxError) as refusal:
        shown("{% batons done total %}", done=done, total=total)

    assert str(refusal.value) == f"{{% batons %}}: done is {done} of {total}, allowed is 0 <= done <= total <= 40."


def test_batons_fill_as_many_as_are_done(shown):
    html = shown("{% batons 4 10 %}")

    assert (html.count("<line"), html.count('class="st-open"')) == (10, 6)
    assert "<span>4 von 10</span>" in html


def test_bar_chart_draws_shares_of_the_longest_bar(shown):
    html = shown(
        "{% bar_chart bars title='T' sentence='S' source='Q' label_head='L' value_head='W' %}",
        bars=[("a", 10), ("b", 5), ("c", 0)],
    )

    assert [html.count(f'width="{share}%"') for share in ("100.00", "50.00", "0.00")] == [1, 1, 1]
    assert "Quelle: Q" in html


def test_bar_chart_of_nothing_but_zeros_stands(shown):
    html = shown("{% bar_chart bars title='T' sentence='S' source='Q' label_head='L' value_head='W' %}", bars=[("a", 0)])

    assert html.count('width="0.00%"') == 1


def test_bar_chart_refuses_a_bar_beyond_its_axis(shown):
    with pytest.raises(TemplateSyntaxError) as refusal:
        shown("{% bar_chart bars title='T' sentence='S' source='Q' label_head='L' value_head='W' maximum=5 %}", bars=[("a", 6)])

    assert str(refusal.value) == "{% bar_chart %}: value is 6, allowed is 0 to 5."


def test_column_says_how_it_is_sorted(shown):
    assert shown('{% column "Name" sort_href="?sort=-name" sort="ascending" %}') == (
        '<th scope="col" aria-sort="ascending"><a href="?sort=-name">Name</a></th>'
    )


def test_pagination_keeps_the_other_parameters(shown):
    page = Paginator(range(30), 10).get_page(2)
    request = RequestFactory().get("/", {"land": "12", "seite": "2"})

    html = shown("{% pagination page %}", request=request, page=page)

    assert html == (
        '<nav aria-label="Seiten"><ul class="st-pages"><li><a href="?land=12&amp;seite=1" rel="prev">Zurück</a></li>'
        '<li><a href="?land=12&amp;seite=1" aria-label="Seite 1">1</a></li>'
        '<li><a href="?land=12&amp;seite=2" aria-current="page" aria-label="Seite 2">2</a></li>'
        '<li><a href="?land=12&amp;seite=3" aria-label="Seite 3">3</a></li>'
        '<li><a href="?land=12&amp;seite=3" rel="next">Weiter</a></li></ul></nav>'
    )


def test_pagination_by_key_shows_only_the_ways_that_exist(shown):
    assert shown("{% pagination page %}", page=KeysetPage(next_href="?nach=7", words="1 bis 50")) == (
        '<nav aria-label="Seiten"><ul class="st-pages"><li><span>1 bis 50</span></li>'
        '<li><a href="?nach=7" rel="next">Weiter</a></li></ul></nav>'
    )


@pytest.mark.parametrize("page", [Paginator(range(3), 10).get_page(1), KeysetPage(words="alle")])
def test_pagination_of_one_page_is_nothing(shown, page):
    assert shown("{% pagination page %}", request=RequestFactory().get("/"), page=page) == ""


def test_pagination_refuses_what_is_no_page(shown):
    with pytest.raises(TemplateSyntaxError) as refusal:
        shown("{% pagination page %}", page=[1])

    assert str(refusal.value) == "{% pagination %}: page is [1], allowed are Page and KeysetPage."


def test_place_search_is_a_plain_get_form(shown):
    html = shown("{% place_search action='/kommunen/' suggestions_url='/vorschlaege/' value='Bei' %}")

    assert '<form class="st-search" role="search" method="get" action="/kommunen/" data-suggestions="/vorschlaege/">' in html
    assert '<label for="ort">Ort, Postleitzahl oder Gemeindeschlüssel</label>' in html
    assert 'name="q" value="Bei"' in html
    assert '<button type="submit"' in html


def test_of_a_sum_the_beginning_is_seen_and_the_rest_is_in_its_title(shown):
    whole = "0123456789ab" + "c" * 52

    assert shown("{{ told|short_sums }}", told=f"Prüfsumme: <{whole}>") == (
        f'Prüfsumme: &lt;<span title="{whole}">0123456789ab…</span>&gt;'
    )
    assert shown("{{ told|short_sums }}", told=whole + "d") == whole + "d"
