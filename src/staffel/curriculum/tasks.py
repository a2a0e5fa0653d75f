"""Jobs of programmes."""

from datetime import timedelta

from staffel.base.jobs import enqueue, job
from staffel.base.rules import N_
from staffel.curriculum.actions import downloads, errands, files
from staffel.curriculum.models import Version

# Seconds for which one job makes downloads before the others have their turn.
AT_A_TIME = 10


@job("curriculum.make_downloads", lease=timedelta(minutes=30), title=N_("Downloads einer Version erzeugen"))
def make_downloads(version: str) -> None:
    """Make the forms in which a released version can be had."""
    row = Version.objects.select_related("programme").filter(public_id=version).first()
    # A draft of the same id was dropped meanwhile: nothing to do.
    if row is not None:
        made = downloads.make_downloads(row, seconds=AT_A_TIME)
        # Behind whatever waits now: where there is one worker, letters do not wait for a hundred papers.
        if made:
            enqueue("curriculum.make_downloads", version=version)


@job("curriculum.make_missing_downloads", every=timedelta(days=1), title=N_("Fehlende Downloads nachholen"))
def make_missing_downloads() -> None:
    """Have the downloads made of versions that were released before there were all of these forms, or whose package failed."""
    for version in downloads.versions_to_complete():
        enqueue("curriculum.make_downloads", key=f"downloads:{version}", version=version)


@job(
    "curriculum.run_errand",
    attempts=3,
    lease=timedelta(minutes=30),
    when_dead=errands.give_up,
    title=N_("Großes Programm prüfen, übernehmen oder freigeben"),
)
def run_errand(errand: str) -> None:
    """Do what an editor asked for and what takes too long for a page."""
    errands.run(errand)


@job("curriculum.drop_blobs", every=timedelta(days=1), title=N_("Dateien ohne Version löschen"))
def drop_blobs() -> None:
    """Delete the bytes that neither a version nor an upload has."""
    files.drop_blobs()
