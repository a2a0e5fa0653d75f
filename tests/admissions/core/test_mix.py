from hypothesis import given
from hypothesis import strategies as st

from staffel.admissions.core.mix import Group, Share, mix_of

groups = st.lists(
    st.builds(
        Group,
        decision=st.sampled_from(["", "place", "wait", "reject"]),
        land=st.sampled_from(["12", "14"]),
        size=st.sampled_from(["small", "rural"]),
        funded=st.booleans(),
        count=st.integers(1, 5),
    )
)


def test_mix_counts_places_beside_applications():
    mix = mix_of([
        Group("place", "12", "small", False, 2),
        Group("", "12", "rural", False, 3),
        Group("place", "14", "rural", True, 1),
    ])  # fmt: skip

    assert (mix.places, mix.applications) == (3, 6)
    assert mix.by_land == (Share("12", 2, 5), Share("14", 1, 1))
    assert mix.by_size == (Share("small", 2, 2), Share("rural", 1, 4))
    assert mix.by_funding == (Share("no", 2, 5), Share("yes", 1, 1))


@given(groups)
def test_each_trait_adds_up_to_the_whole_in_any_order(found):
    mix = mix_of(found)

    for shares in (mix.by_land, mix.by_size, mix.by_funding):
        assert sum(share.places for share in shares) == mix.places
        assert sum(share.applications for share in shares) == mix.applications
    assert mix_of(reversed(found)) == mix
