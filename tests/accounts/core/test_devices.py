import pytest
from hypothesis import given
from hypothesis.strategies import text

from staffel.accounts.core.devices import device_in_words

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.mark.parametrize("user_agent, words", [
    (CHROME, "Chrome, Windows"),
    (f"{CHROME} Edg/140.0", "Edge, Windows"),
    (f"{CHROME} OPR/120.0", "Opera, Windows"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605 Version/18.0 Safari/605.1", "Safari, macOS"),
    ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox, Android"),
    ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605 CriOS/140 Safari/604.1", "Chrome, iPad"),
    ("curl/8.0", "Unbekanntes Gerät"),
    ("", "Unbekanntes Gerät"),
])  # fmt: skip
def test_device_in_words(user_agent, words):
    assert device_in_words(user_agent) == words


@given(text(max_size=300))
def test_any_user_agent_becomes_a_few_words(user_agent):
    assert 1 <= len(device_in_words(user_agent)) <= 40
