"""What is asked about awards: who can get one, who has which, what a code says, and which municipalities they reach."""

from staffel.credentials.queries.held import AwardLine, awards_of, awards_of_cohort, awards_visible_to, line_of
from staffel.credentials.queries.issuing import Candidate, candidates, facts_of
from staffel.credentials.queries.papers import Paper, paper_of, preview_paper
from staffel.credentials.queries.reach import (
    Reach,
    Reached,
    award_bodies,
    awards_counted,
    pilot_people,
    reach_of,
    reached,
    stamp,
)
from staffel.credentials.queries.verification import Outcome, Verification, read_code, verify

__all__ = [
    "AwardLine",
    "Candidate",
    "Outcome",
    "Paper",
    "Reach",
    "Reached",
    "Verification",
    "award_bodies",
    "awards_counted",
    "awards_of",
    "awards_of_cohort",
    "awards_visible_to",
    "candidates",
    "facts_of",
    "line_of",
    "paper_of",
    "pilot_people",
    "preview_paper",
    "reach_of",
    "reached",
    "read_code",
    "stamp",
    "verify",
]
