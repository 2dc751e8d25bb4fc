"""End the sessions of a login that has ended elsewhere.

What `end_sessions` promises, by tokens of the provider about logins of Alice's, of others, and of nobody. Those at the
same moment meet in the store, so that the race comes out the same in every run.
"""

from datetime import timedelta
from functools import partial

import pytest

from labsrv.grading import promise
from labsrv.kit.lessons.races import at_once, under_way
from labsrv.labs.sso.attacks import send_it_again, stay_in_after_the_provider_has_said_no
from labsrv.labs.sso.moves import last_logout_token, tell_the_shop
from labsrv.labs.sso.neighbours import house
from labsrv.labs.sso.people import is_logged_in, leave, log_in

PLACE = 10
DECIDES = ("end_sessions",)

EVENT = "http://schemas.openid.net/event/backchannel-logout"
LIFE = timedelta(minutes=2)
TAKEN, REFUSED = 200, 400

# How a token names a login, and how a person; None leaves a claim out, and NULL is null.
NULL = object()
BY_LOGIN = {
    "login and person": lambda sub, sid: {"sub": sub, "sid": sid},
    "a login and nobody": lambda sub, sid: {"sub": None, "sid": sid},
    "a login and an empty person": lambda sub, sid: {"sub": "", "sid": sid},
}
BY_PERSON = {
    "a person and no login": lambda sub, sid: {"sub": sub, "sid": None},
    "a person and an empty login": lambda sub, sid: {"sub": sub, "sid": ""},
    "a person and a login that is null": lambda sub, sid: {"sub": sub, "sid": NULL},
}

# What is nearly the same name, and another one.
NEARLY = {
    "more than it": lambda name: name + "2",
    "its beginning": lambda name: name[:-1],
    "its end": lambda name: name[1:],
    "it in capitals": lambda name: name.upper(),
    "it with a blank behind it": lambda name: name + " ",
    "it with a blank before it": lambda name: " " + name,
    "it with a line break behind it": lambda name: name + "\n",
    "it twice": lambda name: name * 2,
}

ODD_NUMBERS = {
    "with dots": "{}.of.{}",
    "with a dollar": "${}",
    "with blanks": "{} and {}",
    "with quotes": "\"{}'",
    "with letters of another alphabet": "чай-{}-é",
    "that is long": "{}-" + "x" * 2000,
}

# After which of its operations on the table of tokens a request is held.
LATER_LOOKS = {"held after its first look": 1, "held after its second look": 2, "held after its third look": 3}


@pytest.fixture
def at(lab, draw):
    """The shop's table of sessions, and tokens of the provider's."""
    return AtShop(lab, draw)


class AtShop:
    """Sessions at the shop, and tokens that the provider sends it. Whoever is named is drawn for this check."""

    def __init__(self, lab, draw):
        self.lab = lab
        self.draw = draw
        self.identity = house(lab)
        self.sub, self.sid = draw.word(), draw.word()

    def begin(self, **changes):
        """Let somebody be logged in; return which session that is."""
        known = {"iss": self.identity.issuer, "sub": self.sub, "sid": self.sid, "name": "Somebody"}
        tokens = {each: self.draw.word() for each in ("access_token", "refresh_token", "id_token")}
        row = {
            "_id": self.draw.word(),
            "until": self.lab.clock.now() + timedelta(hours=8),
            **known,
            **tokens,
            **changes,
        }
        self.lab.db.sessions.insert_one(row)
        return row["_id"]

    def alive(self):
        """Return which sessions have not ended."""
        now = self.lab.clock.now()
        return {row["_id"] for row in self.lab.db.sessions.find() if row["until"] > now}

    def token(self, **changes):
        """Return a good token; None leaves a claim out."""
        now = self.identity.now()
        good = {"iss": self.identity.issuer, "aud": "tea-shop", "iat": now, "exp": now + LIFE, "events": {EVENT: {}}}
        claims = good | {"jti": self.draw.word(), "sub": self.sub, "sid": self.sid} | changes
        sent = {name: None if each is NULL else each for name, each in claims.items() if each is not None}
        return self.identity.sign("logout_token", "logout+jwt", sent, self.draw.choice(["RS256", "ES256"]))

    def tell(self, token, what):
        """Send the shop a token, and return whether it was taken."""
        status = tell_the_shop(self.lab, token)
        assert status in (TAKEN, REFUSED), f"{what} was answered with {status}: neither taken nor refused."
        return status == TAKEN

    def ends(self, token, what, mine, others):
        """Check that a token is taken, and ends these sessions, and no others that are in the table."""
        assert self.tell(token, what), f"{what} was refused."
        left = self.alive()
        stayed = len(left & set(mine.values()))
        assert not stayed, f"{what} came, and {stayed} of {len(mine)} sessions that should have ended are still there."
        for which, session in others.items():
            assert session in left, f"{what} came, and a session ended that is not of that login: {which}."

    def clear(self):
        """Have nobody logged in."""
        self.lab.db.sessions.delete_many({})


@promise()
def test_who_leaves_elsewhere_is_out_here(lab, shop, alice, bob):
    """Alice leaves at Tea HR, and is logged out of the shop; she logs in again, and stays. Bob has never left."""
    log_in(bob, shop)
    for _ in range(2):
        log_in(alice, shop)
        assert is_logged_in(alice, shop), "Alice logged in at the shop, and is not let in."
        log_in(alice, lab.hr)
        leave(alice, lab.hr)
        assert not is_logged_in(alice, shop), "Alice left at Tea HR, the provider told the shop, and she is in there."
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "Alice logged in after she had left, and is not let in."
    assert is_logged_in(bob, shop), "Alice left, and Bob is logged out."


@promise()
def test_the_provider_hears_that_it_is_done(at, lab, shop, alice):
    """The provider hears that the shop has done what it was told."""
    log_in(alice, shop)
    log_in(alice, lab.hr)
    leave(alice, lab.hr)
    (notice,) = lab.db.idp_notices.find({"client_id": "tea-shop"})
    assert notice["status"] == TAKEN, f"The provider told the shop that Alice has left, and heard {notice['status']}."

    mine = {"the session": at.begin()}
    at.ends(at.token(), "A token about one session", mine, {})


@promise(
    points=2,
    after=test_who_leaves_elsewhere_is_out_here,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "`attacks.stay_in_after_the_provider_has_said_no(lab)`: what does that token name, and what does it not?",
        "Alice has a phone, where she logged in by herself. What has it in common with her laptop, and what not?",
        "Look at three rows of `sessions` in which she is: by which filter do you find the two of one login?",
    ],
)
def test_a_token_with_a_login_ends_that_login(at, lab, shop, alice):
    """A token that names a login ends all sessions of this login, and none of the same person's others."""
    for what, named in BY_LOGIN.items():
        mine = {"one": at.begin(), "another": at.begin(), "a third": at.begin()}
        others = {"her phone's": at.begin(sid=at.draw.word()), "one of a login without a name": at.begin(sid=None)}
        at.ends(at.token(**named(at.sub, at.sid)), f"A token that names {what}", mine, others)

    phone = lab.browser("phone")
    phone.person = alice.person
    for browser in (phone, alice):
        log_in(browser, shop)
    log_in(alice, lab.hr)
    leave(alice, lab.hr)
    assert is_logged_in(phone, shop), "Alice left at her laptop, and her phone, which is another login, is out as well."
    outcome = stay_in_after_the_provider_has_said_no(lab)
    assert not outcome, f"A token named Mallory's login, and nobody: {outcome.story}"


@promise(
    points=2,
    after=test_who_leaves_elsewhere_is_out_here,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "A provider closes an account: the token has a `sub` and no `sid`. How many sessions may that be?",
        "What does a filter with None in it find? And one with an empty text?",
    ],
)
def test_a_token_without_a_login_ends_all_of_somebodys(at):
    """A token that names a person and no login ends all their sessions, whatever login they are of."""
    for what, named in BY_PERSON.items():
        mine = {
            "laptop": at.begin(),
            "phone": at.begin(sid=at.draw.word()),
            "tablet": at.begin(sid=at.draw.word()),
            "nameless": at.begin(sid=None),
        }
        others = {"somebody else's": at.begin(sub=at.draw.word(), sid=at.draw.word())}
        others |= {"somebody else's, without a name": at.begin(sub=at.draw.word(), sid=None)}
        at.ends(at.token(**named(at.sub, at.sid)), f"A token that names {what}", mine, others)


@promise(
    points=2,
    after=test_who_leaves_elsewhere_is_out_here,
    asvs="7.4.1",
    cwe=863,
    hints=[
        "Another provider may have a person by the same `sub`, and a login by the same `sid`. Who is that?",
        "Compare whole names: one that begins like another is another one.",
    ],
)
def test_nobody_elses_session_ends(at):
    """A token ends no session of anybody else, be it one of another issuer by the same name, or of a similar name."""
    issuers = {each: spell(at.identity.issuer) for each, spell in NEARLY.items()} | {
        "Fakebook": at.lab.url("social", "")
    }
    by_issuer = {f"one of another issuer ({each})": {"iss": iss} for each, iss in issuers.items()}
    other_logins = {f"one of a login whose name is {each}": {"sid": spell(at.sid)} for each, spell in NEARLY.items()}
    people = {f"one of somebody whose name is {each}": {"sub": spell(at.sub)} for each, spell in NEARLY.items()}
    people = {which: row | {"sid": at.draw.choice([None, at.draw.word()])} for which, row in people.items()}
    crossed = {"one whose login is called like the person": {"sub": at.draw.word(), "sid": at.sub}}
    crossed |= {"one of somebody who is called like the login": {"sub": at.sid, "sid": at.draw.word()}}
    for forms, rows in (
        (BY_LOGIN, {**by_issuer, **other_logins, **people, **crossed}),
        (BY_PERSON, {**by_issuer, **people, **crossed}),
    ):
        for what, named in forms.items():
            at.clear()
            shuffled = at.draw.sample([*rows], len(rows))
            others = {which: at.begin(**rows[which]) for which in shuffled[: len(rows) // 2]}
            mine = {"hers": at.begin()}
            others |= {which: at.begin(**rows[which]) for which in shuffled[len(rows) // 2 :]}
            at.ends(at.token(**named(at.sub, at.sid)), f"A token that names {what}", mine, others)


@promise(
    points=2,
    after=test_who_leaves_elsewhere_is_out_here,
    asvs="10.5.5",
    cwe=294,
    hints=[
        "`attacks.send_it_again(lab)`: what does the shop know of a token that it has taken?",
        "Where is what you write down after the shop has been restarted? `used` is a table.",
        "By which claim is a token known again, whatever else it says? Put it into a table twice: what does that say?",
    ],
)
def test_a_token_counts_once(at, lab, shop, alice, restart_shop):
    """A token that came before is refused and ends nothing, also later, after a restart, or with other words in it."""
    for what, named in (BY_LOGIN | BY_PERSON).items():
        jti = at.draw.word()
        token = at.token(jti=jti, **named(at.sub, at.sid))
        at.ends(token, f"A token that names {what}", {"hers": at.begin()}, {})
        lab.clock.advance(seconds=at.draw.randint(70, 110))
        again, another, hers = at.begin(), at.draw.word(), at.draw.word()
        somebodys = at.begin(sub=another, sid=hers)
        for how, sent in {
            "a second time": token,
            "with another date": at.token(jti=jti, **named(at.sub, at.sid)),
            "about somebody else": at.token(jti=jti, **named(another, hers)),
        }.items():
            taken = at.tell(sent, f"A token that came {how}")
            assert {again, somebodys} <= at.alive(), f"A token that named {what} came {how}, and ended a session."
            assert not taken, f"A token that named {what} came {how}, and was taken."
        at.clear()

    log_in(alice, shop)
    leave(alice, shop)
    token = last_logout_token(lab)
    restart_shop()
    assert not at.tell(token, "An old token"), (
        "A token that came before the shop was restarted came again, and was taken."
    )
    outcome = send_it_again(lab)
    assert not outcome, f"Mallory sent a token of Alice's again: {outcome.story}"


@promise(
    points=2,
    after=test_a_token_counts_once,
    asvs="10.5.5",
    cwe=367,
    hints=[
        "The same token comes twice at the same moment. What does each of the two read, before either writes?",
        "Which operation of a table says no to the second of two, whatever happened in between?",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
def test_also_at_the_same_moment(at, lab, two_processes):
    """Of several copies of a token at the same moment, or while one is under way, one is taken, and not more."""
    for _ in range(2):
        hers = at.begin()
        assert at.tell(at.token(), "A token") and hers not in at.alive(), "A token came by itself, and was not taken."

    for many in (2, 6):
        hers, token = at.begin(), at.token()
        taken = sum(at_once(lab, "logout_tokens", *[partial(at.tell, token, "A token")] * many))
        assert taken == 1, f"Of {many} copies of a token at the same moment, {taken} were taken."
        assert hers not in at.alive(), f"{many} copies of a token came at the same moment, and no session ended."

    for held, look in LATER_LOOKS.items():
        hers, token, slow = at.begin(), at.token(), []
        tell = partial(at.tell, token, "A token")
        with under_way(lab, lambda: slow.append(tell()), table="logout_tokens", look=look):  # noqa: B023
            quick = tell()
            left, again = at.alive(), at.begin()
        assert sum(slow) + quick == 1, f"Of two copies of a token, one of them {held}, {sum(slow) + quick} were taken."
        assert hers not in at.alive(), f"Two copies of a token came, one of them {held}, and no session ended."
        late = quick and hers not in left and again not in at.alive()
        assert not late, f"A token was taken; another copy of it, {held}, was refused, and has ended a later session."


@promise(
    points=1,
    after=test_a_token_counts_once,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "The first token about Alice was taken. Is the second one the same, or one that is only like it?",
        "What makes a token another one: whom it is about, when it was made, or its number? All of its number?",
    ],
)
def test_another_number_is_another_token(at):
    """A token with another number is another one, whatever else is the same, and however similar the number."""
    jti, now = at.draw.word(), at.identity.now()
    other = {f"that is {each}": spell(jti) for each, spell in NEARLY.items()}
    odd = {each: form.format(jti, at.draw.word()) for each, form in ODD_NUMBERS.items()}
    at.ends(at.token(jti=jti, iat=now), "A token", {"hers": at.begin()}, {})
    for which, number in (other | odd).items():
        named = at.draw.choice([*(BY_LOGIN | BY_PERSON).values()])(at.sub, at.sid)
        what = f"After a token with one number, a token with another one, {which}"
        at.ends(at.token(jti=number, iat=now, **named), what, {"hers": at.begin()}, {})


@promise(
    points=1,
    after=test_who_leaves_elsewhere_is_out_here,
    asvs="7.4.1",
    cwe=755,
    hints=[
        "Alice has logged out of the shop before, and now she leaves the provider. What does the shop find?",
        "What should the provider hear: that something went wrong, or that the login is over?",
    ],
)
def test_a_login_that_the_shop_does_not_know_is_over(at):
    """A token about a login that the shop does not know is taken, ends nothing, and does not come again either."""
    for what, named in (BY_LOGIN | BY_PERSON).items():
        others = {
            "Bob's": at.begin(sub=at.draw.word(), sid=at.draw.word()),
            "a nameless one": at.begin(sub="-", sid=None),
        }
        if what in BY_LOGIN:
            others["of another login of the same person"] = at.begin(sid=at.draw.word())
        token = at.token(**named(at.sub, at.sid))
        at.ends(token, f"A token about nobody who is here ({what})", {}, others)
        hers = at.begin()
        taken = at.tell(token, "A token that found nobody the first time")
        assert hers in at.alive() and not taken, "A token found nobody, came again, and was taken."
        at.clear()
