"""What hands do on a page: walk by Tab, press, type; and open the letter that the demo keeps."""

import re


def heading(page):
    return page.get_by_role("heading", level=1)


def press(page, name, *, role="button"):
    """Walk to a button or link by Tab and press Enter on it."""
    walk_to(page, page.get_by_role(role, name=name, exact=True).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def reach(page, label):
    """Walk to a field by Tab."""
    walk_to(page, page.get_by_label(label, exact=True).first)


def walk_to(page, wanted):
    """Press Tab until ``wanted`` has the focus."""
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {wanted}")


def fill(page, label, words):
    reach(page, label)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def read_letter(page, address, subject):
    """Open the newest letter to somebody whose subject begins so, as the Postausgang shows it; wait if need be."""
    for _ in range(60):
        page.goto(f"/postausgang/?an={address}")
        found = page.get_by_role("link", name=re.compile(f"^{subject}"))
        if found.count():
            found.first.click()
            page.locator(".st-letter-text").first.wait_for()
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"no letter {subject!r} to {address}")


def letter_to(page, address, subject):
    """Return the address in the newest letter to somebody."""
    read_letter(page, address, subject)
    return page.locator(".st-letter-text a").first.get_attribute("href")
