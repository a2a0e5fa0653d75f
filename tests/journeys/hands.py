"""What hands do on a page: walk by Tab, press, type, sign in, open the letter that the demo keeps; and what eyes see."""

import re

from tests.journeys.stage import NARROW, WIDE
from tests.ui.accessibility import axe_violations


class Eyes:
    """What a machine finds wrong on the pages of a story."""

    def __init__(self):
        self.looked_at = {}

    def look(self, page):
        """Note what is wrong on a page, in both widths; once for the same headings is enough."""
        page.wait_for_load_state()
        seen = (page.title(), *page.locator("main :is(h1, h2)").all_inner_texts())
        if seen in self.looked_at:
            return
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            wrong = axe_violations(page)
            if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
                wrong.append("wider than the window")
            self.looked_at.setdefault(seen, []).extend(f"{page.url} at {size['width']} px: {one}" for one in wrong)

    def found(self):
        return [sentence for wrong in self.looked_at.values() for sentence in wrong]


def heading(page):
    return page.get_by_role("heading", level=1)


def click(page, name, *, role="button"):
    """Press a button or follow a link, by its words."""
    page.get_by_role(role, name=name).first.click()


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


def sign_in(page, email):
    """Sign in by the code of the mail, with the keyboard."""
    page.goto("/anmelden/")
    fill(page, "Dienstliche E-Mail-Adresse", email)
    press(page, "Code anfordern")
    fill(page, "Code aus der Mail", code_for(page, email))
    press(page, "Anmelden")


def code_for(page, email):
    """Return the code in the newest letter to somebody, read in another tab."""
    tab = page.context.new_page()
    read_letter(tab, email, "Ihr Code für die Anmeldung")
    code = re.search(r"[B-Z]{4}-[B-Z]{4}", tab.locator(".st-letter-text").inner_text())[0]
    tab.close()
    return code
