"""Whether a programme might need a licence as distance learning.

Distance learning in the sense of the law is taught for a fee, mostly at a distance in time and place, and
checks what was learnt. Hours in which all meet at the same time, on a screen too, do not count as distance; recordings do.
This is a pointer for the people responsible, not legal advice.

Source: § 1 Abs. 1 and § 12 Fernunterrichtsschutzgesetz (FernUSG).
"""


def points_to_licence(*, fee: bool, synchronous_percent: int) -> bool:
    """Whether both signs are there: participants pay, and fewer than half of the hours (0 to 100) are held together.

    That learning is checked is taken for granted: each programme has a rule of completion.
    """
    return fee and synchronous_percent < 50
