"""Say no to a request in words that its sender can do something with.

What `challenge_for` promises to whoever brings nothing, something, too little and enough: by itself, with drawn words,
and at the API's doors.
"""

import re

from labsrv.grading import Answer, promise
from labsrv.labs.sso.attacks import find_a_word_in_a_word
from labsrv.labs.sso.people import join_the_club, log_in, pay_of, raise_pay, see_pay
from labsrv.provider.outgoing import Outgoing

PLACE = 6
DECIDES = ("challenge_for",)

DOORS = [("GET", "/pay"), ("POST", "/pay"), ("GET", "/orders"), ("POST", "/orders")]
# RFC 6750, 3: %x20-21 / %x23-5B / %x5D-7E.
BETWEEN_QUOTES = re.compile(r"[ !#-\[\]-~]*")
CODES = {"error", "error_description", "error_uri"}

# What is no token, though the header is there.
NO_TOKEN = {
    "no header": {},
    "an empty header": {"Authorization": ""},
    "a scheme and no token": {"Authorization": "Bearer"},
    "a scheme and a blank": {"Authorization": "Bearer "},
    "another scheme": {"Authorization": "Basic YWxpY2U6dGVh"},
}

# What a token says that has the word: (the word, two others) → its scope.
ENOUGH = {
    "that word alone": lambda own, one, two: own,
    "that word first": lambda own, one, two: f"{own} {one} {two}",
    "that word in the middle": lambda own, one, two: f"{one} {own} {two}",
    "that word last": lambda own, one, two: f"{one} {two} {own}",
    "that word behind a longer one": lambda own, one, two: f"{own}{one} {own}",
    "that word behind a shorter one": lambda own, one, two: f"{own[:-1]} {own}",
    "that word twice": lambda own, one, two: f"{own} {one} {own}",
    "that word among many": lambda own, one, two: " ".join([*(f"{one}{each}" for each in range(40)), own, two]),
}
# Words as there are out there, and as there may be (RFC 6749, 3.3).
SHAPES = ["{}", "{}:{}", "{}.{}", "{}_{}", "https://{}.example/{}"]
ODD_SHAPES = ["{}*", "({}|{})", "$[{}]", "{}+{}", "{}?", "^{}"]

# What has the word in it, or nearly, and is another one: (the word, another one) → (what is needed, what it says).
NOT_IT = {
    "another word": lambda own, one: (own, one),
    "two other words": lambda own, one: (own, f"{one} {one}-2"),
    "more at its end": lambda own, one: (own, f"{own}2"),
    "more at its beginning": lambda own, one: (own, f"x{own}"),
    "it within a word": lambda own, one: (own, f"c{own}s"),
    "it within a word, among others": lambda own, one: (own, f"{one} c{own} {one}-2"),
    "its beginning": lambda own, one: (own, own[:-1]),
    "its end": lambda own, one: (own, own[1:]),
    "its first character": lambda own, one: (own, own[0]),
    "its two halves": lambda own, one: (own, f"{own[:4]} {own[4:]}"),
    "it in capitals": lambda own, one: (own, own.upper()),
    "it with a capital": lambda own, one: (own, own.capitalize()),
    "what is wanted in capitals": lambda own, one: (own.upper(), own),
    "it with more behind a colon": lambda own, one: (own, f"{own}:{one}"),
    "it with more before a colon": lambda own, one: (own, f"{one}:{own}"),
    "it with more behind a dot": lambda own, one: (own, f"{own}.{one}"),
    "it with more behind a hyphen": lambda own, one: (own, f"{own}-{one}"),
    "it with more behind a slash": lambda own, one: (own, f"{own}/{one}"),
    "the part before the colon": lambda own, one: (f"{own}:{one}", own),
    "the part behind the colon": lambda own, one: (f"{own}:{one}", one),
    "a word like it, where it has a dot": lambda own, one: (f"{own}.{one}", f"{own}x{one}"),
    "it and another one, with a comma": lambda own, one: (own, f"{own},{one}"),
    "another one and it, with a comma": lambda own, one: (own, f"{one},{own}"),
    "it and another one, with a plus": lambda own, one: (own, f"{own}+{one}"),
    "it and another one, with a semicolon": lambda own, one: (own, f"{own};{one}"),
    "it and a comma": lambda own, one: (own, f"{own}, {one}"),
    "it in quotes": lambda own, one: (own, f"'{own}'"),
    "it as a list in a text": lambda own, one: (own, f'["{own}"]'),
    "not it": lambda own, one: (own, f"!{own}"),
    "it backwards": lambda own, one: (own, own[::-1]),
    "its characters, one by one": lambda own, one: (own, " ".join(own)),
    "a star": lambda own, one: (own, "*"),
    "a pattern": lambda own, one: (own, ".*"),
    "a part of it, as a pattern": lambda own, one: (own, f"{own[:3]}*"),
    "wide letters": lambda own, one: (own, "".join(chr(ord(each) + 0xFEE0) for each in own)),
}

# What a token says that has no scope at all.
NOTHING = {
    "no scope": lambda own: {},
    "a scope that is null": lambda own: {"scope": None},
    "an empty scope": lambda own: {"scope": ""},
    "a blank": lambda own: {"scope": " "},
    "a list with the word": lambda own: {"scope": [own]},
    "a list with more": lambda own: {"scope": ["read", own]},
    "a list in a list": lambda own: {"scope": [[own]]},
    "an empty list": lambda own: {"scope": []},
    "an object with the word": lambda own: {"scope": {own: True}},
    "a number": lambda own: {"scope": 7},
    "zero": lambda own: {"scope": 0},
    "true": lambda own: {"scope": True},
    "false": lambda own: {"scope": False},
    "the word under another name": lambda own: {"scp": own, "scopes": own, "Scope": own},
    "the word among roles": lambda own: {"scope": "read-only", "roles": [own], "permissions": [own]},
    "the word as a claim": lambda own: {"scope": "read-only", own: True},
    "the word as everything else": lambda own: {"sub": own, "client_id": own, "aud": own, "jti": own},
}

# What makes its way from a token into a header, where somebody repeats it.
ODD_WORDS = [
    'say "yes"',
    'x", error="none',
    "a\\b",
    "line\r\nSet-Cookie: x=y",
    "tea\ttea",
    "thé",
    "茶",
    "\x00",
    "%0d%0a",
]


def says(decision, sent, claims, scope):
    """Return status and parameters that the function answers with, or None where a request goes on."""
    answer = decision.challenge_for(sent, claims, scope)
    assert isinstance(answer, Answer), f"`challenge_for` failed: {answer}"
    if answer.value is None:
        return None
    two = isinstance(answer.value, list | tuple) and len(answer.value) == 2
    assert two, f"`challenge_for` returned {answer.value!r:.80}: no status with parameters."
    status, said = answer.value
    assert type(status) is int, f"`challenge_for` returned {status!r:.40} for a status."
    texts = isinstance(said, dict) and all(isinstance(each, str) for each in said.values())
    assert texts, f"`challenge_for` returned {said!r:.80} for parameters: no texts by name."
    return status, said


def shown(said):
    """Return an answer as the API would give it, and no longer than one reads."""
    if said is None:
        return "that it goes on"
    return " ".join([str(said[0]), *(f"{name}={value!r}" for name, value in said[1].items())])[:160]


def at_the_door(lab, method, path, headers):
    """Return status and parameters that the API answers with."""
    if method == "POST":
        answer = Outgoing("mallory", lab).post_form(lab.url("api", path), {}, headers)
    else:
        answer = Outgoing("mallory", lab).send(method, lab.url("api", path), headers)
    challenges = [value for name, value in answer.headers if name.lower() == "www-authenticate"]
    assert answer.status < 500, f"{method} {path} of the API was answered with {answer.status}: nobody can read that."
    return answer.status, dict(re.findall(r'(\w+)="([^"]*)"', " ".join(challenges)))


def bearer(token):
    """Return the header that brings a token."""
    return {"Authorization": f"Bearer {token}"}


def is_told_of_the_scope(said, scope):
    """Tell whether this is 403, and the scope that would be needed."""
    return said is not None and said[0] == 403 and is_right(said[1], scope)


def is_right(parameters, scope):
    """Tell whether parameters say that a scope is missing, and which."""
    return parameters.get("error") == "insufficient_scope" and parameters.get("scope") == scope


def words(draw):
    """Return three drawn words such as scopes are, one of some shape."""
    own = draw.choice(SHAPES).format(draw.word(), draw.word())
    return own, draw.word(), draw.word()


@promise()
def test_people_do_what_they_may(lab, alice, bob):
    """Alice and Bob see their pay; Alice, who works in HR, changes Bob's."""
    for browser in (alice, bob):
        log_in(browser, lab.hr)
        page = see_pay(browser, lab.hr)
        seen = page.status == 200 and page.sees(bob.person.name.title())
        assert seen, f"{browser.name.title()} logged in at Tea HR, and the API for pay says no."

    raise_pay(alice, lab.hr, bob.person.name.title(), 2222)
    assert pay_of(lab, bob.person.name) == 2222, "Alice changed Bob's pay, and the API for pay says no."


@promise()
def test_who_has_the_scope_goes_on(decision, draw):
    """A request whose token has the word goes on, whichever words there are besides, and wherever it stands."""
    for shape in SHAPES:
        own, one, two = shape.format(draw.word(), draw.word()), draw.word(), draw.word()
        for row, scope in ENOUGH.items():
            said = says(decision, True, {"sub": draw.word(), "scope": scope(own, one, two)}, own)
            assert said is None, f"A token had {row}, {own!r}, and was answered with {shown(said)}."


@promise(
    points=2,
    after=test_people_do_what_they_may,
    asvs="8.2.1",
    cwe=306,
    hints=[
        "Somebody who knows no better asks without a token. Which status says: show me one?",
        "What has gone wrong so far, that there would be an error to tell of?",
        "Read the last paragraph of RFC 6750, 3.1.",
    ],
)
def test_who_sends_nothing_is_told_what_to_send(lab, decision, draw):
    """A request without a token gets 401, and no error: it has not made any."""
    for scope in (draw.word(), draw.word(), "read"):
        said = says(decision, False, None, scope)
        assert said and said[0] == 401, f"No token was sent, and the answer is {shown(said)}."
        assert not CODES & set(said[1]), f"No token was sent, and the answer tells of an error: {shown(said)}."

    for method, path in DOORS:
        for row, headers in NO_TOKEN.items():
            status, said = at_the_door(lab, method, path, headers)
            good = status == 401 and not CODES & set(said)
            assert good, f"{method} {path} came with {row}, and the API answered {shown((status, said))}."


@promise(
    points=2,
    after=test_people_do_what_they_may,
    asvs="8.2.1",
    cwe=287,
    hints=[
        "An application that reads 403 gives up; one that reads 401 fetches a new token. Which helps Alice?",
        "Which of the three error codes of RFC 6750, 3.1, is for a token that has ended?",
    ],
)
def test_who_sends_a_bad_one_is_told_that_it_is_bad(lab, decision, draw, alice):
    """A request with a token that is no good, whatever the reason, gets 401 and invalid_token."""
    for scope in (draw.word(), draw.word(), "read"):
        said = says(decision, True, None, scope)
        good = said and said[0] == 401 and said[1].get("error") == "invalid_token"
        assert good, f"A token that is no good was sent, and the answer is {shown(said)}."

    orders = join_the_club(alice, lab).get("access_token", "")
    log_in(alice, lab.hr)
    pay = lab.db.hr_sessions.find()[-1]["access_token"]
    assert at_the_door(lab, "GET", "/pay", bearer(pay))[0] == 200, "Alice's token is good, and the API for pay says no."
    lab.clock.advance(minutes=11)
    fresh = join_the_club(alice, lab).get("access_token", "")
    for row, path, token in [
        ("characters without a meaning", "/pay", draw.word()),
        ("half of a token", "/pay", pay[: len(pay) // 2]),
        ("one that has ended", "/pay", pay),
        ("one for orders that has ended", "/orders", orders),
        ("one for another API", "/pay", fresh),
    ]:
        for method in ("GET", "POST"):
            status, said = at_the_door(lab, method, path, bearer(token))
            good = status == 401 and said.get("error") == "invalid_token"
            assert good, f"{method} {path} came with {row}, and the API answered {shown((status, said))}."


@promise(
    points=2,
    after=test_who_has_the_scope_goes_on,
    asvs="10.3.2",
    cwe=863,
    hints=[
        "A good token that may not: would a new one like it help? Which status says so?",
        "How does an application know what to ask Alice for?",
        "Read RFC 6750, 3 and 3.1: `insufficient_scope`, and the attribute that goes with it.",
    ],
)
def test_who_may_not_is_told_what_it_takes(lab, decision, draw, alice):
    """A request whose token lacks the scope gets 403, insufficient_scope, and the scope that it needs."""
    for _ in range(10):
        own, one, two = words(draw)
        for scope in (one, f"{one} {two}"):
            said = says(decision, True, {"sub": draw.word(), "scope": scope}, own)
            assert is_told_of_the_scope(said, own), f"A token had {scope!r}, {own!r} was needed: {shown(said)}."

    token = join_the_club(alice, lab).get("access_token", "")
    before = len(lab.db.api_orders.find())
    assert at_the_door(lab, "GET", "/orders", bearer(token))[0] == 200, "Alice let the club read her orders, in vain."
    said = at_the_door(lab, "POST", "/orders", bearer(token))
    assert is_told_of_the_scope(said, "cancel"), f"The club may read orders, and wants to cancel one: {shown(said)}."
    assert len(lab.db.api_orders.find()) == before, "The club may read orders, and has cancelled one."


@promise(
    points=2,
    after=test_who_has_the_scope_goes_on,
    asvs="10.3.2",
    cwe=863,
    hints=[
        "`attacks.find_a_word_in_a_word(lab)`: in which word did the API find `edit`?",
        "What does `in` look for in a text, and what in a list of words?",
        "Read RFC 6749, 3.3: what is between two words, and what may be within one?",
    ],
)
def test_a_scope_is_a_whole_word(lab, decision, draw):
    """A word that has the wanted one in it, or is nearly the same, is another one."""
    for _ in range(2):
        own, one = draw.word(), draw.word()
        for row, spell in NOT_IT.items():
            needed, said = spell(own, one)
            answer = says(decision, True, {"sub": draw.word(), "scope": said}, needed)
            assert answer is not None, f"{needed!r} was needed, the token had {said!r} ({row}), and that was enough."
    for shape in ODD_SHAPES:
        own, one = shape.format(draw.word(), draw.word()), draw.word()
        answer = says(decision, True, {"sub": draw.word(), "scope": f"{one} {own}"}, own)
        assert answer is None, f"{own!r} was needed, the token had just that, and was answered with {shown(answer)}."

    outcome = find_a_word_in_a_word(lab)
    assert not outcome, f"Alice let the club ask for her credit: {outcome.story}"


@promise(
    points=1,
    after=test_who_may_not_is_told_what_it_takes,
    asvs="10.3.2",
    cwe=20,
    hints=[
        "A provider may give tokens without any scope. What do your lines do with one?",
        "What kind of value is `scope` in a token? What does `in` do with other kinds?",
    ],
)
def test_no_scope_is_no_permission(decision, draw):
    """A token without a scope, or with one that is no text, gets the same answer as one with too little."""
    own = draw.word()
    for row, make in NOTHING.items():
        claims = {"sub": draw.word(), "exp": 1_900_000_000} | make(own)
        said = says(decision, True, claims, own)
        assert is_told_of_the_scope(said, own), f"A token had {row}, and the answer is {shown(said)}."
    assert says(decision, True, {}, own) is not None, "A token said nothing at all, and the request went on."


@promise(
    points=1,
    after=test_who_may_not_is_told_what_it_takes,
    asvs="1.2.1",
    cwe=116,
    hints=[
        "Print the header that comes of your parameters. Where does each value end for whoever reads it?",
        "Which of your values come from somebody else?",
    ],
)
def test_its_words_can_stand_in_a_header(decision, draw):
    """Whatever the token says, each value has only signs that can stand between quotes in the header."""
    own = draw.word()
    asked = [(False, None), (True, None), *((True, {"sub": each, "scope": each, "jti": each}) for each in ODD_WORDS)]
    for sent, claims in asked:
        status, said = says(decision, sent, claims, own) or (None, {})
        assert status, f"A token had {claims!r}, {own!r} was needed, and that was enough."
        for name, value in said.items():
            sound = re.fullmatch(r"[a-z_]+", name) and BETWEEN_QUOTES.fullmatch(value)
            assert sound, f"{name}={value!r:.80} can't stand in a header between quotes."
