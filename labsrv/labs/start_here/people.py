"""The people of the first lesson: who has a ticket, and what they do with it, as verbs.

show_ticket(alice, lab.shop, ticket_of(alice, lab))
assert is_inside(alice)
"""

import secrets

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.lessons.lab import Lab, Site


def settle(lab: Lab) -> None:
    """Sell a ticket to everyone but Mallory, who never pays."""
    for role, person in lab.people.items():
        if role != "mallory":
            lab.db.tickets.insert_one({"_id": person.name, "number": draw_number()})


def draw_number() -> str:
    """Return the number of a new ticket."""
    return f"TEA-{secrets.randbelow(10_000):04}-{secrets.randbelow(10_000):04}"


def ticket_of(browser: Browser, lab: Lab) -> str:
    """Return the number on this person's ticket, or raise `LookupError`."""
    ticket = lab.db.tickets.find_one({"_id": browser.person.name})
    if ticket:
        return ticket["number"]

    raise LookupError(f"{browser.name} has no ticket.")


def show_ticket(browser: Browser, shop: Site, number: str) -> Page:
    """Show a number at the door of the tasting room, and return the page that answers."""
    return browser.submit(shop.tasting, number=number)


def is_inside(browser: Browser) -> bool:
    """Return whether this person was let in."""
    page = browser.page
    return page is not None and page.status == 200 and page.sees("Welcome to the tasting room")
