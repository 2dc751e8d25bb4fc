"""Begin a login so that its end can be told.

What `new_transaction` promises: by many rows, by the system's generator, and by what Mallory reads in a log. And
`authorization_request`: by what arrives at the provider.
"""

import base64
import hashlib
import math
import re
from datetime import UTC, datetime, timedelta
from itertools import permutations, product

from labsrv.grading import Answer, promise
from labsrv.labs.oidc.moves import go_as_far_as_the_answer, last_url, leak_a_code, parameters, redeem, whose
from labsrv.labs.oidc.people import account_of, door, is_logged_in, link, log_in, log_out, pass_the_provider, show_again

PLACE = 2
DECIDES = ("new_transaction", "authorization_request")

SECRETS = {"_id": "state", "nonce": "nonce", "verifier": "verifier"}
MANY = 500
BITS = 128
BATCH, MOST_TAPE = range(256), 4096  # bits
RUN = 8  # characters: nobody meets them in another secret by chance
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
SCOPES = ["email", "openid", "profile"]
LIFE = timedelta(minutes=10)

# What somebody makes of one secret who wants another one, and does not care to draw it.
MADE_OF_IT = {
    "": lambda text: text,
    ", twice": lambda text: text * 2,
    ", backwards": lambda text: text[::-1],
    ", in other letters": str.swapcase,
    ", in base64url": lambda text: base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode(),
    ", in hexadecimal": lambda text: text.encode().hex(),
    "'s SHA-256": lambda text: hashlib.sha256(text.encode()).hexdigest(),
    "'s SHA-512": lambda text: hashlib.sha512(text.encode()).hexdigest(),
    "'s SHA-256, in base64url": lambda text: b64url_sha256(text),
}

# Parts of a time come round again.
MOMENTS = {
    "at noon": datetime(2026, 5, 1, 12, tzinfo=UTC),
    "at eight minutes to": datetime(2026, 5, 1, 12, 52, 30, tzinfo=UTC),
    "just before midnight": datetime(2026, 5, 1, 23, 55, tzinfo=UTC),
    "in the last minutes of a month": datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC),
    "in the last minutes of a year": datetime(2026, 12, 31, 23, 50, 1, tzinfo=UTC),
    "years ago": datetime(2020, 2, 29, 8, 30, tzinfo=UTC),
}

# What is asked of whoever comes back: the row's `max_age` and `acr_values`, and what goes along.
WANTED = {
    "nothing": (None, "", {}),
    "a login of the last five minutes": (300, "", {"max_age": "300"}),
    "a login now": (0, "", {"max_age": "0"}),
    "one of two classes": (None, "urn:tea:two urn:tea:three", {"acr_values": "urn:tea:two urn:tea:three"}),
    "one class, of the last day": (86_400, "phr", {"max_age": "86400", "acr_values": "phr"}),
    "one class, now": (0, "phr", {"max_age": "0", "acr_values": "phr"}),
}


def b64url_sha256(text):
    """Return a text's SHA-256 in base64url, without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def asked(draw):
    """Return what a login begins with."""
    return {
        "provider": draw.word(),
        "iss": f"http://{draw.word()}.localhost",
        "return_to": draw.path(),
        "max_age": None,
        "acr_values": "",
        "link": None,
    }


def read(row):
    """Return a row whose three secrets are texts."""
    assert isinstance(row, dict), f"`new_transaction` returned {row!r}, which is no row."
    for name in SECRETS:
        assert isinstance(row.get(name), str) and row[name], f"A login's row has no text for `{name}`."
    return row


def drawn(decision, args, many=MANY):
    """Return the rows of many logins that are begun with the same words at one moment."""
    answer = decision.often("new_transaction", many, *args)
    assert isinstance(answer, Answer), f"`new_transaction` failed: {answer}"
    return [read(each) for each in answer.value]


def bits_of(texts):
    """Return how many bits could tell these texts apart: for each place, how many characters were seen there."""
    longest = max(map(len, texts))
    columns = zip(*(each.ljust(longest, " ") for each in texts), strict=True)
    return sum(math.log2(len(set(column))) for column in columns)


def changed_by(decision, args, seed):
    """Return, for each bit of what the system's generator gives, which of the secrets are others when it is another.

    None where a row is another one each time all the same: the bits come from elsewhere then.
    """
    found = []
    for begin in range(0, MOST_TAPE, len(BATCH)):
        answer = decision.by_tape("new_transaction", seed, [-1, -1, *(begin + bit for bit in BATCH)], *args)
        assert isinstance(answer, Answer), f"`new_transaction` failed: {answer}"
        (same, again, *rows), taken = answer.value
        if not taken or any(read(same)[name] != read(again)[name] for name in SECRETS):
            return None
        found += [{name for name in SECRETS if read(row)[name] != same[name]} for row in rows]
        if begin + len(BATCH) >= 8 * taken:
            break
    return found


def parts(text):
    """Return every stretch of that length in a text."""
    return {text[at : at + RUN] for at in range(len(text) - RUN + 1)}


def request_for(decision, provider, row, challenge):
    """Return the parameters that `authorization_request` gives, each as it is written into the address."""
    answer = decision.authorization_request(provider, row, challenge)
    assert isinstance(answer, Answer), f"`authorization_request` failed: {answer}"
    assert isinstance(answer.value, dict), f"`authorization_request` returned {answer}, and no parameters by name."
    return {name: str(value) for name, value in answer.value.items()}


def a_provider(draw):
    """Return a provider's row, in which everything would have to be encoded."""
    return {
        "_id": draw.word(),
        "label": draw.word(),
        "issuer": f"http://{draw.word()}.localhost",
        "client_id": f"{draw.word()} & {draw.word()}",
        "client_secret": draw.password(),
        "acr_values": draw.word(),
        "redirect_uri": f"http://{draw.word()}.localhost:{draw.randint(1024, 9999)}/back?from={draw.word()}&é=+%20",
    }


def a_row(draw, max_age=None, acr_values=""):
    """Return a login's row with drawn secrets."""
    names = ("_id", "nonce", "verifier", "browser")
    return asked(draw) | {name: draw.word() for name in names} | {"max_age": max_age, "acr_values": acr_values}


@promise()
def test_alice_logs_in_from_two_tabs(lab, shop, alice):
    """Alice begins to log in at two providers, in two tabs, and each of them comes to its end."""
    first, second = (go_as_far_as_the_answer(lab, alice, door(shop, at)) for at in ("social", "mallory"))
    for tab in (first, second):
        alice.navigate(tab)
        assert account_of(alice, shop), "Alice began two logins in two tabs, and one of them lets her in no more."
        log_out(alice, shop)


@promise()
def test_what_was_asked_for_is_not_forgotten(lab, shop, alice):
    """Alice comes back to the page that she wanted, nine minutes later, and may then add another way in."""
    alice.navigate(door(shop, "social", "/profile"))
    lab.clock.advance(minutes=9, seconds=30)
    page = pass_the_provider(alice)
    assert page.url == shop.profile, "Alice wanted to see her profile, was at the provider for 9:30, and is not there."

    show_again(alice, shop)
    assert is_logged_in(alice, shop), "Alice showed once more who she is, and is not logged in any more."
    page = link(alice, shop, "mallory")
    assert page.url == shop.account and page.sees("the Tea Club"), "Alice can't add another way in to her account."


@promise(
    points=2,
    after=test_alice_logs_in_from_two_tabs,
    asvs="10.2.1",
    cwe=323,
    hints=[
        "Log in, and compare `parameters(last_url(lab, lab.alice, '/authorize'))` with the row in the store.",
        "Who reads the state, who the nonce, and who the verifier, and when?",
        "How often does your function ask the generator?",
    ],
)
def test_each_is_drawn_for_itself(lab, decision, draw):
    """Whoever reads state and nonce does not know the verifier, and none of the three follows from the others."""
    for made, how in MADE_OF_IT.items():
        leaked = leak_a_code(lab, "idp")
        for name in ("state", "nonce"):
            known = parameters(last_url(lab, lab.alice, "/authorize")).get(name, "")
            sent = {"code": leaked.get("code", ""), "code_verifier": how(known)}
            tokens = redeem(lab, grant_type="authorization_code", **sent)
            assert not whose(lab, tokens.get("access_token", "")), (
                f"Mallory read the {name} beside Alice's code: that{made} is the verifier, and she got Alice's tokens."
            )

    args = ("the-fingerprint-of-a-browser", asked(draw), lab.clock.now())
    rows = drawn(decision, args, 20)
    # What is in each of them, such as a name in front, is no secret, and may be in all three.
    known = {name: parts(rows[0][name]) & parts(rows[1][name]) for name in SECRETS}
    for row in rows:
        for one, other in permutations(SECRETS, 2):
            for made, how in MADE_OF_IT.items():
                shared = parts(how(row[one])) & parts(row[other]) - known[other]
                assert not shared, f"A part of the {SECRETS[other]} is in the {SECRETS[one]}{made}."

    found = changed_by(decision, args, draw.randbytes(8)) or []
    for one, other in permutations(SECRETS, 2):
        bits = [names for names in found if one in names]
        alone = sum(other not in names for names in bits)
        assert alone >= min(BITS, len(bits)), (
            f"Of {len(bits)} random bits that make a difference for the {SECRETS[one]}, {alone} make none for the "
            f"{SECRETS[other]}: one of the two is made of the other, or both are made of the same."
        )


@promise(
    points=2,
    after=test_each_is_drawn_for_itself,
    asvs="10.5.1",
    cwe=330,
    hints=[
        "Begin two logins at the same moment. What do their rows have in common?",
        "Python has a generator for dice and one for secrets. How many bytes are 128 bits?",
        "Read the documentation of Python's module `secrets`.",
    ],
)
def test_nobody_can_guess_one(lab, decision, restart_shop, draw):
    """Each has 128 random bits or more, and none comes twice, not even from two processes at one moment."""
    args = ("the-fingerprint-of-a-browser", asked(draw), lab.clock.now())
    rows = drawn(decision, args)
    found = changed_by(decision, args, draw.randbytes(8))
    for name, words in SECRETS.items():
        texts = [row[name] for row in rows]
        assert len(set(texts)) == MANY, f"Two logins that began at one moment have the same {words}."
        bits = bits_of(texts)
        assert bits >= BITS, f"What differs between one {words} and another amounts to {bits:.0f} bits, not {BITS}."
        used = BITS if found is None else sum(name in names for names in found)
        assert used >= BITS, f"A {words} is made of {used} random bits, however it looks. (A random UUID has 122.)"

    moment = lab.clock.time()
    shops = [drawn(restart_shop(at=moment), args, 100) for _ in range(2)]
    copies = decision.in_copies("new_transaction", 100, *args).value
    for name, words in SECRETS.items():
        for several in (shops, copies):
            texts = {row[name] for rows in several for row in rows}
            assert len(texts) == 100 * len(several), f"Two processes of the shop, asked alike, draw the same {words}."


@promise(
    points=1,
    after=test_each_is_drawn_for_itself,
    asvs="10.2.1",
    cwe=345,
    hints=[
        "How long is your verifier? Count in characters, not in bytes.",
        "Which signs may it have besides letters and digits? Which ones has yours?",
        "Read RFC 7636, 4.1.",
    ],
)
def test_a_provider_takes_the_verifier(lab, shop, alice, decision, draw):
    """A verifier is 43 to 128 of the characters that RFC 7636 allows, and Tea Identity, which compares, takes it."""
    for row in drawn(decision, ("the-fingerprint-of-a-browser", asked(draw), lab.clock.now())):
        assert VERIFIER.fullmatch(row["verifier"]), f"RFC 7636, 4.1 allows no verifier like {row['verifier']!r}."

    log_in(alice, shop)
    assert is_logged_in(alice, shop), "Alice logged in at Tea Identity, and it does not take the shop's verifier."


@promise(
    points=1,
    after=test_alice_logs_in_from_two_tabs,
    asvs="10.2.1",
    cwe=613,
    hints=[
        "`attacks.answer_yesterdays_request(lab)` waits. For how long should a login wait for its answer?",
        "Add a length of time to `now`; do not put its minutes together yourself.",
    ],
)
def test_a_login_has_ten_minutes(lab, shop, alice, decision, draw):
    """Ten minutes after its beginning, whenever that is, nobody can end a login any more."""
    alice.navigate(door(shop, "social"))
    lab.clock.advance(minutes=10, seconds=1)
    pass_the_provider(alice)
    assert not account_of(alice, shop), "Alice began a login, and ended it more than ten minutes later."

    for when, moment in MOMENTS.items():
        answer = decision.new_transaction("the-fingerprint-of-a-browser", asked(draw), moment)
        until = read(getattr(answer, "value", None)).get("until")
        assert isinstance(until, datetime), f"A login that begins {when} has no `until`, or one that is no moment."
        life = (until if until.tzinfo else until.replace(tzinfo=UTC)) - moment
        assert life == LIFE, f"A login that begins {when} has {life}, and not {LIFE}."


@promise(
    points=1,
    after=test_alice_logs_in_from_two_tabs,
    asvs="10.2.3",
    cwe=250,
    hints=[
        "`attacks.use_a_stolen_backup(lab)`: what was in it, and who had asked for it?",
        "What does the shop need of Alice's provider? Her subject, her name, her address.",
        "Read OpenID Connect Core, 11, on offline access.",
    ],
)
def test_it_asks_for_no_more_than_it_needs(lab, shop, alice, decision, draw):
    """The shop asks for openid, profile and email, and nothing in a backup of last week is of any use."""
    log_in(alice, shop)
    kept = [row["tokens"] for row in lab.db.dump().get("sessions", [])]
    lab.clock.advance(days=7)
    for tokens in kept:
        fresh = redeem(lab, grant_type="refresh_token", refresh_token=tokens.get("refresh_token", ""))
        assert not whose(lab, fresh.get("access_token", "")), (
            "In a backup of the shop's that is a week old was a refresh token, and Mallory got new tokens for it."
        )

    for _ in range(5):
        scope = request_for(decision, a_provider(draw), a_row(draw), draw.word()).get("scope", "")
        assert sorted(scope.split(" ")) == SCOPES, f"The shop needs {' '.join(SCOPES)}, and asks for {scope!r}."


@promise(
    points=2,
    after=test_it_asks_for_no_more_than_it_needs,
    asvs="10.2.1",
    cwe=345,
    hints=[
        "Which parameters has a request for a login, and where does each value stand?",
        "Who encodes what stands in an address? Is it done once, or twice?",
        "Read OpenID Connect Core, 3.1.2.1, and RFC 7636, 4.3.",
    ],
)
def test_it_asks_for_this_login(decision, draw):
    """Each parameter has the value of this provider, and of this login, unchanged; and there are no others."""
    for _ in range(5):
        provider, row, challenge = a_provider(draw), a_row(draw), draw.word()
        wanted = {
            "response_type": "code",
            "client_id": provider["client_id"],
            "redirect_uri": provider["redirect_uri"],
            "state": row["_id"],
            "nonce": row["nonce"],
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        found = request_for(decision, provider, row, challenge)
        for name, value in wanted.items():
            assert name in found, f"The request has no `{name}`."
            assert found[name] == value, f"`{name}` should be {value!r}, and is {found[name]!r}."
        more = set(found) - set(wanted) - {"scope", "max_age", "acr_values"}
        assert not more, f"Nobody needs to send {', '.join(sorted(more))} for this login."


@promise(
    points=1,
    after=test_it_asks_for_this_login,
    asvs="10.2.3",
    cwe=287,
    hints=[
        "`max_age` may be None, or 300, or 0. What does each of them ask for?",
        "Which of these values does Python take for False?",
        "Read about `max_age` and `acr_values` in OpenID Connect Core, 3.1.2.1.",
    ],
)
def test_it_asks_how_and_how_long_ago(lab, shop, alice, decision, draw):
    """It says how fresh a login has to be, 0 seconds too, and of which class, where that is wanted, and not else."""
    for (what, (max_age, acr_values, wanted)), _ in product(WANTED.items(), range(2)):
        found = request_for(decision, a_provider(draw), a_row(draw, max_age, acr_values), draw.word())
        sent = {name: found[name] for name in ("max_age", "acr_values") if name in found}
        assert sent == wanted, f"Where {what} is wanted, {wanted} should be sent along; it was {sent}."

    log_in(alice, shop, "social")
    lab.clock.advance(minutes=7)
    show_again(alice, shop)
    assert is_logged_in(alice, shop) and parameters(last_url(lab, alice, "/authorize")).get("max_age"), (
        "Alice was to show once more who she is, and the provider was not asked for that."
    )
