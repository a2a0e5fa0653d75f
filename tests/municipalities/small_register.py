"""A register of three municipalities, complete enough to be written as an official file and compared with one."""

from datetime import date
from decimal import Decimal

from tests.municipalities.factories import make_dataset, make_kreis, make_municipality, make_verband

LOADED_ON = date(2025, 11, 30)


def make_single(ags):
    """Return the row that the register has for a municipality without a Verband."""
    code = f"{ags[:5]}0{ags[5:]}"
    return make_verband(code, name=f"Ort {ags}", kind="Verbandsfreie Gemeinde")


def make_place(ags, name, verband=None, **facts):
    """Return a municipality with the keys and the row of the register that belong to it."""
    above = verband or make_single(ags)
    facts = {"area_km2": Decimal("10.00"), "name": name, "short_name": name, "population": 1000} | facts
    return make_municipality(ags, verband=verband, ars=above.code + ags[5:], **facts)


def make_small_register():
    """Return Muster and Neben in the Amt Muster, and Allein in no Verband; one Kreis, one Land, loaded as of 30.11.2025."""
    make_kreis("12001", name="Musterkreis", official_name="Musterkreis", seat="Musterstadt", population=3000, area_km2=30)
    amt = make_verband("120015001", name="Amt Muster", seat="Musterstadt")
    make_dataset()
    return (
        make_place("12001001", "Muster", amt),
        make_place("12001002", "Neben", amt),
        make_place("12001003", "Allein"),
    )
