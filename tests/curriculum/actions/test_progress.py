"""How far something is, where somebody listens."""

from staffel.curriculum.actions.progress import Told, heard_by, tell
from staffel.curriculum.core.files import InMemory


def test_nobody_has_to_listen():
    tell("read", 1, 2)


def test_the_listener_hears_what_is_told_inside():
    heard = []

    with heard_by(lambda *said: heard.append(said)):
        tell("read", 1, 2)
    tell("read", 2, 2)

    assert heard == [("read", 1, 2)]


def test_told_counts_what_is_opened_and_never_more_than_all():
    files, heard = Told(InMemory({"a": b"1", "b": b"22"}), "check", 1), []

    with heard_by(lambda *said: heard.append(said)):
        read = [files.open(path).read() for path in (*files.paths(), "a")]

    assert (read, files.size("b")) == ([b"1", b"22", b"1"], 2)
    assert files.sha256("a") == InMemory({"a": b"1"}).sha256("a")
    assert heard == [("check", 1, 2), ("check", 2, 2), ("check", 2, 2)]
