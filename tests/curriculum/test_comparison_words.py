from dataclasses import replace

from django.template.loader import render_to_string

from staffel.curriculum import comparison_words
from staffel.curriculum.core.comparing import compare
from staffel.curriculum.core.content import Completion, Material, Module, Outline, Timetable, Unit, UnitKind, Whole
from staffel.ui.parts import KeysetPage


def make_unit(number, **facts):
    defaults = {
        "title": f"Einheit {number}",
        "kind": UnitKind.SESSION,
        "minutes": 240,
        "objectives": (),
        "summary": "Worum es geht.",
    }
    return Unit(key=f"einheit-{number}", **(defaults | facts))


def make_whole(*units, **facts):
    module = Module("grundlagen", "Grundlagen", "Der Anfang.", True, tuple(unit.key for unit in units))
    outline = Outline(
        key="beispiel",
        title="Beispiel",
        summary="Zum Ausprobieren.",
        version="1.0.0",
        language="de",
        licence="CC-BY-4.0",
        author="Staffel",
        notes="",
        aim="Ein Ziel.",
        audience="Alle.",
        completion=Completion(80, True),
        timetable=Timetable((1, 3), "09:00", 240),
        synchronous_percent=100,
        fee=False,
        competencies=(),
        modules=(module,),
    )
    return Whole(replace(outline, **facts), {unit.key: unit for unit in units})


def view(old, new, **options):
    return comparison_words.view_of(compare(old, new), **options)


def page(shown):
    return render_to_string("curriculum/_comparison.html", {"comparison": shown})


def test_equal_versions_say_so():
    shown = view(make_whole(make_unit(1)), make_whole(make_unit(1), version="1.0.1"))

    assert shown == ("Beide Fassungen sind gleich.", (), (), None, {})
    assert "So lesen Sie das" not in page(shown)


def test_a_new_unit_is_shown_by_paragraphs_whatever_the_width_that_it_is_wrapped_at():
    new = make_unit(2, summary="Worum es\nheute geht.\n\n- erst das\n- dann jenes", handout="Ein langer\nSatz.")

    shown = view(make_whole(make_unit(1)), make_whole(make_unit(1), new)).units[0]

    assert shown.text == (
        "Titel: Einheit 2\nArt: gemeinsam\nMinuten: 240\nLesezeit in Minuten: 0\nZusammenfassung:\nWorum es heute geht.",
        "- erst das\n- dann jenes\nHandreichung: Ein langer Satz.",
    )
    assert "<p>- erst das\n- dann jenes\nHandreichung: Ein langer Satz.</p>" in page(view(make_whole(), make_whole(new)))


def test_view_of_says_what_happened_to_units_and_to_the_whole():
    old = make_whole(make_unit(1), make_unit(2), make_unit(3))
    new = make_whole(make_unit(2), make_unit(3, summary="Worum es wirklich geht."), make_unit(4), aim="Ein neues Ziel.")

    shown = view(old, new)

    assert shown.sentence == (
        "Eine Einheit ist neu. Eine Einheit ist entfallen. Eine Einheit ist geändert. "
        "Am Programm als Ganzem ist etwas geändert."
    )
    assert [(unit.title, unit.mark, unit.tone) for unit in shown.units] == [
        ("Einheit 1", "entfallen", "danger"),
        ("Einheit 3", "geändert", "neutral"),
        ("Einheit 4", "neu", "success"),
    ]
    assert shown.units[1].changes[0].pieces == (("same", "Worum es "), ("added", "wirklich "), ("same", "geht."))
    assert shown.units[2].text[0].startswith("Titel: Einheit 4\n")
    assert [(change.label, change.mark) for change in shown.outline] == [("Ziel · Absatz 1", "geändert")]


def test_a_moved_unit_says_from_where_to_where():
    one, two = make_unit(1), make_unit(2)
    old = make_whole(one, two)
    modules = (replace(old.outline.modules[0], units=(one.key,)), Module("praxis", "Praxis", "Weiter.", True, (two.key,)))

    first = view(old, make_whole(one, two, modules=modules)).units[0]
    second = view(make_whole(one, two), make_whole(two, one)).units[0]

    assert (first.mark, first.sentence) == (
        "verschoben",
        "Die Einheit stand im Modul „Grundlagen“ und steht jetzt im Modul „Praxis“.",
    )
    assert second.sentence == "Die Einheit steht in ihrem Modul an einer anderen Stelle."


def test_another_file_is_said_in_words_not_in_digests():
    material = Material("Bild", "Staffel", "CC-BY-4.0", "de", file="bild.png", alt="Ein Bild", sha256="a" * 64, size=1)
    old, new = (make_whole(make_unit(1, materials=(each,))) for each in (material, replace(material, sha256="b" * 64)))

    change = view(old, new).units[0].changes[0]

    assert (change.label, change.sentence) == (
        "Materialien · Material „bild.png“ · Inhalt der Datei",
        "Die Datei ist eine andere.",
    )


def test_long_texts_are_shortened_and_whole_below():
    before = " ".join(f"Wort{n}" for n in range(100))
    change = (
        view(make_whole(make_unit(1, summary=before)), make_whole(make_unit(1, summary=f"{before} Ende."))).units[0].changes[0]
    )

    assert change.pieces[0] == ("gap", " …")
    assert change.whole == (("same", before), ("added", " Ende."))


def test_many_changed_units_stand_on_several_pages():
    old = make_whole(*map(make_unit, range(45)))
    new = make_whole(*(make_unit(n, summary="Anders.") for n in range(45)), aim="Ein neues Ziel.")

    first, second, third = (view(old, new, page=number, address="/da/") for number in (1, "2", "3"))

    assert [len(each.units) for each in (first, second, third)] == [20, 20, 5]
    assert [len(each.outline) for each in (first, second, third)] == [1, 0, 0]
    assert second.pages == KeysetPage("/da/?seite=1", "/da/?seite=3", "Einheit 21 bis 40 von 45 mit Änderungen")
    assert (first.pages.previous_href, third.pages.next_href) == ("", "")
    assert view(old, new, page="quatsch").units == first.units


def test_the_page_marks_by_element_and_by_word_and_escapes():
    old = make_whole(make_unit(1, summary="Alt bleibt <b>."))
    shown = page(view(old, make_whole(make_unit(1, summary="Neu bleibt <b>."))))

    assert '<del><span class="kern-sr-only">entfernt: </span>Alt<span class="kern-sr-only"> Ende. </span></del>' in shown
    assert (
        '<ins><span class="kern-sr-only">neu: </span>Neu<span class="kern-sr-only"> Ende. </span></ins> bleibt &lt;b&gt;.'
        in shown
    )
