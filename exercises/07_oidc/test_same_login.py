"""Compare the end of a login with its beginning.

What `fits` promises about tokens of other logins, of other access tokens, and of people who did less than was asked.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from labsrv.grading import Answer, Raised, promise
from labsrv.labs.oidc.attacks import inject_a_code_of_another_nonce, take_max_age_out
from labsrv.labs.oidc.people import account_of, is_logged_in, link, log_in, show_again

PLACE = 5
DECIDES = ("fits",)

NULL = object()  # a claim that is there, and null


def base64url(data):
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def digest(token):
    """Return the SHA-256 of a token."""
    return hashlib.sha256(token.encode()).digest()


@dataclass
class Ending:
    """A login at its end: what was asked for, what came, and what the shop's function says; drawn for this check."""

    decision: Any
    process: Any
    draw: Any

    def __post_init__(self):
        # No time that any clock has now.
        self.now = datetime(2031, 1, 1, tzinfo=UTC) + timedelta(seconds=self.draw.randrange(10**8))
        self.nonce, self.token, self.acr = (self.draw.word() for _ in range(3))
        self.at_hash = base64url(digest(self.token)[:16])
        self.max_age = self.draw.randrange(100, 3_000)

    def ago(self, seconds):
        """Return a moment as a token has it."""
        return int(self.now.timestamp()) - seconds

    def answer(self, asked=None, **claims):
        """Return what the function says of claims, some of them changed (None leaves one out), and what was asked."""
        transaction = {"_id": self.draw.word(), "nonce": self.nonce, "max_age": None, "acr_values": "", "link": None}
        good = {"iss": "https://idp.example", "sub": self.draw.word(), "aud": "tea-shop", "nonce": self.nonce}
        good |= {"exp": self.ago(-600), "iat": self.ago(1)} | claims
        said = {name: None if each is NULL else each for name, each in good.items() if each is not None}
        return self.decision.fits(said, transaction | (asked or {}), self.token, self.now)

    def fit(self, what, asked=None, **claims):
        """Check that claims are said to fit."""
        answer = self.answer(asked, **claims)
        assert isinstance(answer, Answer) and answer.value, f"What fits was refused: {what} ({answer})."

    def misfits(self, rows, what, part, asked=None):
        """Check that no row of a table is said to fit, whatever else was asked for and done; what was asked for is."""
        for row, claims in self.draw.sample([*rows.items(), (None, {})], len(rows) + 1):
            for more, done in self.worlds(part if row else None, asked or {}):
                if row is None:
                    self.fit("all that was asked for", more, **done)
                    continue
                answer = self.answer(more, **done | claims)
                assert isinstance(answer, Raised) or not answer.value, f"{what}: {row}."
                # An error lets nobody in; the last promise is about those.
                self.process.raised.clear()

    def worlds(self, part, asked):
        """Return what may have been asked for, and what was done but for one part: that alone, or everything."""
        done = {"at_hash": self.at_hash, "acr": self.acr, "auth_time": self.ago(1)}
        done.pop(part, None)
        everything = {"acr_values": f"urn:three {self.acr}", "max_age": self.max_age}
        return [(asked, done if part is None else {}), (everything | asked, done)]


@pytest.fixture
def end(decision, process, draw):
    """A login at its end."""
    return Ending(decision, process, draw)


NONCES = {
    "another one": lambda own: "n-0S6_WzA2Mj",
    "none": lambda own: None,
    "null": lambda own: NULL,
    "an empty one": lambda own: "",
    "its first character": lambda own: own[0],
    "its first half": lambda own: own[: len(own) // 2],
    "its second half": lambda own: own[len(own) // 2 :],
    "all but its last character": lambda own: own[:-1],
    "one character more": lambda own: own + "0",
    "another first character": lambda own: "x" + own[1:],
    "another last character": lambda own: own[:-1] + ("b" if own[-1] == "a" else "a"),
    "capital letters": lambda own: own.upper(),
    "a blank before it": lambda own: " " + own,
    "a blank behind it": lambda own: own + " ",
    "a line end behind it": lambda own: own + "\n",
    "backwards": lambda own: own[::-1],
    "twice": lambda own: own + own,
    "a list with it": lambda own: [own],
    "a list with it and another": lambda own: [own, "x"],
    "an object with it": lambda own: {own: own},
    "the text None": lambda own: "None",
    "a number": lambda own: 7,
    "true": lambda own: True,
}

# What has been made of the access token's SHA-256, or of another one's.
HASHES = {
    "that of another access token": lambda own: base64url(digest(own + "x")[:16]),
    "that of no access token": lambda own: base64url(digest("")[:16]),
    "the whole SHA-256": lambda own: base64url(digest(own)),
    "the right half": lambda own: base64url(digest(own)[16:]),
    "the beginning of the left half": lambda own: base64url(digest(own)[:16])[:11],
    "the left half in hexadecimal digits": lambda own: digest(own)[:16].hex(),
    "half of the hexadecimal digits": lambda own: digest(own).hex()[:16],
    "in small letters": lambda own: base64url(digest(own)[:16]).lower(),
    "half of a SHA-512": lambda own: base64url(hashlib.sha512(own.encode()).digest()[:32]),
    "the access token itself": lambda own: own,
    "a list with the right one": lambda own: [base64url(digest(own)[:16])],
    "a number": lambda own: 7,
}

ACRS = {
    "none": lambda own: None,
    "null": lambda own: NULL,
    "an empty one": lambda own: "",
    "a blank": lambda own: " ",
    "another one": lambda own: "0",
    "the beginning of one": lambda own: own[:-1],
    "the end of one": lambda own: own[1:],
    "a character of one": lambda own: own[0],
    "more than one": lambda own: own + "-2",
    "capital letters": lambda own: own.upper(),
    "a blank behind one": lambda own: own + " ",
    "all that were asked for, with blanks": lambda own: f"urn:three {own}",
    "a list with one": lambda own: [own],
    "an object with one": lambda own: {own: True},
    "a number": lambda own: 2,
    "true": lambda own: True,
}


def too_long_ago(end):
    """Return claims of somebody who did not show who they are within the time that was asked for."""
    return {
        "two seconds too long ago": {"auth_time": end.ago(end.max_age + 2)},
        "half a minute too long ago": {"auth_time": end.ago(end.max_age + 30)},
        "twice as long ago": {"auth_time": end.ago(end.max_age * 2 + 2)},
        "an hour too long ago": {"auth_time": end.ago(end.max_age + 3_600)},
        "yesterday": {"auth_time": end.ago(86_400)},
        "yesterday, for a token of this second": {"auth_time": end.ago(86_400), "iat": end.ago(0)},
        "in 1970": {"auth_time": 0},
        "it does not say when": {},
        "it does not say when, for a token of this second": {"iat": end.ago(0)},
        "null": {"auth_time": NULL},
        "true": {"auth_time": True},
        "a fraction of a second more": {"auth_time": end.ago(end.max_age) - 1.5},
    }


@promise()
def test_alice_logs_in(shop, alice, bob):
    """Alice logs in at Tea Identity, and Bob at Fakebook."""
    log_in(alice, shop)
    log_in(bob, shop, "social")

    assert is_logged_in(alice, shop), "Alice's login at Tea Identity came to nothing."
    assert is_logged_in(bob, shop), "Bob's login at Fakebook came to nothing."


@promise()
def test_alice_adds_a_way_in(lab, shop, alice):
    """Alice shows once more who she is, and adds Fakebook to her account, ten minutes after her login."""
    log_in(alice, shop)
    account = account_of(alice, shop)
    lab.clock.advance(minutes=10)
    show_again(alice, shop)
    link(alice, shop, "social")

    ways = lab.db.identities.count_documents({"account": account})
    assert account and ways == 2, "Alice showed who she is a moment ago, and could not add a way in."


@promise()
def test_what_was_asked_for_fits(end):
    """The answer to a login fits, with or without what the provider may leave out, and whatever was not asked for."""
    long_ago = {"auth_time": end.ago(500_000)}
    for what, claims in {
        "the nonce": {},
        "the hash of the access token": {"at_hash": end.at_hash},
        "a login of last week, and nobody asked for more": long_ago,
        "a way that nobody asked for": {"acr": end.acr, "amr": ["pwd"]},
        "a part that nobody knows": {"c_hash": "x", "s_hash": 7, "nonces": ["x"]},
    }.items():
        end.fit(what, **claims)
    asked = {"max_age": end.max_age}
    for what, seconds in {"this second": 0, "a minute ago": 60, "in the last second": end.max_age - 1}.items():
        end.fit(f"somebody showed who they are {what}", asked, auth_time=end.ago(seconds))
    end.fit("somebody showed who they are a moment ago, to a fraction", asked, auth_time=end.ago(5) + 0.5)
    for words in (end.acr, f"urn:three {end.acr}", f"{end.acr} 0", f"urn:three {end.acr} 0"):
        end.fit(f"one of {len(words.split())} ways that were asked for", {"acr_values": words}, acr=end.acr)


@promise(
    points=2,
    after=test_what_was_asked_for_fits,
    asvs="10.5.1",
    cwe=294,
    hints=[
        "The shop drew a nonce for this login and wrote it down. Where does it come back?",
        "What is it if there is no nonce in the token: a yes or a no?",
        "Read OpenID Connect Core, 3.1.3.7, 11, and 15.5.2.",
    ],
)
def test_the_nonce_is_this_logins(end):
    """A token whose nonce is not the one that was written down, to the last character, does not fit."""
    rows = {row: {"nonce": other(end.nonce)} for row, other in NONCES.items()}
    end.misfits(rows, "A token fitted whose nonce is not this login's", "nonce")


@promise(
    points=1,
    after=test_alice_logs_in,
    asvs="10.5.1",
    cwe=294,
    hints=[
        "Fakebook knows no PKCE: a code can be brought by anybody. What is in the ID token that it gives for the code?",
        "Alice's login began with a nonce, and Mallory's with another one. Which one is in whose row?",
    ],
)
def test_alices_code_does_not_end_mallorys_login(lab):
    """A code of Alice's that Mallory found in a log does not end a login of Mallory's."""
    outcome = inject_a_code_of_another_nonce(lab)
    assert not outcome, f"Mallory found a code of Alice's in a log: {outcome.story}"


@promise(
    points=1,
    after=test_what_was_asked_for_fits,
    asvs="10.1.2",
    cwe=345,
    hints=[
        "The shop will use the access token to ask who this is. How does the ID token say which one belongs to it?",
        "Half of what: of the bytes, or of the digits?",
        "Read OpenID Connect Core, 3.1.3.6.",
    ],
)
def test_the_access_token_came_with_it(end):
    """A token that says it came with another access token does not fit."""
    rows = {row: {"at_hash": made(end.token)} for row, made in HASHES.items()}
    end.misfits(rows, "A token fitted whose `at_hash` is not the access token's", "at_hash")


@promise(
    points=2,
    after=test_what_was_asked_for_fits,
    asvs="6.8.4",
    cwe=287,
    hints=[
        "The token says since when (`auth_time`) and when it was made (`iat`). Which of them has been asked for?",
        "What is it if the token does not say since when?",
        "`max_age` may be 0, and may be None. What does Python make of either in an `if`?",
    ],
)
def test_they_showed_who_they_are_in_time(end):
    """Where somebody had to show again who they are, a token that says no time, or one too long ago, does not fit."""
    for more in (0, 31):
        end.max_age += more
        rows, asked = too_long_ago(end), {"max_age": end.max_age}
        end.misfits(rows, "Somebody fitted who did not show in time who they are", "auth_time", asked)
        end.fit(
            "somebody showed who they are `max_age` seconds ago, to the second", asked, auth_time=end.ago(end.max_age)
        )
    at_once = {"two seconds ago": {"auth_time": end.ago(2)}, "an hour ago": {"auth_time": end.ago(3_600)}, "never": {}}
    for row, claims in at_once.items():
        answer = end.answer({"max_age": 0}, **claims)
        assert isinstance(answer, Raised) or not answer.value, f"Asked to show at once who they are, they had: {row}."
        end.process.raised.clear()


@promise(
    points=1,
    after=test_alice_adds_a_way_in,
    asvs="6.8.4",
    cwe=287,
    hints=[
        "Through whose hands does the address go that says what the shop asks for?",
        "What the provider has done is in the token. With what do you compare it?",
    ],
)
def test_what_is_taken_out_on_the_way_is_missed(lab):
    """At Alice's computer, Mallory takes `max_age` out of the address, and gets no way in of her own."""
    outcome = take_max_age_out(lab)
    assert not outcome, f"Mallory took `max_age` out on the way to the provider: {outcome.story}"


@promise(
    points=1,
    after=test_what_was_asked_for_fits,
    asvs="6.8.4",
    cwe=287,
    hints=[
        "The provider may do less than was asked for (Core, 5.5.1.1). Where does it say what it did?",
        "`acr_values` is one text. When is `in` true of a text, and when of a list?",
    ],
)
def test_they_logged_in_as_was_asked_for(end):
    """Where certain ways to log in were asked for, a token that names none of them does not fit."""
    rows = {row: {"acr": other(end.acr)} for row, other in ACRS.items()}
    for words in (end.acr, f"urn:three {end.acr}"):
        end.misfits(rows, "Somebody fitted who logged in another way", "acr", {"acr_values": words})


# Kinds of values that no provider should send, and how to say so.
ODD = {"a text": "é", "an empty text": "", "a number": 7, "a list": ["x"], "an object": {"$ne": ""}, "null": NULL}
ASKED = {"nonce": {}, "at_hash": {}, "acr": {"acr_values": "urn:three two"}, "auth_time": {"max_age": 300}}


@promise(
    points=1,
    after=test_the_nonce_is_this_logins,
    asvs="2.2.1",
    cwe=755,
    hints=[
        "Which of your lines expects a text, or a number, and what does it do with a list?",
        "What does `hmac.compare_digest` say to letters beyond ASCII?",
    ],
)
def test_the_answer_is_yes_or_no(end):
    """Whatever kind of value a claim has, or if it is missing, the answer is yes or no and not an error."""
    for name, asked in ASKED.items():
        for row, value in (ODD | {"missing": None}).items():
            answer = end.answer(asked, **{name: value})
            assert isinstance(answer, Answer), f"A token with an odd `{name}` ({row}) brought up {answer}."
