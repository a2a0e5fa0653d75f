import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.accounts.core.letters import without_secrets

HERE = "https://staffel.example"


@pytest.mark.parametrize(
    "text, left",
    [
        (f"{HERE}/freigabe/Zk3_x-9aBcDeFgHiJkLmNo/", f"{HERE}/freigabe/…/"),
        (f'<a href="{HERE}/bewerbung/Zk3_x-9aBcDeFgHiJkLmNo/">', f'<a href="{HERE}/bewerbung/…/">'),
        (f"{HERE}/anmelden/code/?code=ABC-123 oder", f"{HERE}/anmelden/code/?… oder"),
        (f"{HERE}/pruefen/0123456789ABC/", f"{HERE}/pruefen/0123456789ABC/"),
        (f"{HERE}/mein-bereich/.", f"{HERE}/mein-bereich/."),
        ("https://elsewhere.example/Zk3_x-9aBcDeFgHiJkLmNo/", "https://elsewhere.example/Zk3_x-9aBcDeFgHiJkLmNo/"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsgesellschaft"),
    ],
)
def test_without_secrets_takes_out_what_opens_a_door(text, left):
    assert without_secrets(text, HERE) == left


@given(st.text(), st.from_regex(r"[A-Za-z0-9_-]{22}", fullmatch=True), st.text())
def test_without_secrets_never_leaves_a_token(before, token, after):
    text = f"{before} {HERE}/freigabe/{token}/ {after}"

    assert f"/freigabe/{token}" not in without_secrets(text, HERE)
