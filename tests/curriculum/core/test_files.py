import hashlib
import shutil
import subprocess
from io import BytesIO

import pytest

from staffel.curriculum.core.files import PIECE, Below, InMemory, Over, content_digest, digest_of, sha256_of

FILES = {"b/x": b"1", "a.txt": b"", "b-c/y": b"333"}


def test_in_memory_gives_files_sorted_by_the_bytes_of_their_paths():
    files = InMemory(FILES)

    assert files.paths() == ("a.txt", "b-c/y", "b/x")
    assert [files.size(path) for path in files.paths()] == [0, 3, 1]
    assert files.sha256("b/x") == hashlib.sha256(b"1").hexdigest()
    assert files.open("b-c/y").read() == b"333"
    for ask in (files.size, files.sha256, files.open):
        with pytest.raises(KeyError):
            ask("nichts")


def test_below_gives_the_files_of_a_folder():
    files = Below(InMemory(FILES), "b/")

    assert files.paths() == ("x",)
    assert (files.size("x"), files.sha256("x"), files.open("x").read()) == (1, hashlib.sha256(b"1").hexdigest(), b"1")
    with pytest.raises(KeyError):
        files.open("a.txt")


def test_the_digest_is_that_of_the_lines_of_sha256sum(tmp_path):
    for path, content in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    if not shutil.which("sha256sum"):
        pytest.skip("sha256sum is not here")
    paths = InMemory(FILES).paths()
    lines = subprocess.run(["sha256sum", *paths], cwd=tmp_path, capture_output=True, check=True).stdout

    assert digest_of(InMemory(FILES)) == hashlib.sha256(lines).hexdigest()
    assert content_digest([]) == hashlib.sha256(b"").hexdigest()


def test_a_long_file_is_digested_in_pieces():
    content = b"ab" * PIECE

    assert sha256_of(BytesIO(content)) == hashlib.sha256(content).hexdigest()


def test_over_puts_files_in_the_place_of_others_and_beside_them():
    files = Over(InMemory({"a": b"old", "c": b"kept"}), {"a": b"newer", "b": b"more"})

    assert files.paths() == ("a", "b", "c")
    assert [files.open(path).read() for path in files.paths()] == [b"newer", b"more", b"kept"]
    assert (files.size("a"), files.sha256("a")) == (5, hashlib.sha256(b"newer").hexdigest())
    assert digest_of(files) == digest_of(InMemory({"a": b"newer", "b": b"more", "c": b"kept"}))
    for ask in (files.size, files.sha256, files.open):
        with pytest.raises(KeyError):
            ask("x")
