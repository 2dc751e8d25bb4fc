"""Look for keys among your own.

What `find_key` promises about names that are paths and statements, keys that come along, and keys that have ended.
"""

import pytest

from labsrv.grading import promise
from labsrv.labs.jwt.compact import jwk_of, key_pair, rs256
from labsrv.labs.jwt.moves import HER_KEY, edited, her_pem, publish_her_key, signed_by_shop
from labsrv.labs.jwt.people import FIRST_KEY, orders, rotate_keys, sees_orders_of, sign_in, storage

PLACE = 4
DECIDES = ("find_key",)

# Names that lead somewhere, if one follows them. Mallory has put her own key at each of these places.
NAMES = {
    "a path upwards": "../uploads/mallory.png",
    "a whole path": "/srv/shop/uploads/mallory.png",
    "a long way round": "./../keys/../uploads//mallory.png",
    "an address": "http://mallory.localhost/key.pem",
    "a file beside the keys": "mallory.png",
    "one of ours and a way out of it": f"{FIRST_KEY}/../mallory.png",
    "capital letters": FIRST_KEY.upper(),
    "a blank more": f"{FIRST_KEY} ",
    "nothing": "",
}

# What is no name at all. The token is Alice's own, so that whoever looks away finds it good.
NO_NAMES = {
    "no name": None,
    "an operator of the database": {"$ne": ""},
    "a list with ours in it": [FIRST_KEY],
    "a number": 0,
    "true": True,
    "an object": {},
    "a name that nobody has": "tea-1999-1",
    "the beginning of ours": FIRST_KEY[:-1],
    "ten thousand letters": "tea-" * 700,
}

# Keys that come along with a token, or the way to them.
BROUGHT = {
    "the key itself": lambda url: {"jwk": jwk_of(key_pair(HER_KEY)), "kid": HER_KEY},
    "the key itself, under our name": lambda url: {"jwk": jwk_of(key_pair(HER_KEY)) | {"kid": FIRST_KEY}},
    "an address": lambda url: {"jku": url, "kid": HER_KEY},
    "an address, under our name": lambda url: {"jku": url},
    "the address of a certificate": lambda url: {"x5u": url, "kid": HER_KEY},
    "a certificate": lambda url: {"x5c": [her_pem()], "kid": HER_KEY},
    "all of it": lambda url: {"jwk": jwk_of(key_pair(HER_KEY)), "jku": url, "x5u": url},
}


@pytest.fixture
def forged(shop, alice, mallory):
    """Return a function: Alice's claims under Mallory's signature, with these in the header."""
    sign_in(mallory, shop)
    header, claims = edited(storage(mallory)["access_token"], sub=alice.person.name)
    return lambda **more: rs256(header | more, claims, key_pair(HER_KEY))


def must_be_refused(browser, shop, token, what):
    """Check that the API refused a token, and did not break."""
    answer = orders(browser, shop, token)
    assert answer.status == 401, f"{what} was answered with {answer.status}."


@promise()
def test_alice_sees_her_orders(shop, alice, bob):
    """Alice and Bob sign in, and each sees their own orders."""
    for person in (alice, bob):
        sign_in(person, shop)
        assert sees_orders_of(person, shop, person.person.name), f"{person.person.name} does not see any orders."


@promise()
def test_a_new_key_disturbs_nobody(lab, shop, alice, bob):
    """When the shop gets a new key, tokens of the old one still work for a while, and so do those of the new one."""
    sign_in(alice, shop)
    rotate_keys(lab)
    sign_in(bob, shop)

    assert sees_orders_of(alice, shop, alice.person.name), "The shop got a new key, and Alice's token is refused."
    assert sees_orders_of(bob, shop, bob.person.name), "A token that was signed with the new key is refused."


@promise(
    points=2,
    after=test_alice_sees_her_orders,
    asvs="9.1.3",
    cwe=22,
    hints=[
        "Which file does the shop open for the name `../uploads/mallory.png`?",
        "You have the names of all keys there are. What is there to be looked up?",
        "Read RFC 8725, 3.10.",
    ],
)
@pytest.mark.parametrize("kid", NAMES.values(), ids=NAMES)
def test_a_name_leads_nowhere(lab, shop, mallory, forged, kid):
    """A name that is a path or an address opens no file, and gets nobody in."""
    for path in ("/srv/shop/uploads/mallory.png", "/srv/shop/keys/mallory.png", kid):
        lab.db.files.replace_one({"_id": path}, {"text": her_pem()}, upsert=True)
    must_be_refused(mallory, shop, forged(kid=kid), "A name that leads to Mallory's key")

    assert not lab.db.errands.count_documents({"read": {"$exists": True}}), "A file was opened because a token said so."


@promise(
    points=2,
    after=test_alice_sees_her_orders,
    asvs="9.1.3",
    cwe=347,
    hints=[
        "Whose key is it that comes along with a token?",
        "Which parts of a header do you need, and which are there to help you be deceived?",
        "Read RFC 8725, 3.10, last paragraph, and what `jku` and `jwk` mean in RFC 7515, 4.1.",
    ],
)
@pytest.mark.parametrize("brought", BROUGHT.values(), ids=BROUGHT)
def test_no_key_is_brought_along(lab, shop, mallory, forged, brought):
    """A token that brings its key along, or the way to it, is refused, and nothing is fetched."""
    must_be_refused(mallory, shop, forged(**brought(publish_her_key(lab))), "A token with a key of Mallory's")

    assert not lab.db.errands.count_documents({"fetched": {"$exists": True}}), "Keys were fetched from Mallory's site."


@promise(
    points=2,
    after=test_a_name_leads_nowhere,
    asvs="9.1.3",
    cwe=20,
    hints=[
        "A header is JSON: what kinds of value may `kid` have, and what does your comparison make of each?",
        "The shop has one key, and the token has no name. Is it any of your business to guess?",
    ],
)
def test_without_its_name_no_key_is_found(shop, alice):
    """A token whose header does not have the very name of a key is refused, also when the signature is right."""
    sign_in(alice, shop)
    for row, kid in NO_NAMES.items():
        token = signed_by_shop(storage(alice)["access_token"], header={"kid": kid})
        must_be_refused(alice, shop, token, f"A name that is none ({row})")


@promise(
    points=2,
    after=test_alice_sees_her_orders,
    asvs="9.1.3",
    cwe=324,
    hints=[
        "Change the key with `labs.jwt.people.rotate_keys(lab)`, move the clock, and read `lab.db.keys`.",
        "Two things have to be true of a key. Which of them does your function ask about?",
    ],
)
def test_a_key_that_has_ended_opens_nothing(lab, shop, alice, mallory, forged):
    """A token that was signed with a key that has ended since is refused; those of the new key work."""
    sign_in(alice, shop)
    old = storage(alice)["access_token"]
    rotate_keys(lab)
    row = lab.db.keys.find_one({"_id": FIRST_KEY})
    lab.clock.move_to(row["until"])
    leaked = signed_by_shop(old, iat=int(lab.clock.time()), exp=int(lab.clock.time()) + 600)

    must_be_refused(mallory, shop, leaked, "A key that leaked, and has ended")
    sign_in(alice, shop)
    assert sees_orders_of(alice, shop, alice.person.name), "A token of the new key is refused."
