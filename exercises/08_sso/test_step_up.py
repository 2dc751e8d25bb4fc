"""Ask for a login of now where much depends on it.

What `login_wanted` promises, by tokens of logins of all ages and kinds, and by what can be done at Alice's computer.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.sso.attacks import RAISED, log_in_again_without_a_word, sit_down_at_her_computer
from labsrv.labs.sso.moves import ask_api
from labsrv.labs.sso.people import log_in, pass_the_providers, pay_of, raise_pay, see_pay

PLACE = 7
DECIDES = ("login_wanted",)

MINUTE, HOUR, DAY = 60, 3600, 86_400
# For how long a login may be good, in seconds.
AGES = (1, 30, 5 * MINUTE, 15 * MINUTE, HOUR, 12 * HOUR, DAY, 30 * DAY)
# By how much it is too old. Whole days and hours are there because clocks go round.
TOO_OLD = {
    "a second": 1,
    "a minute": MINUTE,
    "an hour": HOUR,
    "a day": DAY,
    "a week and a minute": 7 * DAY + MINUTE,
    "a year": 365 * DAY,
    "ten years": 3650 * DAY,
}

NULL = None
GONE = object()  # a claim that is not there
# What is no number of seconds, though it may look like one.
NO_TIMES = {
    "none": lambda now: GONE,
    "null": lambda now: NULL,
    "an empty text": lambda now: "",
    "a word": lambda now: "now",
    "a number in a text": lambda now: str(now),
    "a moment in a text": lambda now: datetime.fromtimestamp(now, UTC).isoformat(),
    "true": lambda now: True,
    "false": lambda now: False,
    "zero": lambda now: 0,
    "a number below zero": lambda now: -now,
    "a list": lambda now: [now],
    "an empty list": lambda now: [],
    "an object": lambda now: {"$gt": 0},
    "no number": lambda now: float("nan"),
    "less than any number": lambda now: float("-inf"),
}
FUTURE = {
    "in a minute and some seconds": 63,
    "in two minutes": 2 * MINUTE,
    "in five minutes": 5 * MINUTE,
    "in an hour": HOUR,
    "tomorrow": DAY,
    "in ten years": 3650 * DAY,
}

# What is not one of the words, though nearly. `one` and `two` are the words.
OTHER_KINDS = {
    "none": lambda one, two: GONE,
    "null": lambda one, two: NULL,
    "an empty one": lambda one, two: "",
    "a blank": lambda one, two: " ",
    "another one": lambda one, two: "urn:authlab:acr:pwd",
    "the beginning of a word": lambda one, two: one[:-1],
    "the end of a word": lambda one, two: two[1:],
    "more than a word": lambda one, two: one + "2",
    "more before a word": lambda one, two: "x" + two,
    "a word in capitals": lambda one, two: one.upper(),
    "a word with a blank": lambda one, two: one + " ",
    "a word with a line break": lambda one, two: two + "\n",
    "all of the words": lambda one, two: f"{one} {two}",
    "the words the other way round": lambda one, two: f"{two} {one}",
    "what is between two words": lambda one, two: f"{one[-1]} {two[0]}",
    "a list of the words": lambda one, two: [one, two],
    "a list with a word": lambda one, two: [one],
    "an object": lambda one, two: {one: True},
    "a number": lambda one, two: 2,
    "zero": lambda one, two: 0,
    "true": lambda one, two: True,
}


@pytest.fixture
def at(decision, lab, draw):
    """The API's function, and claims of tokens."""
    return AtApi(decision, lab, draw)


class AtApi:
    """What the API's function makes of the claims of a token. Who has logged in is drawn for this check."""

    def __init__(self, decision, lab, draw):
        self.decision = decision
        self.draw = draw
        self.now = int(lab.clock.time()) + draw.randint(0, DAY)
        self.one, self.two = f"urn:{draw.word()}", f"urn:{draw.word()}"

    def claims(self, **changes) -> dict[str, Any]:
        """Return the claims of a good token that was made just now, at a login of an hour ago; `GONE` takes one out."""
        drawn = {each: self.draw.word() for each in ("iss", "sub", "client_id", "aud", "jti", "acr")}
        good = {**drawn, "scope": "read edit", "auth_time": self.now - HOUR, "iat": self.now, "exp": self.now + HOUR}
        return {name: each for name, each in (good | changes).items() if each is not GONE}

    def asked(self, claims, wanted, what):
        """Return what is asked."""
        answer = self.decision.login_wanted(claims, wanted, datetime.fromtimestamp(self.now, UTC))
        assert isinstance(answer, Answer), f"{what}: an error came of it ({answer})."
        assert isinstance(answer.value, dict), f"{what}: the answer is no dict."
        return answer.value

    def will_do(self, claims, wanted, what):
        """Check that nothing is asked."""
        asked = self.asked(claims, wanted, what)
        assert not asked, f"{what}, and was not good enough: `{', '.join(map(str, asked))}` was asked."

    def will_not_do(self, claims, wanted, names, what):
        """Check that a login is asked for that has these."""
        asked = self.asked(claims, wanted, what)
        for name in names:
            assert name in asked, f"{what}, and was good enough: no `{name}` was asked."


def want(max_age=None, acr_values=""):
    """Return how somebody has to have logged in."""
    return {"max_age": max_age, "acr_values": acr_values}


def name_of(browser):
    """Return by what name the API has somebody."""
    return browser.person.name.title()


@promise()
def test_alice_raises_bobs_pay(lab, alice, bob, draw):
    """Alice, who has just logged in, raises Bob's pay, and looks at everybody's."""
    log_in(alice, lab.hr)
    lab.clock.advance(minutes=draw.randint(1, 4))
    pay = draw.randint(3000, 8000)
    raise_pay(alice, lab.hr, name_of(bob), pay)

    assert pay_of(lab, name_of(bob)) == pay, "Alice has logged in minutes ago, raises Bob's pay, and it is the same."
    assert see_pay(alice, lab.hr).sees(str(pay)), "Alice looks at everybody's pay, and does not see Bob's."


@promise()
def test_whoever_is_asked_goes_on_afterwards(lab, alice, bob, draw):
    """Alice, who logged in long ago, raises Bob's pay after she has shown once more who she is, if she is asked to."""
    log_in(alice, lab.hr)
    lab.clock.advance(minutes=9)
    pay = draw.randint(3000, 8000)
    page = raise_pay(alice, lab.hr, name_of(bob), pay)
    if page.sees("Show once more who you are"):
        alice.click("Show once more who you are")
        pass_the_providers(alice)
        raise_pay(alice, lab.hr, name_of(bob), pay)

    assert pay_of(lab, name_of(bob)) == pay, "Alice has shown once more who she is, and can't raise Bob's pay."


@promise()
def test_a_login_that_will_do_is_enough(at):
    """Of a login that is fresh enough and of the right kind, or where none is wanted, nothing more is asked."""
    for most in AGES:
        for age in {0, 1, most - 1, most}:
            claims = at.claims(auth_time=at.now - age, iat=at.now - at.draw.randint(0, age))
            at.will_do(claims, want(most), f"A login was {age} seconds ago, where {most} at the most are good")
    at.will_do(at.claims(auth_time=at.now), want(0), "A login was of this second, where none are good")
    for acr_values in (at.one, f"{at.one} {at.two}", f"{at.two} {at.one}", f"{at.two} {at.one} urn:x"):
        at.will_do(at.claims(acr=at.one), want(None, acr_values), "A login was of a kind that is wanted")
        claims = at.claims(acr=at.one, auth_time=at.now - 20)
        at.will_do(claims, want(30, acr_values), "A login was fresh, and of a kind that is wanted")
    at.will_do(at.claims(auth_time=at.now - 365 * DAY), want(), "A login was a year ago, where any will do")
    at.will_do(at.claims(auth_time=GONE, acr=GONE), want(), "A token says nothing of the login, where any will do")


@promise(
    points=2,
    after=test_alice_raises_bobs_pay,
    asvs="7.5.3",
    cwe=306,
    hints=[
        "`attacks.log_in_again_without_a_word(lab)`: when was the token made, and when did somebody type a password?",
        "`attacks.sit_down_at_her_computer(lab)`: which claim says when Alice logged in?",
        "A difference of two moments has days as well: does what you compare have all of it?",
    ],
)
def test_an_old_login_will_not_do(at, lab):
    """A login that is older than is wanted will not do, however fresh its token is."""
    for most in AGES:
        for much, more in TOO_OLD.items():
            age = most + more
            for iat in {at.now, at.now - min(age, most), at.now - age}:
                claims = at.claims(auth_time=at.now - age, iat=iat)
                what = f"A login was {age} seconds ago, where {most} at the most are good: {much} too old"
                at.will_not_do(claims, want(most), ["max_age"], what)

    for move in (sit_down_at_her_computer, log_in_again_without_a_word):
        lab.db.api_employees.update_one({"name": name_of(lab.mallory)}, {"$set": {"pay": 1900}})
        outcome = move(lab)
        assert not outcome, f"Mallory is at Alice's computer: {outcome.story}"


@promise(
    points=1,
    after=test_an_old_login_will_not_do,
    asvs="7.5.3",
    cwe=306,
    hints=[
        "What does the application do with what you return? It asks the provider for just that.",
        "Look at what the API says in `WWW-Authenticate`. Whose words are in there, and of which kind is each value?",
    ],
)
def test_it_says_what_is_wanted(at, lab, alice):
    """Whoever comes with a login that will not do is told what is wanted, as it is wanted, and has changed nothing."""
    for most in (0, *AGES):
        for acr_values in ("", at.one, f"{at.one} {at.two}"):
            wanted, claims = want(most, acr_values), at.claims(auth_time=at.now - most - DAY)
            for name, said in at.asked(claims, wanted, "A login was too old").items():
                assert wanted.get(name) not in (None, ""), (
                    f"A login was too old, and {str(name)[:20]!r} was asked as well."
                )
                right = isinstance(said, str) and said == str(wanted[name])
                assert right, f"The `{name}` that is asked should be {str(wanted[name])!r}, and is {said!r:.60}."

    log_in(alice, lab.hr)
    token, before = lab.db.hr_sessions.find()[-1]["access_token"], pay_of(lab, name_of(alice))
    lab.clock.advance(minutes=5, seconds=2)
    answer = ask_api(lab, "POST", "/pay", token, {"employee": name_of(alice), "pay": str(RAISED)})
    said = dict(answer.headers).get("WWW-Authenticate", "")
    assert answer.status == 401, f"A login was five minutes and two seconds ago, and the answer is {answer.status}."
    assert pay_of(lab, name_of(alice)) == before, "A login was too long ago, and has changed Alice's pay."
    for part in ('error="insufficient_user_authentication"', 'max_age="300"'):
        assert part in said, f"A login was too long ago, and the API says {said[:80]!r}, without {part}."


@promise(
    points=2,
    after=test_an_old_login_will_not_do,
    asvs="7.5.3",
    cwe=754,
    hints=[
        "Not every provider says when somebody logged in. What does the API know then?",
        "What comes of `claims.get(…, …)` with a number as its second argument? And of null, of a text, of true?",
        "Is what you compare a number of seconds, for whatever JSON may have there?",
    ],
)
def test_a_login_at_no_known_time_will_not_do(at):
    """Where the token does not say when somebody logged in, or not by a number, the login is not fresh enough."""
    for which, spell in NO_TIMES.items():
        for most in at.draw.sample(AGES, 3):
            for iat in (at.now, at.now - most):
                what = f"Of the time of the login a token has {which}, and {most} seconds are good"
                at.will_not_do(at.claims(auth_time=spell(at.now), iat=iat), want(most), ["max_age"], what)


@promise(
    points=1,
    after=test_an_old_login_will_not_do,
    asvs="7.5.3",
    cwe=754,
    hints=[
        "How old is a login of tomorrow? What is the sign of that number, and how does it compare?",
        "What if a provider counts in milliseconds? Which error could that bring up in your lines?",
    ],
)
def test_a_login_of_the_future_will_not_do(at):
    """A login that is yet to come is not fresh enough."""
    moments = {when: at.now + more for when, more in FUTURE.items()}
    moments |= {"in milliseconds": at.now * 1000, "in nanoseconds": at.now * 10**9, "at no end": float("inf")}
    for when, moment in moments.items():
        for most in at.draw.sample(AGES, 3):
            what = f"By its token a login is {when}, and {most} seconds are good"
            at.will_not_do(at.claims(auth_time=moment), want(most), ["max_age"], what)


@promise(
    points=1,
    after=test_an_old_login_will_not_do,
    asvs="7.5.3",
    cwe=697,
    hints=[
        "`max_age` may be 0: log in now, whenever it was. What is 0 in an `if`?",
        "What does Python say to `bool(0)`, and what to `0 is None`?",
    ],
)
def test_zero_is_an_age(at):
    """Where a `max_age` of 0 is wanted, a login of a second ago will not do."""
    for much, age in ({"two seconds": 2, "five minutes": 5 * MINUTE} | TOO_OLD).items():
        claims = at.claims(auth_time=at.now - age, iat=at.now)
        at.will_not_do(claims, want(0), ["max_age"], f"A login was {much} ago, and `max_age` is 0")
    at.will_not_do(at.claims(auth_time=GONE), want(0), ["max_age"], "A login has no time, and `max_age` is 0")


@promise(
    points=2,
    after=test_a_login_that_will_do_is_enough,
    asvs="6.8.4",
    cwe=287,
    hints=[
        "`acr_values` has several words, of which each is good enough. What does `in` look for in a text?",
        "What may JSON have in the place of `acr`? Which of that brings up an error in your lines?",
        'Try `"tea" in "steam"`, and then with a list in the place of each of the two.',
    ],
)
def test_another_kind_of_login_will_not_do(at):
    """A login whose `acr` is not one of the words that are wanted will not do, however similar it is."""
    for acr_values in (f"{at.one} {at.two}", f"{at.two} {at.one}"):
        one, two = acr_values.split(" ")
        for which, spell in OTHER_KINDS.items():
            claims = at.claims(acr=spell(one, two), amr=["pwd", "otp"])
            what = f"Two kinds of login are wanted, and the token has {which}"
            at.will_not_do(claims, want(None, acr_values), ["acr_values"], what)
    for which in ("none", "the beginning of a word", "more than a word", "a word in capitals", "a list with a word"):
        acr = OTHER_KINDS[which](at.one, at.two)
        at.will_not_do(
            at.claims(acr=acr), want(None, at.one), ["acr_values"], f"One kind is wanted, and there is {which}"
        )


@promise(
    points=1,
    after=test_another_kind_of_login_will_not_do,
    asvs="6.8.4",
    cwe=287,
    hints=[
        "Both may be wanted. Does your function look at the second after it has found something about the first?",
        "A fresh login of the wrong kind, an old one of the right kind, an old one of the wrong kind: what of each?",
    ],
)
def test_both_may_be_wanted(at):
    """Where both are wanted, a login that is fresh and of the wrong kind will not do, nor one that is old and of the
    right kind; of one that is neither, both are asked.
    """
    for most in (0, *AGES):
        for age, acr, names in (
            (0, at.draw.word(), ["acr_values"]),
            (most, GONE, ["acr_values"]),
            (most + 1, at.two, ["max_age"]),
            (most + DAY, at.one, ["max_age"]),
            (most + 1, at.draw.word(), ["max_age", "acr_values"]),
            (most + DAY, GONE, ["max_age", "acr_values"]),
        ):
            kind = "of the right kind" if acr in (at.one, at.two) else "of another kind"
            what = f"A login was {age} seconds ago, where {most} at the most are good, and {kind}"
            claims = at.claims(auth_time=at.now - age, acr=acr)
            at.will_not_do(claims, want(most, f"{at.one} {at.two}"), names, what)
