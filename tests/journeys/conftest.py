"""Every journey starts here: one site for all, and pages that complain."""

import pytest

from tests.journeys.stage import NARROW, WIDE, chromium, open_context, served


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Yield a served instance on an empty database."""
    with served(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def browser():
    """Yield the system's chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture(params=[WIDE, NARROW], ids=["1280px", "360px"])
def page(request, browser, site):
    """Yield a page, once wide and once narrow, and fail on any script error or refused resource."""
    yield from watched_page(open_context(browser, site, viewport=request.param))


@pytest.fixture(params=[(size, scheme) for size in ("1280", "360") for scheme in ("light", "dark")], ids="-".join)
def seen_page(request, browser, site):
    """Yield a page in each width, light and dark, for the eyes of a machine."""
    size, scheme = request.param
    options = {"viewport": WIDE if size == "1280" else NARROW, "color_scheme": scheme, "reduced_motion": "reduce"}
    yield from watched_page(open_context(browser, site, **options))


@pytest.fixture
def wide_page(browser, site):
    """Yield a page 1280 px wide."""
    yield from watched_page(open_context(browser, site, viewport=WIDE))


@pytest.fixture
def page_without_javascript(browser, site):
    """Yield a page in a browser with scripts switched off."""
    yield from watched_page(open_context(browser, site, viewport=WIDE, java_script_enabled=False))


def watched_page(context, *, ignored="\0"):
    """Yield a page, and fail at the end if it complained of anything that does not begin with ``ignored``."""
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if is_complaint(line, ignored) else None)
    yield page
    context.close()
    assert complaints == []


def is_complaint(line, ignored):
    return line.type == "error" and not line.text.startswith(ignored)
