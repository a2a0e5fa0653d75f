"""A small programme for tests: one module, two mornings, released."""

from datetime import date

from staffel.curriculum.models import Module, Programme, Unit, Version


def make_version(number="1.0.0", *, units=2, released=True, **facts):
    """Return a version with one module of ``units`` mornings of 240 minutes."""
    programme = Programme.objects.get_or_create(
        key="beispielprogramm", defaults={"title": "Beispielprogramm", "summary": "Zum Ausprobieren."}
    )[0]
    defaults = {
        "state": Version.State.DRAFT,
        "licence": "CC-BY-4.0",
        "aim": "Ein Ziel.",
        "audience": "Alle.",
        "completion": {"attendance_percent": 80, "presentation": True},
        "timetable": {"weekdays": [1, 3], "starts": "09:00", "minutes": 240},
        "synchronous_percent": 100,
        "digest": "0" * 64,
    }
    version = Version.objects.create(programme=programme, number=number, **(defaults | facts))
    module = Module.objects.create(version=version, position=1, key="grundlagen", title="Grundlagen", summary="Der Anfang.")
    for position in range(1, units + 1):
        Unit.objects.create(
            module=module,
            position=position,
            key=f"einheit-{position}",
            title=f"Einheit {position}",
            minutes=240,
            objectives=["Etwas können."],
            summary="Worum es geht.",
        )
    if released:
        version.state, version.released_on = Version.State.RELEASED, date(2024, 5, 1)
        version.save(update_fields=["state", "released_on"])
    return version
