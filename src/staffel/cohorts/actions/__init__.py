"""What happens to cohorts: the only writers of this context."""

from staffel.cohorts.actions.attendance import take_attendance
from staffel.cohorts.actions.cohorts import cancel_cohort, complete_cohort, plan_cohort, start_cohort, start_due_cohorts
from staffel.cohorts.actions.dates import add_day_off, change_room, move_session, remove_day_off, shift_all
from staffel.cohorts.actions.pilot import load_pilot_cohorts
from staffel.cohorts.actions.seats import add_trainer, enrol, leave, remove_trainer

__all__ = [
    "add_day_off",
    "add_trainer",
    "cancel_cohort",
    "change_room",
    "complete_cohort",
    "enrol",
    "leave",
    "load_pilot_cohorts",
    "move_session",
    "plan_cohort",
    "remove_day_off",
    "remove_trainer",
    "shift_all",
    "start_cohort",
    "start_due_cohorts",
    "take_attendance",
]
