"""Take all of a password, on whatever keyboard it was typed.

What `prepare` promises, asked directly, and by passwords that are chosen in one way and typed in another.
"""

import unicodedata
from itertools import takewhile
from operator import eq

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
LENGTHS = (*range(1, 130), 255, 256, 257, 511, 512, 513, 999)

# Characters that one keyboard sends as one, and another as two or more.
LETTERS = {
    "an e with an accent": "é",
    "a u with dots": "ü",
    "a syllable of Hangul": "한",
    "a ring above": "Å",
    "an e with two marks": "ế",
    "a capital with a hook": "Ç",
    "a letter with a dot below and another above": "ṩ",
    "a letter of Devanagari": "\u0958",
    "a letter of Cyrillic": "й",
    "a letter of Hebrew with a point": "\ufb2a",
    "two marks in another order": "s\u0307\u0323",
    "a sign for ohm": "\u2126",
}

# What somebody else might take for the same.
CHANGES = {
    "in small letters": str.lower,
    "in capitals": str.upper,
    "in folded letters": str.casefold,
    "with a small letter at its beginning": lambda password: password[0].lower() + password[1:],
    "without the blank at its end": str.rstrip,
    "with a blank before it": lambda password: f" {password}",
    "with a line end after it": lambda password: f"{password}\n",
    "with a zero byte after it": lambda password: f"{password}\0",
    "with what comes after a zero byte": lambda password: f"{password}\0x",
    "with a tab for a blank": lambda password: password.replace(" ", "\t"),
    "with one blank for two": lambda password: password.replace("  ", " "),
    "without its blanks": lambda password: password.replace(" ", ""),
    "with two letters for one": lambda password: password.replace("f", "ff"),
    "without its accents": lambda password: password.replace("é", "e"),
    "without what is not Latin": lambda password: password.replace("лампа", ""),
    "with question marks for what is not Latin": lambda password: password.replace("лампа", "?????"),
    "with other letters of the same look": lambda password: password.replace("а", "a"),
    "without its picture": lambda password: password.replace("🫖", ""),
    "with another picture": lambda password: password.replace("🫖", "🏮"),
    "with two pictures for one of two": lambda password: password.replace("👩‍🌾", "👩🌾"),
    "with a ligature": lambda password: password.replace("fi", "ﬁ"),
    "with a raised digit": lambda password: password.replace("2", "²"),
    "with wide digits": lambda password: password.replace("2", "２"),
    "with ss for a sharp s": lambda password: password.replace("ß", "ss"),
    "with a soft hyphen in it": lambda password: f"{password[:9]}\u00ad{password[9:]}",
    "with a long dash for a hyphen": lambda password: password.replace("-", "–"),
    "with curly quotation marks": lambda password: password.replace("'", "’"),
    "with a sign as HTML writes it": lambda password: password.replace("&", "&amp;"),
    "with a letter as HTML writes it": lambda password: password.replace("é", "&#233;"),
    "with a letter as Python writes it": lambda password: password.replace("é", "\\xe9"),
    "with a sign as an address writes it": lambda password: password.replace("%", "%25"),
    "with a plus for a blank": lambda password: password.replace(" ", "+"),
    "without its last character": lambda password: password[:-1],
}


def both_ways(text):
    """Return a text as one keyboard sends it, and as another."""
    return unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)


def prepared(decision, text):
    """Return what the function makes of a password."""
    return decision.prepare(text).value


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
    chosen = f" {draw.password()} Süß & 100% лампа 🫖 "
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
        "The rule (ASVS 6.2.8): a password is compared as it was received, with nothing cut off.",
    ],
)
def test_the_end_counts(shop, decision, alice, draw):
    """Whoever knows how a long password begins does not know the password."""
    for kind, beginning in BEGINNINGS.items():
        one, other = (prepared(decision, beginning + draw.password()) for _ in range(2))
        assert one != other, f"The end of a long password makes no difference, after {kind}."
    long = (draw.password() * 50)[:1000]
    for many in LENGTHS:
        one, other = (prepared(decision, long[:many] + end) for end in "xy")
        assert one != other, f"Of a password nothing counts after its first {many} characters."

    beginning = "lantern-" * 12
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
        "`unicodedata.normalize` takes a form and a text. NFC makes one é of an e and its accent, and changes no look.",
    ],
)
def test_another_keyboard_will_do(shop, decision, alice, draw):
    """A letter that is sent as one character or as two is the same letter, whichever it is and wherever it stands."""
    for which, letter in LETTERS.items():
        for text in (letter, f"{letter} {draw.password()}", f"{draw.password() * 9} {letter}-{draw.word()}"):
            sent = {str(prepared(decision, way)) for way in (text, *both_ways(text))}
            assert len(sent) == 1, f"Another keyboard, and no entry: {which} is not the same letter."

    one, two = both_ways(f"{draw.password()} é")
    assert opens_after_choosing(alice, shop, two, one), "Another keyboard, and no entry."


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
def test_nothing_else_is_taken_for_the_same(shop, decision, alice, draw):
    """Capitals, blanks, accents and signs count, and what comes out is the password, not something made of it."""
    chosen = f"Café  {draw.password()}-&'% fin2 ß лампа 🫖 👩‍🌾 X "
    mine = prepared(decision, chosen)
    for what, change in {"as it is typed": str, **CHANGES}.items():
        typed = change(chosen)
        kept = prepared(decision, typed)
        one, other = both_ways(typed)[0], both_ways(str(kept))[0]
        place = len(list(takewhile(bool, map(eq, one, other))))
        before, after = (each[max(place - 2, 0) : place + 4] for each in (one, other))
        assert one == other, f"A password ({what}) comes out as another text: {before!r} in it becomes {after!r}."
    for how, change in CHANGES.items():
        typed = change(chosen)
        assert typed != chosen and prepared(decision, typed) != mine, f"The same {how} is taken for Alice's password."

    typed = chosen.rstrip()
    assert not opens_after_choosing(alice, shop, chosen, typed), "Without a blank at its end it opens Alice's account."
