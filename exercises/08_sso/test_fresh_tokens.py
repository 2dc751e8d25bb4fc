"""Let a refresh token be used once, and notice when it comes twice.

What `rotate_refresh_token` promises of tokens that were used, stolen, grown old, or given to somebody else, and
`narrowed_scope` of what is asked for. Families of tokens are drawn: each begins with a login of Alice's at the shop.
"""

import base64
import json
from datetime import timedelta
from functools import partial

import pytest

from labsrv.grading import Answer, promise
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.lessons.races import at_once, under_way
from labsrv.labs.sso.attacks import ask_for_more_at_a_refresh, use_the_shops_old_token
from labsrv.labs.sso.names import CLIENT_SECRETS
from labsrv.labs.sso.people import is_logged_in, join_the_club, log_in
from labsrv.provider.outgoing import Outgoing

PLACE = 4
DECIDES = ("rotate_refresh_token", "narrowed_scope")

LIFE = timedelta(days=30)

# How long after its first use a token comes again.
AGAIN = {
    "at once": timedelta(),
    "after three seconds": timedelta(seconds=3),
    "after half a minute, and a restart": timedelta(seconds=30),
    "after eleven minutes": timedelta(minutes=11),
    "after a day": timedelta(days=1),
    "after four weeks": timedelta(weeks=4),
}

TOO_LATE = {
    "a second": timedelta(seconds=1),
    "a minute": timedelta(minutes=1),
    "an hour, to the minute": timedelta(hours=1),
    "a day, but for some minutes": timedelta(days=1, minutes=-5),
    "a day, to the minute": timedelta(days=1),
    "a month": timedelta(days=30),
    "a year": timedelta(days=365),
}

# To whom else a token may have been given.
OTHER_CLIENTS = {
    "Tea HR": "tea-hr",
    "the tea club": "tea-club",
    "a client whose name begins with the shop's": "tea-shop-2",
    "a client whose name is the beginning of the shop's": "tea",
    "a client with the shop's name in capitals": "TEA-SHOP",
    "a client without a name": "",
}
KINDS = {"an access token": "access", "a code": "code", "one of a kind that begins like ours": "refresh-2", "none": ""}

# What is no token of the table's, though it looks like one.
UNKNOWN = {
    "its fingerprint": lambda token: fingerprint(token),
    "its beginning": lambda token: token[:-1],
    "it with one character more": lambda token: token + "A",
    "it in other letters": str.swapcase,
    "it with a blank": lambda token: token + " ",
    "it with a line break": lambda token: token + "\n",
    "it backwards": lambda token: token[::-1],
    "a filter": lambda token: '{"$ne": null}',
    "another one": lambda token: "made-up-by-mallory",
    "a very long one": lambda token: "x" * 3000,
}

# Asked for less: (of three words) → what is asked for. All are granted.
LESS = {
    "nothing": lambda one, two, three: None,
    "one word": lambda one, two, three: one,
    "the last word": lambda one, two, three: three,
    "two words": lambda one, two, three: f"{one} {two}",
    "two words the other way round": lambda one, two, three: f"{three} {one}",
    "all of them": lambda one, two, three: f"{one} {two} {three}",
    "all of them in another order": lambda one, two, three: f"{three} {one} {two}",
}

# Asked for more: (a word that was granted, another one that was, one that was not) → what is asked for.
MORE = {
    "another word": lambda one, two, new: new,
    "another word as well": lambda one, two, new: f"{one} {new}",
    "another word before": lambda one, two, new: f"{new} {one}",
    "all, and another word": lambda one, two, new: f"{one} {two} {new}",
    "all, another word in the middle": lambda one, two, new: f"{one} {new} {two}",
    "the beginning of a word": lambda one, two, new: one[:-1],
    "the end of a word": lambda one, two, new: one[1:],
    "a word and the beginning of one": lambda one, two, new: f"{one} {two[:-1]}",
    "more than a word": lambda one, two, new: f"{one}2",
    "more before a word": lambda one, two, new: f"x{one}",
    "a word with a colon": lambda one, two, new: f"{one}:{new}",
    "a word with a dot": lambda one, two, new: f"{one} {two}.all",
    "a word in capitals": lambda one, two, new: one.upper(),
    "two words with a comma": lambda one, two, new: f"{one},{two}",
    "two words with a plus": lambda one, two, new: f"{one}+{two}",
    "two words in one": lambda one, two, new: one + two,
    "a word's characters": lambda one, two, new: " ".join(one),
    "a star": lambda one, two, new: "*",
    "a pattern": lambda one, two, new: ".*",
    "a word backwards": lambda one, two, new: one[::-1],
}


def bring(lab, token, client_id="tea-shop", **more):
    """Bring a refresh token, as one of the clients; return the provider's answer."""
    known = {"client_id": client_id, "client_secret": CLIENT_SECRETS[client_id]}
    asked, headers = {"grant_type": "refresh_token", "refresh_token": token, **more}, {}
    if client_id == "tea-club":
        asked |= known
    else:
        headers["Authorization"] = f"Basic {base64.b64encode(':'.join(known.values()).encode()).decode()}"
    return Outgoing(client_id, lab).post_form(lab.url("idp", "/token"), asked, headers)


def refresh(lab, token, client_id="tea-shop", **more):
    """Return what the provider gives a client for a refresh token; where it refuses, that has no tokens."""
    answer = bring(lab, token, client_id, **more)
    assert answer.status < 500, "A refresh token was brought, and the provider broke: that is neither a yes nor a no."
    return json.loads(answer.body)


def works(lab, token, client_id="tea-shop"):
    """Tell whether a client gets fresh tokens for a refresh token."""
    return "access_token" in refresh(lab, token, client_id)


def tokens_of(answer, when):
    """Check that there are fresh tokens, and return them."""
    fresh = isinstance(answer.get("access_token"), str) and isinstance(answer.get("refresh_token"), str)
    assert fresh, f"The shop brought Alice's refresh token {when}, and got no fresh ones ({answer.get('error')})."
    return answer


def opens(lab, token):
    """Tell whether an access token of the shop's opens what the provider says of Alice."""
    bearer = {"Authorization": f"Bearer {token}"}
    return Outgoing("shop", lab).send("GET", lab.url("idp", "/userinfo"), bearer).status == 200


def row_of(lab, token):
    """Return what the provider has written down of a token."""
    return lab.db.idp_tokens.find_one({"_id": fingerprint(token)})


class Families:
    """Logins of Alice's at the shop, as many as a check needs: each has a grant and a refresh token of its own."""

    def __init__(self, lab, draw):
        self.lab = lab
        self.draw = draw
        log_in(lab.alice, lab.shop)
        first = lab.db.sessions.find()[-1]["refresh_token"]
        self.row = row_of(lab, first)
        self.login = lab.db.idp_grants.find_one({"_id": self.row["grant"]})

    def begin(self, *, age=timedelta(), **changes):
        """Return the refresh token of a new login, so old by now, with a row that is like others but for this."""
        until = self.lab.clock.now() + LIFE - age
        token, grant = self.draw.randbytes(32).hex(), self.draw.word()
        self.lab.db.idp_grants.insert_one(self.login | {"_id": grant, "until": changes.pop("grant_until", until)})
        self.lab.db.idp_tokens.insert_one(
            self.row | {"_id": fingerprint(token), "grant": grant, "until": until} | changes
        )
        return token

    def lives(self, token):
        """Tell whether the login of a token goes on."""
        return self.lab.db.idp_grants.find_one({"_id": row_of(self.lab, token)["grant"]}) is not None


@pytest.fixture
def families(lab, draw):
    """Logins of Alice's at the shop."""
    return Families(lab, draw)


@promise()
def test_people_log_in_at_both(lab, alice, bob):
    """Alice and Bob log in at the shop and at Tea HR."""
    for browser in (alice, bob):
        for name, site in {"the shop": lab.shop, "Tea HR": lab.hr}.items():
            log_in(browser, site)
            assert is_logged_in(browser, site), f"{browser.name.title()} logged in at {name}, and is not let in."


@promise()
def test_fresh_tokens_come_for_thirty_days(lab, families, bob):
    """The shop gets fresh tokens for Alice's refresh token, for that one others, and so on to the thirtieth day."""
    first = lab.db.sessions.find()[-1]["refresh_token"]
    log_in(bob, lab.shop)
    bobs = lab.db.sessions.find()[-1]["refresh_token"]
    answer, other = {"refresh_token": first}, families.begin()
    for when, wait in {
        "at once": {},
        "a minute later": {"minutes": 1},
        "ten days later": {"days": 10},
        "on the thirtieth day": {"days": 19, "hours": 23, "minutes": 58},
    }.items():
        lab.clock.advance(**wait)
        answer = tokens_of(refresh(lab, answer["refresh_token"]), when)
        assert opens(lab, answer["access_token"]), "The fresh access token opens nothing."
    tokens_of(refresh(lab, other), "of her phone on the thirtieth day")
    tokens_of(refresh(lab, bobs), "on the thirtieth day (Bob's)")


@promise()
def test_less_may_be_asked_for(lab, decision, draw, families):
    """Whoever asks for less gets that, and whoever does not ask gets all, also the next time."""
    for _ in range(3):
        words = [draw.word() for _ in range(3)]
        granted = " ".join(words)
        for row, spell in LESS.items():
            asked = spell(*words)
            answer = decision.narrowed_scope(granted, asked)
            assert isinstance(answer, Answer), f"`narrowed_scope` failed: {answer}"
            right = isinstance(answer.value, str) and set(answer.value.split(" ")) == set((asked or granted).split(" "))
            assert right, f"{granted!r} was granted, {asked!r} is asked for ({row}), and it is {answer.value!r:.80}."

    less = tokens_of(refresh(lab, families.begin(), scope="openid email"), "for a part of the scope")
    assert set(less["scope"].split()) == {"openid", "email"}, f"A part was asked for, and {less['scope']!r} was given."
    more = tokens_of(refresh(lab, less["refresh_token"]), "after that for all of it")
    assert set(more["scope"].split()) == set(families.login["scope"].split()), "All was asked for, after a part."


@promise(
    points=2,
    after=test_fresh_tokens_come_for_thirty_days,
    asvs="10.4.5",
    cwe=294,
    hints=[
        "`attacks.use_the_shops_old_token(lab)`: what does the table say of a token after it was used?",
        "How does your function know a token that was used before, when it comes again tomorrow, in another process?",
    ],
)
def test_it_is_used_once(lab, families, restart_shop):
    """A refresh token that was used gives nothing more: not at once, not days later, not after a restart."""
    used = []
    for row, later in AGAIN.items():
        token = families.begin()
        tokens_of(refresh(lab, token), "for the first time")
        used.append((lab.clock.now() + later, row, token))
    for moment, row, token in used:
        lab.clock.advance(seconds=max(0, (moment - lab.clock.now()).total_seconds()))
        if "restart" in row:
            restart_shop()
        assert not works(lab, token), f"A refresh token was used, and again {row}; it gave fresh tokens both times."


@promise(
    points=2,
    after=test_it_is_used_once,
    asvs="10.4.5",
    cwe=613,
    hints=[
        "One of two has a stolen token, and nobody knows who. Which of the tokens that they have should still work?",
        "What is `end_grant` for, and what does it want to be told?",
        "Read RFC 9700, 4.14.2, on refresh token rotation.",
    ],
)
def test_twice_is_the_end_of_all_of_it(lab, families):
    """When a used token comes again, whatever came of that login ends, and nothing else does."""
    outcome = use_the_shops_old_token(lab)
    assert not outcome, f"Mallory brought a token that the shop had used: {outcome.story}"

    for many in (1, 3):
        for stolen in range(many):
            line, other = [{"refresh_token": families.begin()}], families.begin()
            for _ in range(many):
                lab.clock.advance(minutes=2)
                line.append(tokens_of(refresh(lab, line[-1]["refresh_token"]), "like every day"))
            said = f"Of {many + 1} tokens of one login, the newest unused, number {stolen + 1} came again"
            assert not works(lab, line[stolen]["refresh_token"]), f"{said}, and gave fresh tokens."
            assert not opens(lab, line[-1]["access_token"]), f"{said}, and the access token works all the same."
            assert not works(lab, line[-1]["refresh_token"]), f"{said}, and the newest one works all the same."
            tokens_of(refresh(lab, other), "of another login, after one of this had come twice")


@promise(
    points=2,
    after=test_it_is_used_once,
    asvs="10.4.5",
    cwe=367,
    hints=[
        "Two come with one token at the same moment. What does each of them read, before either writes?",
        "Which operation of the table changes a row and tells how it was? Read labsrv/kit/store/collection.py.",
        "The provider runs in two processes here, as providers do: a lock holds in one of them only.",
    ],
)
def test_also_at_the_same_moment(lab, families, two_processes):
    """Of several who bring one token at the same moment, or while another is under way, one gets tokens at the most."""
    for _ in range(2):
        tokens_of(refresh(lab, families.begin()), "alone")

    for many in (2, 8):
        token = families.begin()
        got = fresh_in(at_once(lab, "idp_tokens", *[partial(bring, lab, token)] * many))
        assert got <= 1, f"{many} came with one refresh token at the same moment, and {got} got fresh ones."

    for look in (1, 2, 3, 4):
        got = fresh_in(while_under_way(lab, families.begin(), look))
        assert got <= 1, (
            f"Of two with one token, one was held after operation {look} on the table; both got fresh ones."
        )


def while_under_way(lab, token, look):
    """Bring a token while it is being brought already; return both answers."""
    answers = []
    with under_way(lab, lambda: answers.append(bring(lab, token)), table="idp_tokens", look=look):
        answers.append(bring(lab, token))
    return answers


def fresh_in(answers):
    """Return how many answers have tokens; each has to be a yes or a no."""
    assert all(each.status in (200, 400) for each in answers), "Two came at the same moment, and the provider broke."
    return sum(each.status == 200 for each in answers)


@promise(
    points=1,
    after=test_fresh_tokens_come_for_thirty_days,
    asvs="10.4.8",
    cwe=613,
    hints=[
        "Which part of the row says when the login is over? Whoever wrote it has thought of all uses to come.",
        "Compare whole moments: parts of a time come round again.",
    ],
)
def test_its_end_stays_where_it_is(lab, families):
    """A token whose `until` has come gives nothing, and using a token puts no end off."""
    for row, since in TOO_LATE.items():
        token = families.begin(grant_until=lab.clock.now() + LIFE)
        lab.db.idp_tokens.update_one({"_id": fingerprint(token)}, {"$set": {"until": lab.clock.now() - since}})
        assert not works(lab, token), f"A refresh token whose time was over for {row} gave fresh ones."

    token = families.begin(age=timedelta(days=20))
    ends = {row["_id"]: row["until"] for row in lab.db.idp_tokens.find()}
    for days in (3, 3, 3):
        lab.clock.advance(days=days)
        token = tokens_of(refresh(lab, token), f"{days} days later")["refresh_token"]
        moved = [each for each, until in ends.items() if (row_at(lab, each) or {"until": until})["until"] != until]
        assert not moved, "A refresh token was used, and the end of one has moved."
    lab.clock.advance(days=1, seconds=5)
    assert not works(lab, token), "Thirty days after the login, a token that was used every three days still works."


def row_at(lab, name):
    """Return what the provider has written down under a fingerprint."""
    return lab.db.idp_tokens.find_one({"_id": name})


@promise(
    points=2,
    after=test_fresh_tokens_come_for_thirty_days,
    asvs="10.4.5",
    cwe=863,
    hints=[
        "Mallory's club has a secret of its own. What does it get for a token that was given to the shop?",
        "And what becomes of that token, and of Alice's login, when the club has brought it?",
        "Which parts of a row can stand in the filter of an operation?",
    ],
)
def test_another_clients_is_left_alone(lab, families, alice):
    """A token that was given to another client gives nothing, is not used up by that, and ends nothing."""
    own = join_the_club(alice, lab)
    assert works(lab, own.get("refresh_token", ""), "tea-club"), (
        "The club brought its own token, and got no fresh ones."
    )
    used = families.begin()
    newest = tokens_of(refresh(lab, used), "for the first time")["refresh_token"]
    for row, token in {"was given to the shop": newest, "the shop had used": used}.items():
        assert not works(lab, token, "tea-club"), f"The club brought a refresh token that {row}, and got fresh ones."
    tokens_of(refresh(lab, newest), "after the club had tried it")

    for who, client_id in OTHER_CLIENTS.items():
        for state in ({}, {"used": True}):
            token = families.begin(client_id=client_id, **state)
            before = row_of(lab, token)
            assert not works(lab, token), f"The shop brought a refresh token of {who}, and got fresh ones."
            assert row_of(lab, token) == before, f"The shop brought a refresh token of {who}, and its row is another."
            assert families.lives(token), f"The shop brought a refresh token of {who}, and its login has ended."


@promise(
    points=1,
    after=test_fresh_tokens_come_for_thirty_days,
    asvs="10.4.5",
    cwe=345,
    hints=[
        "The table has access tokens as well. What would somebody do who has seen one of them?",
        "Which part of the row says what a token is for?",
    ],
)
def test_it_is_a_refresh_token(lab, families):
    """What is no refresh token, or none that was ever given, gives nothing, and stays as it was."""
    access = tokens_of(refresh(lab, families.begin()), "for the first time")["access_token"]
    before = row_of(lab, access)
    assert not works(lab, access), "An access token was brought as a refresh token, and gave fresh ones."
    assert row_of(lab, access) == before, "An access token was brought as a refresh token, and its row is another."
    assert opens(lab, access), "An access token was brought as a refresh token, and opens nothing any more."

    for row, kind in KINDS.items():
        token = families.begin(kind=kind)
        before = row_of(lab, token)
        assert not works(lab, token), f"A token of another kind ({row}) was brought, and gave fresh ones."
        left = row_of(lab, token) == before and families.lives(token)
        assert left, f"A token of another kind ({row}) was brought, and is not left as it was."

    token = families.begin()
    for row, spell in UNKNOWN.items():
        assert not works(lab, spell(token)), f"In the place of a refresh token came {row}, and gave fresh ones."
    tokens_of(refresh(lab, token), "after others that are like it")


@promise(
    points=2,
    after=test_less_may_be_asked_for,
    asvs="10.4.11",
    cwe=269,
    hints=[
        "`attacks.ask_for_more_at_a_refresh(lab)`: who was asked whether the club may cancel?",
        "What is a scope made of? Does it matter in which order its parts are asked for?",
        "Read RFC 6749, 6, on `scope`.",
    ],
)
def test_a_scope_never_grows(lab, decision, draw):
    """Whoever asks for any word that was not granted gets nothing, however similar it is."""
    for _ in range(3):
        one, two, new = draw.word(), draw.word(), draw.word()
        for row, spell in MORE.items():
            asked = spell(one, two, new)
            answer = decision.narrowed_scope(f"{one} {two}", asked)
            assert isinstance(answer, Answer), f"`narrowed_scope` failed: {answer}"
            said = f"{one} {two} was granted, and {asked!r} is asked for ({row}): it is {answer.value!r:.80}."
            assert answer.value is None, said

    outcome = ask_for_more_at_a_refresh(lab)
    assert not outcome, f"The club may read Alice's orders, and asks for `cancel`: {outcome.story}"
