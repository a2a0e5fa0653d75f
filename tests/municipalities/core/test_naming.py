import pytest

from staffel.municipalities.core import naming


@pytest.mark.parametrize(
    "kind, name, called, where",
    [
        ("Landkreis", "Barnim", "Landkreis Barnim", "im Landkreis Barnim"),
        ("Kreis", "Schleswig-Flensburg", "Kreis Schleswig-Flensburg", "im Kreis Schleswig-Flensburg"),
        ("Landkreis", "Ortenaukreis", "Ortenaukreis", "im Ortenaukreis"),
        ("Landkreis", "Rhein-Neckar-Kreis", "Rhein-Neckar-Kreis", "im Rhein-Neckar-Kreis"),
        ("Landkreis", "Landkreis Rostock", "Landkreis Rostock", "im Landkreis Rostock"),
        ("Landkreis", "Region Hannover", "Region Hannover", "in der Region Hannover"),
        ("Kreis", "Städteregion Aachen", "Städteregion Aachen", "in der Städteregion Aachen"),
        ("Landkreis", "Regionalverband Saarbrücken", "Regionalverband Saarbrücken", "im Regionalverband Saarbrücken"),
        ("Kreisfreie Stadt", "Kiel", "Kiel", "in Kiel"),
        ("Stadtkreis", "Ulm", "Ulm", "in Ulm"),
    ],
)
def test_a_kreis_is_called_as_people_call_it(kind, name, called, where):
    assert (naming.with_kind(kind, name), naming.in_kreis(kind, name)) == (called, where)


def test_only_the_saarland_has_an_article():
    assert [naming.in_land(name) for name in ("Saarland", "Hessen")] == ["im Saarland", "in Hessen"]
