"""What happens to the published lists of the pilot: they are loaded."""

from django.db import transaction

from staffel.cohorts.core import loading
from staffel.cohorts.models import PilotCohort, PilotSeat
from staffel.municipalities.actions import load as directory
from staffel.municipalities.models import Municipality

DATASET = "pilot_cohorts"


@transaction.atomic
def load_pilot_cohorts(cohorts: tuple[loading.CohortRow, ...], digest: str) -> list[directory.TableReport]:
    """Bring the three published lists to the state of ``cohorts`` and return a report for Staffeln and seats.

    Only what is new or changed is written, and nothing is deleted; ``digest`` is written down with it.
    """
    ids = dict(Municipality.objects.values_list("ags", "pk"))
    stored = {cohort.number: cohort for cohort in PilotCohort.objects.all()}
    heads = {"new": 0, "changed": 0}
    for row in cohorts:
        facts = {name: getattr(row, name) for name in row.__slots__ if name not in ("number", "seats")}
        cohort = stored.get(row.number)
        if cohort is None:
            stored[row.number] = PilotCohort.objects.create(number=row.number, **facts)
            heads["new"] += 1
        elif any(getattr(cohort, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(cohort, name, value)
            cohort.save(update_fields=list(facts))
            heads["changed"] += 1
    seats = _save_seats(cohorts, stored, ids)
    directory.note_dataset(DATASET, title="Staffeln der Pilotphase", as_of=loading.PUBLISHED_ON, rows=seats.rows, digest=digest)
    vanished = tuple(str(number) for number in sorted(stored.keys() - {row.number for row in cohorts}))
    return [directory.TableReport("Staffeln der Pilotphase", len(cohorts), **heads, vanished=vanished), seats]


def _save_seats(cohorts, stored: dict[int, PilotCohort], ids: dict[str, int]) -> directory.TableReport:
    seats = {
        (seat.cohort_id, seat.position): seat for seat in PilotSeat.objects.prefetch_related("municipalities").order_by("pk")
    }
    wanted = {(stored[row.number].pk, seat.position): seat for row in cohorts for seat in row.seats}
    new = changed = 0
    for (cohort, position), row in wanted.items():
        seat = seats.get((cohort, position))
        holders = {ids[ags] for ags in row.municipalities}
        if seat is None:
            PilotSeat.objects.create(cohort_id=cohort, position=position, name=row.name).municipalities.set(holders)
            new += 1
        elif seat.name != row.name or {holder.pk for holder in seat.municipalities.all()} != holders:
            seat.name = row.name
            seat.save(update_fields=["name"])
            seat.municipalities.set(holders)
            changed += 1
    gone = tuple(str(seats[key]) for key in seats if key not in wanted)
    return directory.TableReport("Plätze der Pilotphase", len(wanted), new, changed, gone)
