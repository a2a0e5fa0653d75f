import pytest

from staffel.ui import typesetting


@pytest.fixture
def forgotten():
    """Forget the fonts that were read, before and after."""
    typesetting.fonts.cache_clear()
    yield
    typesetting.fonts.cache_clear()


@pytest.mark.usefixtures("forgotten")
def test_without_fonts_the_error_names_the_way_out(monkeypatch, tmp_path):
    monkeypatch.setattr(typesetting, "FOLDER", tmp_path / "nowhere")

    with pytest.raises(typesetting.FontsMissing, match="run `make build/fonts-made`"):
        typesetting.fonts()


def test_wordmark_is_a_drawing_of_its_own():
    drawn = typesetting.wordmark()

    assert drawn.count("xmlns=") == drawn.count("<svg ") == 1
    assert drawn.count('stroke="#00856b"') == 1
