"""Ask for a token properly, and say little when you refuse.

What `bearer_token` and `refusal` promise to callers: those with a good token, those without, and those who try some.
"""

import re

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.jwt.compact import compact, hs256, key_pair, parts, rs256
from labsrv.labs.jwt.moves import HER_KEY, edited, signature_of, signed_by_mallory, signed_by_shop
from labsrv.labs.jwt.people import call, sees_orders_of, sign_in, storage

PLACE = 5
DECIDES = ("bearer_token", "refusal")

# Ways to write the scheme that are all the same (RFC 9110, 11.1).
SCHEMES = ("Bearer", "bearer", "BEARER")

# Headers that hold no Bearer token, although a good token stands in each.
OTHER_HEADERS = {
    "Basic": "Basic {}",
    "Token": "Token {}",
    "JWT": "JWT {}",
    "DPoP": "DPoP {}",
    "another word that begins alike": "Bearertoken {}",
    "another word that ends alike": "MyBearer {}",
    "the token alone": "{}",
    "no blank": "Bearer{}",
    "a colon": "Bearer: {}",
    "an equals sign": "Bearer={}",
    "two tokens": "Bearer {} {}",
    "two tokens and a comma": "Bearer {}, {}",
    "two headers in one": "Bearer {}, Bearer {}",
    "a second word": "Basic Bearer {}",
    "the word twice": "Bearer Bearer {}",
    "a parameter": "Bearer {}, realm=tea",
    "marks around it": 'Bearer "{}"',
    "brackets around it": "Bearer <{}>",
    "a tab": "Bearer\t{}",
    "a stray character": "Bearer {}!",
    "a stray character in front": "Bearer !{}",
    "an equals sign in front": "Bearer ={}",
    "an equals sign in the middle": "Bearer {}=a",
    "a letter that is no ASCII": "Bearer {}é",
}
# What no header can hold on its way here: your function is asked by itself.
ASKED_DIRECTLY = {
    "a line break at the end": "Bearer {}\n",
    "a line break for the blank": "Bearer\n{}",
    "a blank of another kind": "Bearer\u00a0{}",
    "a wide letter": "\uff22earer {}",
    "a digit of another script": "Bearer {}\u0663",
    "an equals sign alone": "Bearer =",
}
# Tokens of every kind of letter that there may be.
TOKENS = ("a", "Z9", "-._~+/", "a.b.c", "mF_9.B5f-4.1JqM", "YWxpY2U=", "YQ==", "0" * 3000, "Bearer", "undefined")


# Requests that bring no token at all.
WITHOUT = {
    "no header": None,
    "an empty header": "",
    "the word alone": "Bearer",
    "the word and a blank": "Bearer ",
    "a name and a password": "Basic YTpi",
}

# Tokens that are bad in different ways, made from a good one.
BAD = {
    "its time is over": lambda lab, token: signed_by_shop(token, exp=int(lab.clock.time()) - 1),
    "it is Mallory's": lambda lab, token: signed_by_mallory(lab),
    "it is not signed": lambda lab, token: compact(*edited(token)),
    "its signature is not ours": lambda lab, token: rs256(*parts(token), key_pair(HER_KEY)),
    "its payload was changed": lambda lab, token: (
        compact(*edited(token, scope="refunds:write"))[:-1] + "." + signature_of(token)
    ),
    "it asks for another algorithm": lambda lab, token: hs256({"alg": "HS256"} | parts(token)[0], parts(token)[1], b""),
    "it is of another kind": lambda lab, token: signed_by_shop(token, header={"typ": "JWT"}),
    "it is of another shop": lambda lab, token: signed_by_shop(token, iss="http://coffee.localhost"),
    "it has not begun": lambda lab, token: signed_by_shop(token, nbf=int(lab.clock.time()) + 600),
    "it has no end": lambda lab, token: signed_by_shop(token, without=("exp",)),
    "it names nobody": lambda lab, token: signed_by_shop(token, sub=7),
    "it is for others": lambda lab, token: signed_by_shop(token, aud="tea-club"),
    "its key is unknown": lambda lab, token: signed_by_shop(token, header={"kid": "../../etc/passwd"}),
    "its login is over": lambda lab, token: signed_by_shop(token, sid="no-such-login"),
    "it is none": lambda lab, token: "undefined",
}


# RFC 9110, 11.2 and 5.6: a scheme, and parameters with commas between them, each a word or a text in quotes.
PARAMETER = r'([\w!#$%&\'*+.^`|~-]+)[ \t]*=[ \t]*(?:([\w!#$%&\'*+.^`|~-]+)|"([^"\\]*)")'
CHALLENGE = re.compile(rf"Bearer(?: +{PARAMETER}(?:[ \t]*,[ \t]*{PARAMETER})*)?", re.ASCII | re.IGNORECASE)


def challenge(answer):
    """Return the parameters of an answer's Bearer challenge."""
    said = answer.headers.get("WWW-Authenticate")
    assert said, "The answer does not ask for a token: there is no `WWW-Authenticate`."
    assert said.split(" ")[0].lower() == "bearer", f"The answer does not ask for a Bearer token: it says {said!r}."
    assert CHALLENGE.fullmatch(said), f'{said!r} is no challenge: parameters are name="value", with commas between.'
    found = re.findall(PARAMETER, said.partition(" ")[2], re.ASCII)
    return {name.lower(): word or text for name, word, text in found}


def ask(browser, shop, authorization):
    """Ask for the orders with this header, or with none."""
    headers = {} if authorization is None else {"Authorization": authorization}
    return browser.fetch(shop.orders, headers=headers, from_=shop.url)


@pytest.fixture
def token(shop, alice):
    """Alice's access token."""
    sign_in(alice, shop)
    return storage(alice)["access_token"]


@promise()
def test_alice_sees_her_orders(shop, alice, bob):
    """Alice and Bob sign in, and each sees their own orders."""
    for person in (alice, bob):
        sign_in(person, shop)
        assert sees_orders_of(person, shop, person.person.name), f"{person.person.name} does not see any orders."


@promise()
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_scheme_has_no_case(shop, alice, token, scheme):
    """The word `Bearer` may be written in any case."""
    answer = ask(alice, shop, f"{scheme} {token}")

    assert answer.status == 200, f"A good token behind {scheme!r} was answered with {answer.status}."


@promise()
def test_a_token_is_read_as_it_is(decision):
    """Whatever letters a token has, it is read as it stands there."""
    for token in TOKENS:
        answer = decision.bearer_token(f"Bearer {token}")
        read = getattr(answer, "value", None)
        assert read == token, f"Behind `Bearer ` stood {token[:40]!r}, and you found {str(answer)[:40]}."


@promise()
def test_carol_gives_refunds(lab, shop, carol):
    """Carol, who works in the shop, has the scope for refunds."""
    sign_in(carol, shop)

    assert call(carol, shop.refunds, method="POST").status == 200, "Carol was refused, and it is her work."


@promise(
    points=2,
    after=test_alice_sees_her_orders,
    cwe=393,
    hints=[
        "What does your function return where there is no header? What does the shop do with that?",
        "Which status says *who are you?*, and which says *I know you, and no*?",
        "The rule (RFC 6750, 3.1): who brought nothing reads 401 and a challenge: `Bearer`, perhaps a realm, no error.",
    ],
)
@pytest.mark.parametrize("header", WITHOUT.values(), ids=WITHOUT)
def test_whoever_brings_nothing_is_asked(shop, browser, header):
    """A request without a token is answered with 401 and a Bearer challenge that names no error."""
    answer = ask(browser, shop, header)

    assert answer.status == 401, f"A request without a token was answered with {answer.status}."
    assert "error" not in challenge(answer), "Nothing was brought, and the answer speaks of an error in it."


@promise(
    points=2,
    after=test_alice_sees_her_orders,
    asvs="16.2.5",
    cwe=532,
    hints=[
        "Your function looks at the second word. What does it know of the first, and of a third?",
        "Could one pattern describe the whole header?",
        "The stub says what a token is made of. `re.fullmatch` wants all of a text to fit, `re.match` its beginning.",
    ],
)
def test_only_bearer_is_bearer(lab, shop, alice, decision, token):
    """A header that is not `Bearer` and one token holds no token, and no token gets into the log."""
    for row, header in (OTHER_HEADERS | ASKED_DIRECTLY).items():
        for value in (token, "a"):
            answer = decision.bearer_token(header.format(value, value))
            assert isinstance(answer, Answer), f"{row}: `bearer_token` raised {answer}"
            assert answer.value is None, f"{row}: in {header.format('…', '…')!r} you found {str(answer)[:40]}."
    for row in ("Basic", "Token", "two tokens", "a stray character"):
        header = OTHER_HEADERS[row]
        answer = ask(alice, shop, header.format(token, token))
        assert answer.status == 401, f"{row}: {header.format('…', '…')!r} was answered with {answer.status}."

    assert not [row for row in lab.db.log.find() if token in row["authorization"]], "The log shows Alice's token."


@promise(
    points=1,
    after=test_alice_sees_her_orders,
    cwe=393,
    hints=[
        "How many blanks may stand between the scheme and the token?",
        "The rule (RFC 9110, 11.4): one blank at least, and no most; only blanks, no tabs.",
    ],
)
def test_one_blank_or_more(shop, alice, token):
    """There may be more than one blank between the scheme and the token."""
    for blanks in (2, 3, 20):
        answer = ask(alice, shop, f"Bearer{' ' * blanks}{token}")
        assert answer.status == 200, f"A good token behind {blanks} blanks was answered with {answer.status}."


@promise(
    points=2,
    after=test_whoever_brings_nothing_is_asked,
    cwe=393,
    hints=[
        "A bad token is nobody's. Is that a matter of who, or of what one may do?",
        'The rule (RFC 6750, 3.1): a bad token is 401, with error="invalid_token" in the challenge, behind `Bearer `.',
    ],
)
def test_a_bad_token_is_said_to_be_bad(lab, shop, mallory, token):
    """A bad token is answered with 401 and the error `invalid_token`."""
    for row, make in BAD.items():
        answer = ask(mallory, shop, f"Bearer {make(lab, token)}")
        assert answer.status == 401, f"A bad token ({row}) was answered with {answer.status}."
        error = challenge(answer).get("error")
        assert error == "invalid_token", f"The challenge for a bad token ({row}) has the error {error!r}."


@promise(
    points=2,
    after=test_whoever_brings_nothing_is_asked,
    asvs="16.5.1",
    cwe=209,
    hints=[
        "Send two tokens that are wrong in different ways. In what do the answers differ?",
        "Who needs to know why, and where could they read it?",
    ],
)
def test_nobody_learns_why(lab, shop, mallory, token):
    """All bad tokens get the same answer, to the letter."""
    answers = {name: ask(mallory, shop, f"Bearer {make(lab, token)}") for name, make in BAD.items()}
    first = answers["it is none"]
    for name, answer in answers.items():
        said, told = (each.headers.get("WWW-Authenticate") for each in (answer, first))
        same = (answer.status, answer.body, said) == (first.status, first.body, told)
        assert same, f"Whoever sends a token of which {name!r} is true is told so."


@promise(
    points=2,
    after=test_whoever_brings_nothing_is_asked,
    asvs="8.2.1",
    cwe=393,
    hints=[
        "Alice's token is good, and refunds are not hers to give. Which status is that?",
        "How does her app learn which scope it would need?",
        "The rule (RFC 6750, 3.1): 403, and a challenge with two parameters, error and scope, a comma between them.",
    ],
)
def test_too_little_is_said_to_be_too_little(lab, shop, alice, token):
    """A good token without the scope is answered with 403, `insufficient_scope`, and the scope that is wanted."""
    answer = call(alice, shop.refunds, token, method="POST")

    assert answer.status == 403, f"A good token that does not suffice was answered with {answer.status}."
    said = challenge(answer)
    assert said.get("error") == "insufficient_scope", "The challenge does not say `insufficient_scope`."
    assert said.get("scope") == "refunds:write", (
        f"The scope that is wanted is refunds:write, not {said.get('scope')!r}."
    )
    assert not lab.db.refunds.count_documents({}), "Alice gave a refund."
