from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from staffel.reporting.core.labels import Label, place_labels

VIEW = (0, 0, 1000, 800)
towns = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 800), st.text("abcäöü", min_size=1, max_size=18)), max_size=25)


def overlap(a, b):
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


@given(towns)
def test_place_labels_never_touch_each_other_nor_another_marker_nor_leave_the_view(points):
    labels = place_labels(points, size=14, gap=6, view=VIEW)

    assert len(labels) == len(points)
    boxes = [label.box for label in labels if label]
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))
    for index, label in enumerate(labels):
        if label:
            assert VIEW[0] <= label.box[0] <= label.box[2] <= VIEW[2]
            assert VIEW[1] <= label.box[1] <= label.box[3] <= VIEW[3]
            for other, (x, y, _) in enumerate(points):
                assert other == index or not overlap(label.box, (x - 6, y - 6, x + 6, y + 6))


def test_place_labels_prefers_the_right_and_leaves_out_what_has_no_room():
    alone, crowded = place_labels([(100, 100, "Zossen"), (100, 101, "Teltow")], size=10, gap=4, view=(90, 80, 160, 112))

    assert alone == Label(105.2, 103.2, "start", alone.box)
    assert crowded is None
