"""How places are called in a German sentence: with or without their kind, with the right preposition. Pure."""

FEMININE = ("Region ", "Städteregion ")


def with_kind(kind: str, name: str) -> str:
    """Return a Kreis by name with its kind, which is left out where the name says it already.

    >>> with_kind("Landkreis", "Barnim"), with_kind("Landkreis", "Ortenaukreis"), with_kind("Landkreis", "Region Hannover")
    ('Landkreis Barnim', 'Ortenaukreis', 'Region Hannover')
    """
    says_it = "kreis" in name.lower() or name.startswith((*FEMININE, "Regionalverband "))
    return name if says_it or kind in ("Kreisfreie Stadt", "Stadtkreis") else f"{kind} {name}"


def verband_with_kind(kind: str, name: str) -> str:
    """Return a Verband of the register with its kind, so that nobody takes it for the town of the same name.

    >>> verband_with_kind("Verbandsgemeinde", "Linz am Rhein"), verband_with_kind("Amt", "Amt Kleine Elster")
    ('Verbandsgemeinde Linz am Rhein', 'Amt Kleine Elster')
    """
    return name if name.startswith(kind) else f"{kind} {name}"


def in_kreis(kind: str, name: str) -> str:
    """Return where something lies that lies in a Kreis.

    >>> in_kreis("Landkreis", "Barnim"), in_kreis("Landkreis", "Region Hannover"), in_kreis("Kreisfreie Stadt", "Kiel")
    ('im Landkreis Barnim', 'in der Region Hannover', 'in Kiel')
    """
    if kind in ("Kreisfreie Stadt", "Stadtkreis"):
        return f"in {name}"
    if name.startswith(FEMININE):
        return f"in der {name}"
    return f"im {with_kind(kind, name)}"


def in_land(name: str) -> str:
    """Return where something lies that lies in a Land.

    >>> in_land("Brandenburg"), in_land("Saarland")
    ('in Brandenburg', 'im Saarland')
    """
    return f"im {name}" if name == "Saarland" else f"in {name}"
