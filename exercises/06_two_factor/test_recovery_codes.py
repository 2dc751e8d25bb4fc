"""Keep a sheet of recovery codes.

What `keep_codes` and `redeem` promise: in a stolen table, for codes that were used, and at the same moment.
"""

import base64
import hashlib

import pytest

from labsrv.grading import promise
from labsrv.kit.lessons.races import at_once
from labsrv.labs.two_factor.people import FAVOURITE, draw_codes, first_step, in_account, log_in, second_step

PLACE = 8
DECIDES = ("keep_codes", "redeem")
SHEET = 10
RUN = 6  # characters of a code: who reads them has four to guess, and in a salted hash so many are not there by chance

WAYS_TO_TYPE = {
    "as it is printed": lambda code: code,
    "without the hyphen": lambda code: code.replace("-", ""),
    "in capitals": lambda code: code.upper(),
    "with blanks": lambda code: f" {code.replace('-', ' - ')} ",
}
FAST = ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b")


def sheet_of(who, shop):
    """Log somebody in, and draw them a sheet."""
    log_in(who, shop)
    codes = draw_codes(who, shop)
    assert len(codes) == SHEET, f"The page shows {len(codes)} codes."
    return codes


def opens(browser, shop, code, *, as_):
    """Type a recovery code after the password of `as_`, and tell whether the account opens."""
    first_step(browser, shop, as_=as_)
    return in_account(second_step(browser, shop, code, kind="recovery"), shop, as_.person.name)


def texts_in(value):
    """Yield everything in a row that can be read, as text."""
    if isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    else:
        yield value.decode("latin-1") if isinstance(value, bytes) else str(value)


def traces(code):
    """Return what a code looks like that was kept readably, in part or backwards, or hashed fast."""
    raw = code.encode()
    digests = [hashlib.new(name, raw) for name in FAST]
    hashed = [each.hexdigest() for each in digests] + [base64.b64encode(each.digest()).decode() for each in digests]
    spelt = [code, code[::-1], code.upper()]
    runs = [each[start : start + RUN] for each in spelt for start in range(len(code) - RUN + 1)]
    return [*runs, base64.b64encode(raw).decode(), raw.hex(), *hashed]


@promise()
@pytest.mark.parametrize("spell", WAYS_TO_TYPE.values(), ids=WAYS_TO_TYPE)
def test_a_code_off_the_sheet_opens(shop, alice, spell):
    """Each code opens Alice's account, however she types it: with its hyphen or without, in capitals, with blanks."""
    codes = sheet_of(alice, shop)
    for code in (codes[0], codes[-1]):
        assert opens(alice, shop, spell(code), as_=alice), f"Alice typed {spell(code)!r}, and it opens nothing."


@promise()
def test_everybody_has_a_sheet(shop, alice, carol):
    """Alice draws a new sheet, and Carol's is as good as before."""
    carols = sheet_of(carol, shop)
    sheet_of(alice, shop)
    assert opens(carol, shop, carols[2], as_=carol), "Alice drew a new sheet, and Carol's is void."


@promise()
def test_a_wrong_code_opens_nothing(shop, alice, draw):
    """A code that is not on the sheet opens nothing."""
    sheet_of(alice, shop)
    assert not opens(alice, shop, draw.word()[-8:], as_=alice), "A code that is on no sheet opened the account."


@promise(
    points=2,
    after=test_a_code_off_the_sheet_opens,
    asvs="6.5.2",
    cwe=312,
    hints=[
        "Draw a sheet and look at the table `recovery` as a thief would.",
        "Ten letters are fifty bits: too few for a hash that is fast. What does the shop do with passwords?",
        "Read ASVS 6.5.2, and the functions of labsrv/kit/passwords.py.",
    ],
)
def test_the_stolen_table_opens_nothing(lab, shop, alice):
    """Whoever steals the table reads no code: each was hashed as a password is."""
    log_in(alice, shop)
    before = lab.hasher.counts["hash"]
    codes = [each.replace("-", "") for each in draw_codes(alice, shop)]
    told = " ".join(text for row in lab.db.dump()["recovery"] for text in texts_in(row)).replace("-", "")

    found = [code for code in codes if any(trace in told for trace in traces(code))]
    assert not found, (
        f"The table says {len(found)} of {len(codes)} codes, or most of them, readably or in a hash that is fast."
    )
    assert lab.hasher.counts["hash"] - before == SHEET, "Each code is hashed once, by the hasher for passwords."


@promise(
    points=2,
    after=test_a_code_off_the_sheet_opens,
    asvs="6.5.1",
    cwe=294,
    hints=[
        "Log in twice with one code. What does the table say in between?",
        "What happens to a row once its code was used?",
    ],
)
def test_a_code_opens_once(shop, alice, mallory):
    """A code that was used opens nothing any more; the others still do."""
    codes = sheet_of(alice, shop)
    assert opens(alice, shop, codes[0], as_=alice), "Alice's code opens nothing."
    assert not opens(mallory, shop, codes[0], as_=alice), "A code that was used opened the account again."
    assert opens(alice, shop, codes[1], as_=alice), "One code was used, and another one is void."


@promise(
    points=3,
    after=test_a_code_opens_once,
    asvs="6.5.1",
    cwe=367,
    hints=[
        "Two come at the same moment with one code. Both find the row. Who crosses it out?",
        "An operation of the store says how many rows it has removed: `deleted_count`.",
        "Who has removed the row is let in; who comes too late finds nothing to remove.",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
def test_of_two_at_once_one_is_let_in(lab, shop, alice, mallory, two_processes):
    """Of two who type one code at the same moment, one is let in."""
    code = sheet_of(alice, shop)[4]
    for browser in (alice, mallory):
        first_step(browser, shop, as_=alice)
    pages = []
    at_once(
        lab,
        "recovery",
        *(lambda at=each: pages.append(second_step(at, shop, code, kind="recovery")) for each in (alice, mallory)),
    )

    inside = sum(in_account(page, shop, alice.person.name) for page in pages)
    assert inside == 1, f"Two typed one code at the same moment, and {inside} of them were let in."


@promise(
    points=1,
    after=test_a_code_off_the_sheet_opens,
    asvs="6.5.1",
    cwe=613,
    hints=[
        "Why does one draw a new sheet? What becomes of the old one?",
        "The old sheet's rows are in the way. Whose rows may you delete, and of which kind?",
    ],
)
def test_a_new_sheet_voids_the_old_one(shop, alice, mallory):
    """Once Alice has a new sheet, the codes of the old one open nothing."""
    old = sheet_of(alice, shop)
    draw_codes(alice, shop)
    for code in (old[0], old[-1]):
        assert not opens(mallory, shop, code, as_=alice), "A code of the sheet before opened the account."


@promise(
    points=1,
    after=test_a_code_off_the_sheet_opens,
    asvs="6.4.2",
    cwe=640,
    hints=[
        "Read the guest book on the front page. What do you know about Alice now?",
        "Which kinds of rows are there in the table, and which do you ask for?",
    ],
)
def test_a_favourite_tea_is_no_code(lab, shop, alice, mallory):
    """The answer to a question opens nothing, with a sheet or without."""
    assert not opens(mallory, shop, FAVOURITE, as_=alice), "Alice's favourite tea opened her account."
    sheet_of(alice, shop)
    assert not opens(mallory, shop, FAVOURITE.lower(), as_=alice), "Alice's favourite tea opened her account."


@promise(
    points=1,
    after=test_a_code_opens_once,
    asvs="6.5.1",
    cwe=287,
    hints=[
        "Mallory has a sheet of her own. Whose account may it open?",
        "Count the codes that are left after somebody has typed a wrong one.",
    ],
)
def test_nobody_elses_code(lab, shop, alice, mallory):
    """Mallory's own code does not open Alice's account, and nobody's sheet is shorter by it."""
    sheet_of(alice, shop)
    mallorys = sheet_of(mallory, shop)
    assert not opens(mallory, shop, mallorys[0], as_=alice), "Mallory's own code opened Alice's account."

    for who in (alice, mallory):
        left = lab.db.recovery.count_documents({"user": who.person.name, "kind": "code"})
        assert left == SHEET, f"A code was refused, and a sheet of {SHEET} has {left} codes left."
