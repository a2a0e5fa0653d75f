"""How long something is kept, in the largest unit that fits."""


def period(days: int) -> tuple[int, str]:
    """Return the number and the unit (``day``, ``month`` or ``year``) of a period of ``days``.

    A month is 30 days; a year is 365 days, with a leap day every fourth.

    >>> period(14), period(180), period(1096), period(3653)
    ((14, 'day'), (6, 'month'), (3, 'year'), (10, 'year'))
    """
    years = round(days / 365.25)
    if years and abs(days - years * 365.25) < 3:
        return years, "year"
    if days >= 60 and days % 30 == 0:
        return days // 30, "month"
    return days, "day"
