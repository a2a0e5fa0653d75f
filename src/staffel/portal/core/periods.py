"""How long something is kept, in the largest unit that fits."""


def period(days: int) -> tuple[int, str]:
    """Return the number and the unit (``day``, ``month`` or ``year``) of a period of ``days``, to within three days.

    >>> period(14), period(180), period(183), period(1096), period(3653)
    ((14, 'day'), (6, 'month'), (6, 'month'), (3, 'year'), (10, 'year'))
    """
    years, months = round(days / 365.25), round(days / 30.44)
    if years and abs(days - years * 365.25) < 3:
        return years, "year"
    if months > 1 and abs(days - months * 30.44) < 3:
        return months, "month"
    return days, "day"
