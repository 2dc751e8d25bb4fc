"""Mallory's one move of the first lesson, and the attack that it makes."""

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.labs.start_here.people import is_inside, show_ticket


def walk_in_with_any_number(mallory: Browser, shop: Site) -> Page:
    """Show a number that nobody ever sold."""
    return show_ticket(mallory, shop, "12345")


@attack(flaw="let_anyone_in_who_shows_a_number")
def taste_for_nothing(lab: Lab) -> Outcome:
    """Get into the tasting room without a ticket."""
    page = walk_in_with_any_number(lab.mallory, lab.shop)
    if is_inside(lab.mallory):
        return Outcome(True, "she made a number up, and the door opened.")

    return Outcome(False, f"the door stayed shut ({page.status}).")
