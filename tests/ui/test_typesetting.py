import io

import pytest
from PIL import Image

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


def test_a_document_is_set_in_a_process_of_its_own():
    pdf = typesetting.typeset_apart({"main.typ": b"Guten Tag"}, format="pdf")

    assert pdf.startswith(b"%PDF-")


def test_a_drawing_that_wants_all_memory_ends_no_process_but_its_own():
    """Some hundred bytes that ask for 15 TB."""
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1000000000"><rect width="1" height="1000000000"/></svg>'
    )
    page = b'#set page(width: 160mm, height: auto, margin: 0pt)\n#image("a.svg", width: 100%)'

    with pytest.raises(typesetting.TypesettingFailed):
        typesetting.typeset_apart({"main.typ": page, "a.svg": drawing}, format="png", ppi=144)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
def test_photographs_are_set(name):
    photograph = io.BytesIO()
    Image.new("RGB", (4, 3), "teal").save(photograph, Image.registered_extensions()[name[1:]])
    page = f'#image("{name}")'.encode()

    assert typesetting.typeset_apart({"main.typ": page, name: photograph.getvalue()}, format="pdf").startswith(b"%PDF-")


def test_a_document_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(typesetting, "SECONDS", 0.001)

    with pytest.raises(typesetting.TypesettingFailed, match="took more than"):
        typesetting.typeset_apart({"main.typ": b"Guten Tag"}, format="pdf")


def test_what_cannot_be_set_is_said():
    with pytest.raises(typesetting.TypesettingFailed, match="unknown variable"):
        typesetting.typeset_apart({"main.typ": b"#nowhere"}, format="pdf")
