import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.base import env


@pytest.fixture(autouse=True)
def keep_declarations(monkeypatch):
    monkeypatch.setattr(env, "DECLARED", {})


def test_text_declares_the_setting_and_takes_the_default(monkeypatch):
    monkeypatch.delenv("STAFFEL_X", raising=False)

    assert env.text("STAFFEL_X", "here", "Says where.") == "here"
    assert list(env.DECLARED.values()) == [env.Setting("STAFFEL_X", "here", "Says where.")]


def test_number_reads_digits(monkeypatch):
    monkeypatch.setenv("STAFFEL_X", "8001")

    assert env.number("STAFFEL_X", 8000, "Port.", least=1, most=65_535) == 8001


@pytest.mark.parametrize("raw", ["", "-1", "8e3", "acht", "٣", "0", "65536", "1" * 400])
def test_number_refuses_what_is_no_number(monkeypatch, raw):
    monkeypatch.setenv("STAFFEL_X", raw)

    with pytest.raises(env.SettingError) as refusal:
        env.number("STAFFEL_X", 8000, "Port.", least=1, most=65_535)

    assert str(refusal.value) == f"STAFFEL_X must be a whole number from 1 to 65535, got {raw!r}."


def test_choice_refuses_what_is_not_allowed(monkeypatch):
    monkeypatch.setenv("STAFFEL_X", "prod")

    with pytest.raises(env.SettingError) as refusal:
        env.choice("STAFFEL_X", ("demo", "production"), "demo", "Mode.")

    assert str(refusal.value) == "STAFFEL_X must be one of demo, production, got 'prod'."


def test_words_drop_blanks(monkeypatch):
    monkeypatch.setenv("STAFFEL_X", " a.example, ,b.example ,")

    assert env.words("STAFFEL_X", "", "Hosts.") == ["a.example", "b.example"]


def test_address_is_taken_apart_and_decoded():
    assert env.address(
        "STAFFEL_DATABASE", "postgresql://anke:s%40cret@db.example:5433/staffel", ("postgresql",)
    ) == env.Address("postgresql", "anke", "s@cret", "db.example", 5433, "staffel")


def test_address_may_name_the_folder_of_a_socket():
    read = env.address("STAFFEL_DATABASE", "postgresql://anke@/staffel?host=/run/postgresql", ("postgresql",))

    assert (read.host, read.port, read.path) == ("/run/postgresql", 0, "staffel")


@pytest.mark.parametrize(
    "value, sentence",
    [
        ("mysql://anke:secret@db", "STAFFEL_DATABASE must begin with one of sqlite://, postgresql://."),
        ("postgresql://anke:secret@db:port/x", "STAFFEL_DATABASE has a port that is not a number between 0 and 65535."),
    ],
)
def test_address_refuses_without_repeating_a_password(value, sentence):
    with pytest.raises(env.SettingError) as refusal:
        env.address("STAFFEL_DATABASE", value, ("sqlite", "postgresql"))

    assert str(refusal.value) == sentence


@given(st.dictionaries(st.text(min_size=1), st.sampled_from(["", "x", None, []])))
def test_missing_names_exactly_the_empty_ones(values):
    assert env.missing(values) == [name for name, value in values.items() if value != "x"]
