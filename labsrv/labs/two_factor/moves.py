"""Mallory's moves against a second factor, a line or two each. She has Alice's password: it leaked elsewhere."""

import re

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.factors import STEP_SECONDS, Factors
from labsrv.kit.lessons.attacks import Outcome
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.two_factor.odds import lucky_step
from labsrv.labs.two_factor.people import first_step, in_account, second_step


def with_alices_password(lab: Lab, browser: Browser | None = None) -> Browser:
    """Make the first step with Alice's name and password, and return the browser that has made it."""
    browser = browser or lab.mallory
    first_step(browser, lab.shop, as_=lab.alice)
    return browser


def look_over_her_shoulder(lab: Lab) -> str:
    """Read the code that Alice's phone shows."""
    return lab.phone(lab.alice).code()


def opens(page: Page | None, lab: Lab) -> bool:
    """Return whether a page is Alice's account."""
    return page is not None and in_account(page, lab.shop, lab.alice.person.name)


def digits_in(text: str) -> str:
    """Return the six digits in a message."""
    found = re.search(r"\b\d{6}\b", text)
    if found:
        return found[0]

    raise LookupError(f"There is no code in {text!r}.")


def guess(lab: Lab, numbers: range) -> bool:
    """Type codes one after the other, as Alice; True as soon as one opens her account."""
    return any(opens(second_step(lab.mallory, lab.shop, f"{number:06}"), lab) for number in numbers)


def wait_for_luck(lab: Lab, *, low: int, high: int, before: int = 2, after: int = 2, early: float = 0) -> int:
    """Move the clock to `early` seconds before the step whose code is guessed; return its code as a number."""
    alice = lab.alice.person.name
    app = Factors(lab.db.factors).active(alice)
    assert app is not None
    step = lucky_step(app.secret, lab.clock.time() + early, low=low, high=high, before=before, after=after)
    code = int(app.code_at(step))
    lab.clock.advance(seconds=step * STEP_SECONDS + 1 - early - lab.clock.time())
    return code


def told(succeeded: bool, yes: str, no: str) -> Outcome:
    """Return the outcome with the sentence that fits."""
    return Outcome(succeeded, f"{yes if succeeded else no}.")
