"""How far two places are from each other. Pure."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


def kilometres(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Return the great-circle distance of two points in degrees WGS 84, in km, by the haversine formula.

    Off by at most 0.5 % because the Earth is no sphere; midpoints of municipalities are coarser than that.
    """
    here, there = radians(latitude), radians(to_latitude)
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(radians(to_longitude - longitude) / 2) ** 2
    # Rounding can lift the value a hair above 1 for two opposite points.
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))
