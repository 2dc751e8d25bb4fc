"""Take all of a password, on whatever keyboard it was typed.

What `prepare` promises, by passwords that are chosen in one way and typed in another.
"""

import unicodedata

import pytest

from labsrv.grading import promise
from labsrv.labs.passwords.people import change_password, is_logged_in, log_in

PLACE = 5
DECIDES = ("prepare",)

# A beginning that is known, of 72 bytes or more.
BEGINNINGS = {
    "seventy-two letters": "lantern-" * 9,
    "two hundred letters": "lantern-" * 25,
    "letters of two bytes": "чайник-" * 12,
    "pictures of four bytes": "🫖-лампа-" * 8,
}
# Characters that one keyboard sends as one, and another as two.
LETTERS = {"an e with an accent": "é", "a u with dots": "ü", "a syllable of Hangul": "한", "a ring above": "Å"}

# What somebody else might take for the same.
CHANGES = {
    "in small letters": str.lower,
    "without the blank before it": str.lstrip,
    "without the blank after it": str.rstrip,
    "with one blank for two": lambda password: password.replace("  ", " "),
    "without its accents": lambda password: password.replace("é", "e"),
    "without its last character": lambda password: password[:-1],
}


def opens_after_choosing(browser, shop, chosen, typed):
    """Tell whether one password opens the account when the other one was chosen."""
    log_in(browser, shop)
    page = change_password(browser, shop, new=chosen)
    assert page.sees("Your password was changed."), "The shop did not take the new password."
    browser.jar.clear()
    log_in(browser, shop, password=typed)
    return is_logged_in(browser, shop)


@promise()
def test_customers_log_in_as_before(shop, alice, bob):
    """Those who have an account already log in as before."""
    for browser in (alice, bob):
        log_in(browser, shop)
        assert is_logged_in(browser, shop), "Somebody who has an account can no longer log in."


@promise()
def test_a_password_works_as_it_was_chosen(shop, alice, draw):
    """Alice chooses a password with all kinds of characters and logs in by typing the same."""
    chosen = f"{draw.password()} Süß & 100% лампа 🫖"
    assert opens_after_choosing(alice, shop, chosen, chosen), "Alice types what she chose, and is not let in."


@promise()
def test_another_password_is_refused(shop, alice, mallory, draw):
    """Another password than Alice's does not open her account."""
    log_in(mallory, shop, name=alice.person.name, password=draw.password())
    assert not is_logged_in(mallory, shop, as_=alice.person.name), "Any password opens Alice's account."


@promise(
    points=2,
    after=test_a_password_works_as_it_was_chosen,
    asvs="6.2.8",
    cwe=222,
    hints=[
        "Choose a password of a hundred characters, and log in with another end.",
        "How much of a password does your function look at? argon2id takes all of it.",
        "Read ASVS 6.2.8.",
    ],
)
@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS)
def test_the_end_counts(shop, alice, draw, beginning):
    """Whoever knows how a long password begins does not know the password."""
    chosen, typed = beginning + draw.password(), beginning + draw.password()
    assert not opens_after_choosing(alice, shop, chosen, typed), "The end of a long password makes no difference."


@promise(
    points=2,
    after=test_a_password_works_as_it_was_chosen,
    asvs="6.2.8",
    cwe=176,
    hints=[
        'Compare `len("é")` for both ways of writing it: `"\\u00e9"` and `"e\\u0301"`.',
        "Unicode has forms in which equal characters are equal strings. Which module knows them?",
        "Read RFC 8265, section 4.2.2, on normalisation.",
    ],
)
@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_another_keyboard_will_do(shop, alice, bob, draw, letter):
    """A letter that is sent as one character or as two is the same letter, whichever way it was chosen."""
    one, two = (unicodedata.normalize(form, f"{draw.password()} {letter}") for form in ("NFC", "NFD"))

    assert opens_after_choosing(alice, shop, one, unicodedata.normalize("NFD", one)), "Another keyboard, and no entry."
    assert opens_after_choosing(bob, shop, two, unicodedata.normalize("NFC", two)), "Another keyboard, and no entry."


@promise(
    points=1,
    after=test_another_keyboard_will_do,
    asvs="6.2.8",
    cwe=178,
    hints=[
        "Type the password in small letters, or without the blank at its end.",
        "What does your function change that a person would notice?",
    ],
)
@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_nothing_else_is_taken_for_the_same(shop, alice, draw, changed):
    """Capitals, blanks and accents count."""
    chosen = f" Café  {draw.password()} X "
    assert not opens_after_choosing(alice, shop, chosen, changed(chosen)), "Another password opens Alice's account."
