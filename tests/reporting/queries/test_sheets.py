from staffel.reporting.queries import sheets


def test_whole_and_land_views_hold_their_outlines():
    germany, brandenburg = sheets.whole(), sheets.view_of_land("12")

    assert germany.box == f"0 0 {sheets.sheet().grid.width} {sheets.sheet().grid.height}"
    left, top, width, height = sheets.bounds(sheets.sheet().laender_fine["12"])
    assert brandenburg.left < left
    assert brandenburg.top < top
    assert brandenburg.left + brandenburg.width > left + width
    assert brandenburg.top + brandenburg.height > top + height


def test_view_meets_its_neighbours_only():
    view = sheets.view_of_land("12")

    meets = {land for land, path in sheets.sheet().laender_fine.items() if view.meets(path)}
    assert {"11", "12", "13", "14", "15"} <= meets
    assert not {"05", "08", "10"} & meets


def test_px_is_a_share_of_the_view():
    assert float(sheets.View(0, 0, 1280, 900).px(10)) == 20
    assert float(sheets.View(0, 0, 320, 200).px(10)) == 5


def test_batons_lie_side_by_side_around_the_point():
    one, other = sheets.batons(100, 50, ("1", "3"), view=sheets.View(0, 0, 640, 400), half_px=10)

    assert (one.tone, one.path) == ("1", "M90.0 50.8l20.0-12.0")
    assert (other.tone, other.path) == ("3", "M90.0 61.2l20.0-12.0")
