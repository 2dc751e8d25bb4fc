"""Look for keys among your own.

What `find_key` promises about names that are paths and statements, keys that come along, and keys that have ended.
"""

from datetime import timedelta

import pytest

from labsrv.grading import promise
from labsrv.kit.keys import KEY_FOLDER
from labsrv.labs.jwt.compact import jwk_of, key_pair, parts, rs256
from labsrv.labs.jwt.moves import HER_KEY, edited, her_pem, publish_her_key, signed_by_shop
from labsrv.labs.jwt.people import FIRST_KEY, add_key, orders, rotate_keys, sees_orders_of, sign_in, storage

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
    "a file of that name": "mallory",
    "a path that ends like ours": f"/srv/shop/uploads/{FIRST_KEY}",
    "a null in it": f"../uploads/mallory.png\0{FIRST_KEY}",
    "nothing": "",
}

HER_FILES = (
    "/srv/shop/uploads/mallory.png",
    f"/srv/shop/uploads/{FIRST_KEY}",
    "/srv/shop/keys/mallory.png",
    "/srv/shop/keys/mallory",
    "http://mallory.localhost/key.pem",
)

# What is not the name of the key, made from it. The token is Alice's own, so that whoever looks away finds it good.
NO_NAMES = {
    "no name": lambda ours: None,
    "null": lambda ours: NULL,
    "an operator of the database": lambda ours: {"$ne": ""},
    "another operator": lambda ours: {"$regex": "."},
    "a list with ours in it": lambda ours: [ours],
    "an object with ours in it": lambda ours: {ours: True},
    "a number": lambda ours: 0,
    "true": lambda ours: True,
    "an object": lambda ours: {},
    "a name that nobody has": lambda ours: "tea-1999-1",
    "nothing": lambda ours: "",
    "the beginning of ours": lambda ours: ours[:-1],
    "the end of ours": lambda ours: ours[1:],
    "more than ours": lambda ours: f"{ours}0",
    "capital letters": lambda ours: ours.upper(),
    "a blank more": lambda ours: f"{ours} ",
    "a blank before it": lambda ours: f" {ours}",
    "a line break more": lambda ours: f"{ours}\n",
    "a path to ours": lambda ours: f"./{ours}",
    "the whole path to ours": lambda ours: f"{KEY_FOLDER}{ours}",
    "its file": lambda ours: f"{ours}.pem",
    "any letters": lambda ours: "*",
    "ten thousand letters": lambda ours: "tea-" * 700,
}
NULL = object()  # a name that is there, and null


# Keys that come along with a token, or the way to them.
BROUGHT = {
    "the key itself": lambda url: {"jwk": jwk_of(key_pair(HER_KEY)), "kid": HER_KEY},
    "the key itself, under our name": lambda url: {"jwk": jwk_of(key_pair(HER_KEY)) | {"kid": FIRST_KEY}},
    "an address": lambda url: {"jku": url, "kid": HER_KEY},
    "an address, under our name": lambda url: {"jku": url},
    "the address of a certificate": lambda url: {"x5u": url, "kid": HER_KEY},
    "a certificate": lambda url: {"x5c": [her_pem()], "kid": HER_KEY},
    "an address, in the place of a name": lambda url: {"kid": url},
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
    assert answer.status == 401, f"{what} was answered with {answer.status}, not with 401."


@promise()
def test_alice_sees_her_orders(shop, alice, bob):
    """Alice and Bob sign in, and each sees their own orders."""
    for person in (alice, bob):
        sign_in(person, shop)
        assert sees_orders_of(person, shop, person.person.name), f"{person.person.name} does not see any orders."


@promise()
def test_a_new_key_disturbs_nobody(lab, shop, alice, bob, carol, draw):
    """When the shop gets a new key, tokens of the old one still work until it ends, and so do those of the new one."""
    sign_in(alice, shop)
    rotate_keys(lab)
    sign_in(bob, shop)
    add_key(lab, draw.word())
    sign_in(carol, shop)

    assert sees_orders_of(alice, shop, alice.person.name), "The shop got a new key, and Alice's token is refused."
    assert sees_orders_of(bob, shop, bob.person.name), "A token that was signed with the new key is refused."
    lab.db.keys.update_many({"until": None}, {"$set": {"until": lab.clock.now() + timedelta(days=1)}})
    for browser in (alice, bob, carol):
        seen = sees_orders_of(browser, shop, browser.person.name)
        assert seen, "A token of a key that ends tomorrow is refused; there are three keys."


@promise(
    points=2,
    after=test_alice_sees_her_orders,
    asvs="9.1.3",
    cwe=22,
    hints=[
        "Which file does the shop open for the name `../uploads/mallory.png`?",
        "You have the names of all keys there are. What is there to be looked up?",
        "The rule (RFC 8725, 3.10): `kid` is a text from a stranger. Compare it with the names in `keys.all()`.",
    ],
)
def test_a_name_leads_nowhere(lab, shop, mallory, forged):
    """A name that is a path or an address opens no file, and gets nobody in."""
    for path in HER_FILES:
        lab.db.files.replace_one({"_id": path}, {"text": her_pem()}, upsert=True)
    for row, kid in NAMES.items():
        must_be_refused(mallory, shop, forged(kid=kid), f"A name that leads to Mallory's key ({row})")
        opened = lab.db.errands.find_one({"read": {"$exists": True}})
        assert not opened, f"The file {opened['read']!r} was opened because a token said so ({row})."


@promise(
    points=2,
    after=test_alice_sees_her_orders,
    asvs="9.1.3",
    cwe=347,
    hints=[
        "Whose key is it that comes along with a token?",
        "Which parts of a header do you need, and which are there to help you be deceived?",
        "`jwk` is a key in the header, `jku` an address with keys: both are the sender's. Do not look at them.",
    ],
)
def test_no_key_is_brought_along(lab, shop, mallory, forged):
    """A token that brings its key along, or the way to it, is refused, and nothing is fetched."""
    url = publish_her_key(lab)
    for row, brought in BROUGHT.items():
        must_be_refused(mallory, shop, forged(**brought(url)), f"A token with a key of Mallory's ({row})")
        fetched = lab.db.errands.count_documents({"fetched": {"$exists": True}})
        assert not fetched, f"Keys were fetched from Mallory's site ({row})."


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
def test_without_its_name_no_key_is_found(lab, shop, alice, draw):
    """A token whose header does not have the very name of a key is refused, also when the signature is right."""
    for ours in (FIRST_KEY, draw.word()):
        if ours != FIRST_KEY:
            add_key(lab, ours)
        sign_in(alice, shop)
        token = storage(alice)["access_token"]
        header, claims = parts(token)
        assert header["kid"] == ours and orders(alice, shop, token).status == 200, "Alice's own token is refused."
        for row, named in NO_NAMES.items():
            kid = named(ours)
            said = {name: value for name, value in (header | {"kid": kid}).items() if value is not None}
            said = {name: None if value is NULL else value for name, value in said.items()}
            forged = rs256(said, claims, key_pair(f"shop {ours}"))
            must_be_refused(alice, shop, forged, f"A name that is none ({row})")


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
def test_a_key_that_has_ended_opens_nothing(lab, shop, alice, mallory, restart_shop):
    """A token that was signed with a key that has ended since is refused, from the moment on; the new key's work."""
    sign_in(alice, shop)
    old = storage(alice)["access_token"]
    rotate_keys(lab)
    until = lab.clock.now().replace(microsecond=0) + timedelta(minutes=5)
    lab.db.keys.update_one({"_id": FIRST_KEY}, {"$set": {"until": until}})
    for row, seconds in {"ends in a second": -1, "ends at this moment": 0, "has ended": 1}.items():
        moment = (until + timedelta(seconds=seconds)).timestamp()
        restart_shop(at=moment)
        leaked = signed_by_shop(old, iat=int(moment), exp=int(moment) + 600)
        status = orders(mallory, shop, leaked).status
        wanted = 200 if seconds < 0 else 401
        assert status == wanted, f"A token of a key that {row} was answered with {status}, not with {wanted}."
    sign_in(alice, shop)
    assert sees_orders_of(alice, shop, alice.person.name), "A token of the new key is refused."
