from datetime import date

from staffel.municipalities.core.credits import credit_line


def test_credit_line_is_the_one_that_the_licences_ask_for():
    assert credit_line(date(2025, 11, 30), date(2024, 12, 31)) == (
        "Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, Gebietsstand 30.11.2025, Bevölkerung 31.12.2024; "
        "© GeoBasis-DE / BKG (2024, 2025) dl-de/by-2-0, Daten verändert; BMV/BBSR RegioStaR 2021, dl-de/by-2-0; "
        "RKI GISD 2025 v1.0, CC BY 4.0."
    )
