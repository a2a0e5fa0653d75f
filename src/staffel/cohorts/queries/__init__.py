"""What is asked about cohorts: the published Staffeln of the pilot, and the cohorts that run here."""

from staffel.cohorts.queries.dates import free_of, shifted
from staffel.cohorts.queries.pilot import (
    PilotFigures,
    PilotMunicipality,
    PilotPlace,
    pilot_cohorts,
    pilot_figures,
    pilot_holders,
    pilot_municipalities,
    staffeln_of,
)
from staffel.cohorts.queries.running import (
    NextSession,
    cohorts_of_office,
    cohorts_visible_to,
    enrolments_visible_to,
    next_session_of,
    places_left,
)

__all__ = [
    "NextSession",
    "PilotFigures",
    "PilotMunicipality",
    "PilotPlace",
    "cohorts_of_office",
    "cohorts_visible_to",
    "enrolments_visible_to",
    "free_of",
    "next_session_of",
    "pilot_cohorts",
    "pilot_figures",
    "pilot_holders",
    "pilot_municipalities",
    "places_left",
    "shifted",
    "staffeln_of",
]
