"""Small tools for the kit's tests."""

import pytest
from django.template import engines


@pytest.fixture
def shown():
    """Return a function that renders a template text with the kit built in."""

    def render(text: str, request=None, **context) -> str:
        return engines["django"].from_string(text).render(context, request)

    return render


@pytest.fixture
def strict_variables(monkeypatch):
    """Let a variable that does not exist be an error."""

    class Missing(str):
        def __mod__(self, name):
            raise AssertionError(f"the template asks for {name}, which is not there")

        def __contains__(self, text):
            return text == "%s" or super().__contains__(text)

        def __bool__(self):
            return True

    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Missing("missing"))
