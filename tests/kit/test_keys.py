"""A site's keys: in use, ended, published without what is private; and the other places where a key might lie."""

import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jwt.algorithms import RSAAlgorithm

from labsrv.kit.keys import KEY_FOLDER, Key, Keys, public_key
from tests.kit.tokens.made_tokens import another_rsa, jwk, pem_of, private_key

PUBLIC_MEMBERS = {"kty", "n", "e", "kid", "use", "alg", "key_ops"}


@pytest.fixture
def keys(db, now):
    return Keys(db, now)


def add(keys, kid, private=None, until=None):
    """Give the site a key, as a lesson does."""
    private = private or private_key("RSA")
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    keys.rows.insert_one({"_id": kid, "jwk": public, "private": pem, "until": until})


def numbers(key):
    """Return what makes a public key this one."""
    return key.public.public_numbers() if isinstance(key, Key) else key.public_numbers()


# The site's own.


def test_every_key_that_ever_was_comes_in_the_order_in_which_it_was_made(keys, now):
    add(keys, "zeta", until=now() - timedelta(days=1))
    add(keys, "alpha", another_rsa(), until=now() + timedelta(minutes=15))
    add(keys, "緑茶")

    assert [(each.kid, each.until) for each in keys.all()] == [
        ("zeta", now.kept - timedelta(days=1)),
        ("alpha", now.kept + timedelta(minutes=15)),
        ("緑茶", None),
    ]
    made = [private_key("RSA"), another_rsa(), private_key("RSA")]
    assert [numbers(each) for each in keys.all()] == [numbers(each.public_key()) for each in made]


def test_a_site_without_a_key_has_none(keys):
    assert keys.all() == keys.published() == []


def test_the_last_key_in_use_signs(keys, now):
    add(keys, "one")
    assert keys.signing()[0] == "one"

    keys.rows.update_many({}, {"$set": {"until": now() + timedelta(minutes=15)}})
    add(keys, "two", another_rsa())
    kid, private = keys.signing()
    assert kid == "two" and private.private_numbers() == another_rsa().private_numbers()


UNTIL = {
    "in use": (None, True),
    "good for a while": (timedelta(milliseconds=2), True),
    "over now": (timedelta(0), False),
    "long over": (timedelta(days=-1), False),
}


@pytest.mark.parametrize(("left", "published"), UNTIL.values(), ids=UNTIL)
def test_a_key_is_published_while_it_is_good(keys, now, left, published):
    now.at = now.kept
    add(keys, "one", until=None if left is None else now() + left)

    assert [each["kid"] for each in keys.published()] == (["one"] if published else [])


def test_only_public_parts_are_published(keys):
    add(keys, "one")
    (published,) = keys.published()

    assert set(published) <= PUBLIC_MEMBERS
    assert (published["kid"], published["use"], published["alg"]) == ("one", "sig", "RS256")
    assert numbers(keys.from_jwk(published)) == numbers(keys.all()[0])


# What others bring.


def test_a_jwk_is_read_with_its_name(keys):
    key = keys.from_jwk(jwk("緑茶"))

    assert (key.kid, key.until) == ("緑茶", None)
    assert numbers(key) == numbers(private_key("RSA").public_key())
    assert keys.from_jwk({name: value for name, value in jwk().items() if name != "kid"}).kid == ""
    assert keys.from_jwk(jwk(7)).kid == "7"


NO_JWKS = {
    "nothing": None,
    "a number": 7,
    "a text": "RSA",
    "a list": [],
    "an empty object": {},
    "no numbers": {"kty": "RSA"},
    "numbers that are none": jwk(n=7, e=None),
    "numbers that are no base64url": jwk(n="é", e="\ud800"),
    "a small key": jwk(n="AQAB"),
    "an exponent of nothing": jwk(e=""),
    "a huge exponent": jwk(e="_" * 60_000),
    "a kind that is a list": jwk(kty=["RSA"]),
    "another kind": jwk(kty="EC"),
    "a secret": {"kty": "oct", "k": "b29sb25n"},
    "an EC key": {"kty": "EC", "crv": "P-256", "x": "AA" * 16, "y": "AA" * 16},
    "a private key": RSAAlgorithm.to_jwk(private_key("RSA"), as_dict=True),
    "a private key that does not fit": jwk(d="AQAB"),
}


@pytest.mark.parametrize("given", NO_JWKS.values(), ids=NO_JWKS)
def test_what_is_no_jwk_of_a_public_rsa_key_is_none(in_memory, now, given):
    assert Keys(in_memory, now).from_jwk(given) is None


def test_a_pem_is_read_with_the_name_that_it_is_given(keys):
    key = keys.from_pem("緑茶", pem_of("RSA").decode())

    assert key.kid == "緑茶" and numbers(key) == numbers(private_key("RSA").public_key())
    assert key.pem == pem_of("RSA")
    assert keys.from_pem("one", f"A note above it.\n{pem_of('RSA').decode()}").pem == key.pem


def altered(kind, before, after):
    """Return a public key as PEM, some of its bytes exchanged."""
    public = private_key(kind).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    before, after = bytes.fromhex(before), bytes.fromhex(after)
    assert before in public
    body = base64.encodebytes(public.replace(before, after)).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{body}-----END PUBLIC KEY-----\n"


NO_PEMS = {
    "nothing": "",
    "a word": "oolong",
    "half a character": "\ud83c",
    "a head only": "-----BEGIN PUBLIC KEY-----",
    "cut off": pem_of("RSA").decode()[:100],
    "nothing in it": "-----BEGIN PUBLIC KEY-----\nQUFB\n-----END PUBLIC KEY-----\n",
    "an EC key": pem_of("EC").decode(),
    "an Ed25519 key": pem_of("OKP").decode(),
    "a private key": pem_of("RSA", private=True).decode(),
    "a kind that nobody knows": altered("RSA", "2a864886f70d010101", "2a864886f70d010163"),
    "a curve that nobody knows": altered("EC", "2a8648ce3d030107", "2a8648ce3d030177"),
}


@pytest.mark.parametrize("text", NO_PEMS.values(), ids=NO_PEMS)
def test_what_is_no_pem_of_a_public_rsa_key_is_none(in_memory, now, text):
    assert Keys(in_memory, now).from_pem("one", text) is None


def test_a_key_that_is_none_is_said_where_that_is_asked():
    assert numbers(public_key(jwk())) == numbers(private_key("RSA").public_key())
    with pytest.raises(ValueError, match="no public RSA key"):
        public_key(RSAAlgorithm.to_jwk(private_key("RSA"), as_dict=True))


def test_no_key_prints_its_numbers(keys):
    add(keys, "one")

    assert repr(keys.all()[0]) == "Key(kid='one', until=None)"


# The pretend files, and the pretend web.

PATHS = {
    "as it is": "/srv/shop/keys/one",
    "out of the folder and back": KEY_FOLDER + "../keys/one",
    "by way of a folder that is none": KEY_FOLDER + "nothing/../one",
    "further up than there is": KEY_FOLDER + "../../../../../srv/shop/keys/one",
    "dots and slashes": "/srv/./shop//keys/one/",
    "two slashes in front": "//srv/shop/keys/one",
    "three": "///srv/shop/keys/one",
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_file_is_read_whatever_way_leads_to_it(keys, path):
    keys.files.insert_one({"_id": "/srv/shop/keys/one", "text": "oolong"})

    assert keys.read_file(path) == "oolong"
    assert [row["read"] for row in keys.errands.find()] == ["/srv/shop/keys/one"]


NO_FILES = {
    "nothing": "",
    "another name": KEY_FOLDER + "two",
    "the folder itself": KEY_FOLDER,
    "capital letters": KEY_FOLDER + "ONE",
    "from nowhere": "srv/shop/keys/one",
    "a NUL at its end": KEY_FOLDER + "one\0.pem",
    "a file of this machine": __file__,
}


@pytest.mark.parametrize("path", NO_FILES.values(), ids=NO_FILES)
def test_a_file_that_is_not_there_is_none_and_was_looked_for(keys, path):
    keys.files.insert_one({"_id": "/srv/shop/keys/one", "text": "oolong"})

    assert keys.read_file(path) is None
    assert len(keys.errands.find()) == 1


def test_an_empty_file_is_there(keys):
    keys.files.insert_one({"_id": "/dev/null", "text": ""})

    assert keys.read_file(KEY_FOLDER + "../../../dev/null") == ""


def test_keys_are_fetched_from_the_pretend_web_and_what_is_none_is_left_out(keys):
    url = "http://mallory.localhost/keys.json"
    keys.web.insert_one({"_id": url, "keys": [jwk("one"), {"kty": "quantum"}, None, jwk("two")]})

    assert [key.kid for key in keys.fetch(url)] == ["one", "two"]
    assert keys.fetch("http://nowhere.localhost/") == []


def test_a_page_of_the_pretend_web_without_keys_has_none(keys):
    keys.web.insert_one({"_id": "http://mallory.localhost/"})

    assert keys.fetch("http://mallory.localhost/") == []


def test_errands_are_noted_in_their_order(keys):
    keys.read_file("/one")
    keys.fetch("http://two.localhost/")
    keys.read_file("/three")

    noted = [{name: value for name, value in row.items() if name != "_id"} for row in keys.errands.find()]
    assert noted == [{"read": "/one"}, {"fetched": "http://two.localhost/"}, {"read": "/three"}]
