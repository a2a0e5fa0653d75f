from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.files import PICTURES
from staffel.curriculum.core.pictures import sides_of
from tests.curriculum.small_programme import PNG

SOF = b"\xff\xc0" + pack(">HBHH", 17, 8, 480, 640)
JPEG = b"\xff\xd8" + b"\xff\xe1" + pack(">H", 6) + b"Exif" + b"\xff\xc4" + pack(">H", 4) + b"xx" + SOF
WEBP = b"RIFF\0\0\0\0WEBP"


@pytest.mark.parametrize(
    ("name", "head", "sides"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + pack(">II", 640, 480), (640, 480)),
        ("punkt.PNG", PNG, (1, 1)),
        ("a.jpg", JPEG, (640, 480)),
        ("a.jpeg", JPEG, (640, 480)),
        ("a.webp", WEBP + b"VP8X" + bytes(8) + b"\x7f\x02\0\xdf\x01\0", (640, 480)),
        ("a.webp", WEBP + b"VP8 " + bytes(10) + pack("<HH", 640, 480), (640, 480)),
        ("a.webp", WEBP + b"VP8L" + bytes(5) + (639 | 479 << 14).to_bytes(4, "little") + bytes(5), (640, 480)),
        ("a.svg", b'<?xml version="1.0"?>\n<svg viewBox="0 0 10 20" width="640" height="480px">', (640, 480)),
        ("a.svg", b"<svg xmlns='x' viewBox='-1.5 0, 640.4 480'>", (640, 480)),
        ("a.svg", b'<svg width="100%" height="100%" viewBox="0 0 640 480">', (640, 480)),
        ("a.svg", b'<svg stroke-width="3" line-height="2">', None),
        ("a.svg", b'<svg width="100%">', None),
        ("a.svg", b"<p>", None),
        ("a.svg", b'<svg width="0" height="480">', None),
        ("a.png", b"\x89PNG", None),
        ("a.jpg", b"\xff\xd8\xff\xe1\xff\xff", None),
        ("a.webp", WEBP + b"ABCD" + bytes(20), None),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + pack(">II", 1, 2**31), None),
        ("a.pdf", b"%PDF", None),
    ],
)
def test_sides_stand_at_the_beginning_of_a_picture(name, head, sides):
    assert sides_of(name, head) == sides


@given(st.sampled_from(PICTURES), st.binary(max_size=200), st.sampled_from([b"", JPEG, WEBP, b"<svg "]))
def test_whatever_stands_there_gives_sides_or_none(ending, head, start):
    found = sides_of(f"a{ending}", start + head)

    assert found is None or all(0 < side <= 20_000 for side in found)
