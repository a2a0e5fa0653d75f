"""How long a job waits after it has failed.

Pure: no clock and no chance. The spread that keeps many jobs from coming back at the same moment is handed in.
"""

from datetime import timedelta

FIRST = timedelta(seconds=30)
FACTOR = 4
LONGEST = timedelta(hours=6)
SPREAD = 0.1


def delay_after(attempts: int, *, spread: float = 0.5) -> timedelta:
    """Return the time from the failure of try number ``attempts`` (1 and up) to the next one.

    30 seconds, 2 minutes, 8 minutes, 32 minutes, 2 hours, then 6 hours each. ``spread``, from 0 to 1, moves the result
    by up to a tenth: 0 is shorter, 0.5 exact, 1 longer. Raises ValueError for values out of range.
    """
    if attempts < 1 or not 0 <= spread <= 1:
        raise ValueError(f"attempts must be >= 1 and spread from 0 to 1, got {attempts} and {spread}")
    # Beyond this the longest holds anyway, and a huge power would not fit into a time.
    exact = min(FIRST * FACTOR ** min(attempts - 1, 10), LONGEST)
    return exact * (1 + SPREAD * (2 * spread - 1))
