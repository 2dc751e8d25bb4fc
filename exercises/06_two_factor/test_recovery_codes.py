"""Keep a sheet of recovery codes.

What `keep_codes` and `redeem` promise: in a stolen table, for codes that were used, and at the same moment.
"""

import base64
import hashlib
import hmac
from itertools import product

from labsrv.grading import promise
from labsrv.kit.lessons.races import at_once, under_way
from labsrv.labs.two_factor.people import FAVOURITE, draw_codes, first_step, in_account, log_in, log_out, second_step

PLACE = 8
DECIDES = ("keep_codes", "redeem")
SHEET = 10
SHORT = 3  # characters: half of the codes do not have them in common with what stands beside their hashes by chance

SHOWN = 10  # characters of a fast hash: enough to tell the right code from a billion others

WAYS_TO_TYPE = {
    "as it is printed": lambda code: code,
    "without the hyphen": lambda code: code.replace("-", ""),
    "in capitals": lambda code: code.upper(),
    "with blanks": lambda code: f" {code.replace('-', ' - ')} ",
}
# What is no code, though it is made of one.
WRONG = {
    "its first half": lambda code: code[:5],
    "its second half": lambda code: code[6:],
    "all but the last": lambda code: code[:-1],
    "one letter more": lambda code: f"{code}a",
    "another last letter": lambda code: code[:-1] + ("b" if code[-1] == "a" else "a"),
    "its halves the other way round": lambda code: f"{code[6:]}-{code[:5]}",
    "twice": lambda code: f"{code} {code}",
    "after a guess": lambda code: f"aaaaa-aaaaa {code}",
    "before a guess": lambda code: f"{code},aaaaa-aaaaa",
    "nothing": lambda code: "",
    "a letter that is none of ASCII": lambda code: f"é{code[1:]}",
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
    return opened(second_step(browser, shop, code, kind="recovery"), shop, as_)


def opened(page, shop, who):
    """Tell whether a page is somebody's account, or else says that the code was wrong."""
    status = page.exchanges[0].status
    inside = in_account(page, shop, who.person.name)
    assert inside or status == 401, f"A code was typed, and the shop answered {status}: neither let in nor refused."
    return inside


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
    """Return what a code looks like that was kept readably, in part or backwards."""
    spelt = [code, code[::-1]]
    ends = [each[:SHORT] for each in spelt] + [each[-SHORT:] for each in spelt]
    return [*ends, base64.b64encode(code.encode()).decode().rstrip("="), code.encode().hex()]


def fast_hashes(code, salts):
    """Return the beginnings of what a code looks like that was hashed fast, with what the row has beside it or not."""
    spelt = [code, code.upper(), f"{code[:5]}-{code[5:]}"]
    mixed = [
        f"{one}{between}{two}"
        for salt, each in product(salts, spelt)
        for between in ("", ":", "-", "|")
        for one, two in ((salt, each), (each, salt))
    ]
    for name in FAST:
        digests = [hashlib.new(name, each.encode()).digest() for each in (*spelt, *mixed)]
        digests += [hmac.digest(salt.encode(), each.encode(), name) for salt, each in product(salts, spelt)]
        for digest in digests:
            yield digest.hex()[:SHOWN]
            yield base64.b64encode(digest).decode()[:SHOWN]


class Watched:
    """The hasher's argon2, with what it has hashed and what came of it, and how often it has compared."""

    def __init__(self, argon2):
        self.argon2 = argon2
        self.made = {}
        self.compared = 0

    def hash(self, password):
        """Hash a password, and remember it."""
        made = self.argon2.hash(password)
        self.made[made] = password
        return made

    def verify(self, password, hash):
        """Compare a password with a hash, and count it."""
        self.compared += 1
        return self.argon2.verify(password, hash)

    def __getattr__(self, name):
        return getattr(self.argon2, name)


@promise()
def test_a_code_off_the_sheet_opens(shop, alice):
    """Each code opens Alice's account, however she types it: with its hyphen or without, in capitals, with blanks."""
    codes = sheet_of(alice, shop)
    # In the order of the sheet, and its last one.
    for code, spell in zip([*codes[:7], codes[-1]], [*WAYS_TO_TYPE.values()] * 2, strict=True):
        assert opens(alice, shop, spell(code), as_=alice), f"Alice typed {spell(code)!r}, and it opens nothing."


@promise()
def test_everybody_has_a_sheet(shop, alice, carol):
    """Alice draws a new sheet, and Carol's is as good as before."""
    carols = sheet_of(carol, shop)
    sheet_of(alice, shop)
    assert opens(carol, shop, carols[2], as_=carol), "Alice drew a new sheet, and Carol's is void."
    new = sheet_of(alice, shop)
    assert opens(alice, shop, new[0], as_=alice), "Alice drew another sheet, and a code of it opens nothing."


@promise()
def test_a_wrong_code_opens_nothing(shop, alice, draw):
    """A code that is not on the sheet opens nothing, and crosses nothing out."""
    codes = sheet_of(alice, shop)
    assert not opens(alice, shop, draw.word()[-8:], as_=alice), "A code that is on no sheet opened the account."
    assert opens(alice, shop, codes[0].replace("-", ""), as_=alice), (
        "A wrong code was typed, and one of the sheet opens nothing any more."
    )


@promise(
    points=2,
    after=test_a_code_off_the_sheet_opens,
    asvs="6.5.2",
    cwe=312,
    hints=[
        "Draw a sheet and look at the table `recovery` as a thief would.",
        "Ten letters are fifty bits: too few for a hash that is fast. What does the shop do with passwords?",
        "The rule (ASVS 6.5.2): a code with so few bits is hashed slowly, with a salt. `hasher` does that.",
    ],
)
def test_the_stolen_table_opens_nothing(lab, shop, alice):
    """Whoever steals the table reads no code: each was hashed as a password is."""
    log_in(alice, shop)
    lab.hasher._argon2 = watched = Watched(lab.hasher._argon2)
    codes = [each.replace("-", "") for each in draw_codes(alice, shop)]
    rows = lab.db.recovery.find({"user": alice.person.name, "kind": "code"})
    kept = [text for row in rows for text in texts_in(row)]
    made = {each: watched.made[each].lower() for each in kept if each in watched.made}
    beside = sorted({each for each in kept if each not in made} - {alice.person.name, "code"})

    readable = [code for code in codes if any(trace in text.lower() for trace in traces(code) for text in beside)]
    assert len(readable) < SHEET / 2, (
        f"The table says {len(readable)} of {len(codes)} codes readably, or parts of them."
    )
    salts = [alice.person.name, *(each for each in beside if len(each) <= 64)][:40]
    told = " ".join(text.replace("-", "") for text in beside)
    guessed = [hashed for hashed in fast_hashes(codes[0], salts) if hashed in told]
    assert not guessed, "The table has a hash of a code that is fast: a thief can try all codes there are."
    hashed = len(set(made.values()))
    assert hashed >= SHEET, (
        f"For {SHEET} codes the table has {hashed} hashes that the shop's hasher for passwords made."
    )

    # Whose salted hash it could be, nobody knows before all were compared: unless something beside them says it.
    log_out(alice, shop)
    first_step(alice, shop)
    before = watched.compared
    page = second_step(alice, shop, codes[0][:5] + codes[1][5:], kind="recovery")
    assert not opened(page, shop, alice), "The halves of two codes opened the account."
    compared = watched.compared - before
    assert compared >= SHEET, (
        f"For a wrong code the shop compared {compared} of {SHEET} hashes: something else in the table told it that "
        "the code is none, and would tell a thief."
    )


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
def test_a_code_opens_once(shop, alice, carol, mallory):
    """A code that was used opens nothing any more; the others still do, and so do other people's."""
    carols, codes = sheet_of(carol, shop), sheet_of(alice, shop)
    assert opens(alice, shop, codes[6], as_=alice), "Alice's code opens nothing."
    assert not opens(mallory, shop, codes[6], as_=alice), "A code that was used opened the account again."
    for code in (codes[0], codes[-1]):
        assert opens(alice, shop, code, as_=alice), "One code was used, and another one is void."
    assert opens(carol, shop, carols[0], as_=carol), "Alice used a code, and one of Carol's is void."


@promise(
    points=1,
    after=test_a_code_opens_once,
    asvs="6.5.1",
    cwe=1287,
    hints=[
        "How much of a code has Mallory to guess? Type half of one.",
        "Five tries an hour are few, unless one try may hold many codes.",
        "What is left when hyphens and blanks are gone is compared as a whole.",
    ],
)
def test_a_part_is_no_code(lab, shop, alice, mallory):
    """Half of a code opens nothing, nor does one with something more, or several at once."""
    codes = sheet_of(alice, shop)
    first_step(mallory, shop, as_=alice)
    for name, spell in {**WRONG, "the whole sheet": lambda code: " ".join(codes)}.items():
        page = second_step(mallory, shop, spell(codes[3]), kind="recovery")
        lab.db.attempts.delete_many({})
        assert not opened(page, shop, alice), (
            f"{spell(codes[3])[:40]!r} ({name}) opened the account; the code is {codes[3]}."
        )


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
    code = sheet_of(alice, shop)[1]
    for browser in (alice, mallory):
        first_step(browser, shop, as_=alice)
    pages = []
    at_once(
        lab,
        "recovery",
        *(lambda at=each: pages.append(second_step(at, shop, code, kind="recovery")) for each in (alice, mallory)),
    )

    inside = sum(opened(page, shop, alice) for page in pages)
    assert inside <= 1, f"Two typed one code at the same moment, and {inside} of them were let in."


@promise(
    points=1,
    after=test_of_two_at_once_one_is_let_in,
    asvs="6.5.1",
    cwe=367,
    hints=[
        "Alice uses one code while Mallory uses another. What did each of them read, and what does each write?",
        "Cross out one code, not the sheet as it was a moment ago.",
    ],
)
def test_what_is_crossed_out_stays_so(lab, shop, alice, mallory, two_processes):
    """A code that is used while another one is being redeemed stays used."""
    codes = sheet_of(alice, shop)
    for browser in (alice, mallory):
        first_step(browser, shop, as_=alice)
    with under_way(lab, lambda: second_step(mallory, shop, codes[3], kind="recovery"), table="recovery"):
        assert opened(second_step(alice, shop, codes[2], kind="recovery"), shop, alice), "Alice's code opens nothing."

    assert not opens(mallory, shop, codes[2], as_=alice), "A code was used while another one was, and is good again."


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
def test_a_new_sheet_voids_the_old_one(lab, shop, alice, mallory):
    """Once Alice has a new sheet, the codes of the old one open nothing."""
    old = sheet_of(alice, shop)
    new = draw_codes(alice, shop)
    for code in (old[0], old[-1]):
        assert not opens(mallory, shop, code, as_=alice), "A code of the sheet before opened the account."
    lab.db.attempts.delete_many({})
    assert opens(alice, shop, new[0], as_=alice), "Alice has a new sheet, and a code of it opens nothing."


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
    mallorys, codes = sheet_of(mallory, shop), sheet_of(alice, shop)
    assert not opens(mallory, shop, mallorys[0], as_=alice), "Mallory's own code opened Alice's account."
    assert not opens(mallory, shop, mallorys[-1], as_=alice), "Mallory's own code opened Alice's account."

    lab.db.attempts.delete_many({})
    for who, sheet in ((mallory, mallorys), (alice, codes)):
        for code in sheet[:2]:
            assert opens(who, shop, code, as_=who), "A code was refused, and one that nobody has used is void."
