"""Places for tests: small, real by name and key, and complete enough for every constraint."""

from datetime import date

from staffel.municipalities.models import Dataset, FundedMember, FundedProject, Kreis, Land, Municipality, Verband

REGISTER_ON = date(2025, 11, 30)
POPULATION_ON = date(2024, 12, 31)


def make_land(code="12", name="Brandenburg", **facts):
    """Return the Land ``code``, made if it is not there."""
    defaults = {"name": name, "iso": f"DE-{code}", "capital": "Potsdam", "population": 2_556_747, "area_km2": "29654.35"}
    defaults |= {"population_on": POPULATION_ON, "area_on": POPULATION_ON}
    return Land.objects.get_or_create(code=code, defaults=defaults | facts)[0]


def make_kreis(code="12060", name="Barnim", kind="Landkreis", **facts):
    """Return the Kreis ``code`` with its Land, made if it is not there."""
    defaults = {"land": make_land(code[:2]), "name": name, "official_name": f"{kind} {name}", "kind": kind}
    defaults |= {"population": 190_000, "area_km2": "1479.67", "population_on": POPULATION_ON, "area_on": POPULATION_ON}
    return Kreis.objects.get_or_create(code=code, defaults=defaults | facts)[0]


def make_verband(code="120605003", name="Britz-Chorin-Oderberg", kind="Amt", **facts):
    """Return the Verband ``code`` with its Kreis, made if it is not there."""
    kreis = facts.pop("kreis", None) or make_kreis(code[:5])
    return Verband.objects.get_or_create(code=code, defaults={"kreis": kreis, "name": name, "kind": kind} | facts)[0]


def make_municipality(ags="12060052", name="Eberswalde", population=41_481, **facts):
    """Return a new municipality with its Kreis and Land."""
    kreis = facts.pop("kreis", None) or make_kreis(ags[:5])
    defaults = {
        "ars": f"{ags[:5]}0000{ags[5:]}",
        "name": f"{name}, Stadt",
        "short_name": name,
        "kind": "Stadt",
        "kind_code": "63",
        "counted": True,
        "land": kreis.land,
        "kreis": kreis,
        "population": population,
        "area_km2": "93.63",
        "postal_code": "16225",
        "latitude": 52.83,
        "longitude": 13.79,
        "urbanisation": "02",
        "region_type": "73",
        "register_on": REGISTER_ON,
        "population_on": POPULATION_ON,
        "area_on": POPULATION_ON,
        "position_on": REGISTER_ON,
        "urbanisation_on": REGISTER_ON,
        "region_type_on": date(2021, 12, 31),
    }
    return Municipality.objects.create(ags=ags, **(defaults | facts))


def make_project(code="MPSC-2019-01", name="Smarte Stadt", *, municipality=None, kreis=None, verband=None, **facts):
    """Return a funded project with one leading member."""
    defaults = {"round": 1, "year": 2019, "category": "Mittelstadt", "source": "https://example.org/liste"}
    project = FundedProject.objects.create(code=code, name=name, **(defaults | facts))
    body = municipality or kreis or verband
    FundedMember.objects.create(
        project=project,
        role=FundedMember.Role.LEAD,
        name=str(body),
        municipality=municipality,
        kreis=kreis,
        verband=verband,
        source="https://example.org/liste",
    )
    return project


def make_dataset(key="municipalities", digest="0" * 64):
    """Return a loaded table, which gives the data a stamp."""
    from django.utils import timezone

    return Dataset.objects.create(key=key, title="Kommunen", as_of=REGISTER_ON, rows=1, digest=digest, loaded_at=timezone.now())
