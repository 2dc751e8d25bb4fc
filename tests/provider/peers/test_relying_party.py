"""The shop of 07_oidc as a relying party of panva's certified oidc-provider (npm), with its answers spoiled on the way.

By its own decisions, and by the solutions of the exercises, nobody gets in on a spoiled answer, and nothing of it is
believed. A careless shop stands beside them: it lets people in on all that a shop has to notice, so a row that others
refuse spoils what it says, and nothing else.
"""

import hmac
import runpy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import jwt
import pytest

from labsrv.kit.browser.browser import Browser
from labsrv.kit.http.transport import SocketTransport
from labsrv.labs import decisions_of
from labsrv.labs.oidc.alone import run_shop
from labsrv.labs.oidc.by_hand import claims_of, encoded, unsigned
from labsrv.provider.faults.spoilers import OTHER, claims, foreign_key, forged, header, members, smudged
from labsrv.provider.rows.signing import key_pair, public_jwk
from labsrv.relying_party.secure.account_for import account_for
from labsrv.relying_party.secure.fits import half_hash
from tests.provider.peers.between import Between, private_jwks

SOLUTIONS = Path(__file__).resolve().parents[3] / "solutions" / "07_oidc"
SECRET = "not: a+secret"


# Shops ----------------------------------------------------------------------------------------------------------------


def solutions():
    """Return the shop's decisions as the solutions of the exercises make them."""
    made = {}
    for path in sorted(SOLUTIONS.glob("*.py")):
        made |= {name: each for name, each in runpy.run_path(str(path)).items() if name in decisions_of("oidc")}
    return made


def take_the_newest(transactions, browser, answer, now):
    return transactions.find_one_and_delete({"_id": answer.get("state")}) or transactions.find_one_and_delete({})


def decode(token, keys, issuer, client_id):
    """Return what a token says. Whoever is nobody is somebody."""
    said = claims_of(token)
    return said | {"sub": said.get("sub") or "nobody"}


CARELESS = {
    "take_transaction": take_the_newest,
    "trusts": lambda metadata, issuer: True,
    "read_id_token": decode,
    "fits": lambda claims, transaction, access_token, now: True,
    "profile_of": lambda claims, userinfo: {"name": str(userinfo.get("name")), "email": str(userinfo.get("email"))},
    "account_for": lambda identities, accounts, issuer, claims: account_for(identities, accounts, str(issuer), claims),
}
# Each way of signing is one shop's.
SHOPS = {"ours": ({}, "RS256"), "solutions": (solutions(), "ES256"), "careless": (CARELESS, "RS256")}
CAREFUL = ["ours", "solutions"]


class Shop:
    """A shop, and a browser whose person the provider knows already."""

    def __init__(self, party):
        self.party = party
        self.tables = party.lab.db.sessions, party.lab.db.accounts, party.lab.db.identities
        self.alice = self.browser("alice")

    def browser(self, name):
        # It goes to both, and a lab's own would go to labs only.
        return Browser(name, transport=SocketTransport())

    def url(self, path):
        return self.party.services.url("shop", path)

    def opens(self, browser, path="/login"):
        """Send somebody by a door of the shop, and through the provider's pages; return what these asked for."""
        browser.navigate(self.url(path))
        asked = []
        while "/interaction/" in browser.page.url:
            form = browser.page.forms[0]
            assert form.fields["prompt"] not in asked, browser.page.text
            asked.append(form.fields["prompt"])
            browser.submit(form, **{"login": browser.name, "password": "any"} if asked == ["login"] else {})
        return asked

    def comes_anew(self, path):
        """Let Alice in once more, as if she had never been here; return the page that she sees in the end."""
        self.forget()
        assert self.opens(self.alice, path) == []
        return self.alice.page

    def forget(self):
        for table in self.tables:
            table.delete_many({})

    def knows_nobody(self):
        """Say whether nobody is logged in, and nothing of what the provider said was kept."""
        return not any(table.find_one({}) for table in self.tables)

    def refuses(self, page):
        return page.url.startswith(self.url("/")) and page.status == 400 and self.knows_nobody()

    def lets_in(self, page):
        return page.url == self.url("/account") and page.status == 200 and not self.knows_nobody()


@pytest.fixture(scope="module")
def between():
    between = Between()
    yield between
    between.stop()


@pytest.fixture(scope="module")
def shops(between, run):
    """Return the shops by name. Alice has been in each of them, and the provider knows her there."""
    parties = {name: run_shop(between.address, name, SECRET, 0, **made) for name, (made, _) in SHOPS.items()}
    try:
        running = run("oidc_provider.mjs", "provider")
        clients = [registered(name, party.as_json()["redirect_uri"]) for name, party in parties.items()]
        running.tell({"issuer": between.address, "clients": clients, "keys": private_jwks()})
        between.behind = running.addresses["provider"]
        shops = {name: Shop(party) for name, party in parties.items()}
        for shop in shops.values():
            shop.opens(shop.alice)
        yield shops
    finally:
        for party in parties.values():
            party.lab.stop()


def registered(name, redirect_uri):
    alg = SHOPS[name][1]
    known = {"client_id": name, "client_secret": SECRET, "redirect_uris": [redirect_uri]}
    return known | {"grant_types": ["authorization_code"], "id_token_signed_response_alg": alg}


@pytest.fixture(autouse=True)
def as_it_is(between):
    yield
    between.spoil()


def test_the_solutions_decide_everything():
    assert sorted(SHOPS["solutions"][0]) == sorted(decisions_of("oidc"))


# The happy path -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHOPS)
def test_a_login_a_profile_and_a_log_out(shops, between, name):
    shop, bob = shops[name], shops[name].browser("bob")
    shop.forget()
    assert shop.opens(bob) == ["login", "consent"] and shop.lets_in(bob.page)
    assert bob.navigate(shop.url("/profile")).sees("Bob") and bob.page.sees("bob@example.com")
    (known,) = shop.party.lab.db.identities.find({})
    assert (known["iss"], known["sub"]) == (between.address, "bob")
    assert jwt.get_unverified_header(between.seen["id_token"])["alg"] == SHOPS[name][1]

    bob.navigate(shop.url("/account"))
    bob.submit(shop.url("/logout"))
    assert bob.navigate(shop.url("/profile")).status == 401
    # The provider still knows who that is, and nobody has a second account by it.
    assert shop.opens(bob, "/again") == [] and shop.lets_in(bob.page)
    assert list(shop.party.lab.db.identities.find({})) == [known]


# Spoiled answers ------------------------------------------------------------------------------------------------------


def by(hours):
    """Return a moment that is so much after the one at which a token was made."""
    return lambda draft: draft.claims["iat"] + int(timedelta(hours=hours).total_seconds())


def pairs(**changes):
    """Return what changes the parameters that people come back with; None takes one out."""
    return lambda said, _: list(members(**changes)(dict(said), _).items())


def with_a_slash(claim):
    return lambda draft: draft.claims[claim] + "/"


def with_its_hash(draft, between):
    """Return a token that says which access token it came with: this provider leaves that out."""
    return claims(at_hash=half_hash(between.seen["access_token"]))(draft, between)


def with_the_secret(draft, _):
    """Return a token that is signed with what only the client and the provider know, as some would have it."""
    text = unsigned(draft.header | {"alg": "HS256"}, draft.claims)
    return f"{text}.{encoded(hmac.digest(SECRET.encode(), text.encode(), 'sha256'))}"


def brings_its_key(draft, _):
    """Return a token that is signed with a stranger's key, and has it in its header."""
    stranger, alg = key_pair("a stranger", draft.header["alg"]), draft.header["alg"]
    return replace(draft, private=stranger, header=draft.header | {"jwk": public_jwk(stranger, alg)})


def by_the_other_name(draft, _):
    """Return a token that names the provider's key for the other algorithm."""
    return replace(draft, header=draft.header | {"kid": {"RS256": "ES256", "ES256": "RS256"}[draft.header["alg"]]})


def signed_text(text):
    """Return what signs a text that is no object of claims."""
    return lambda draft, _: jwt.api_jws.encode(text, draft.private, draft.header["alg"], headers=draft.header)


def without_its_signature(draft, _):
    return draft.signed().rpartition(".")[0] + "."


def a_stranger_by_that_name(said, _):
    """Return keys of the same names that are not those of the provider."""
    return {"keys": [key | public_jwk(key_pair("a stranger", key["alg"]), key["alg"]) for key in said["keys"]]}


# What a shop has to notice: where to spoil, and how. A careless one lets Alice in.
SPOILED = {
    "metadata of another issuer": {"metadata": members(issuer=OTHER)},
    "metadata of an issuer with a slash": {"metadata": lambda said, _: said | {"issuer": said["issuer"] + "/"}},
    "metadata of an issuer in capitals": {"metadata": lambda said, _: said | {"issuer": said["issuer"].upper()}},
    "metadata of no issuer": {"metadata": members(issuer=None)},
    "metadata of another issuer, afterwards": {"metadata_again": members(issuer=OTHER)},
    "state: another": {"answer": pairs(state="another")},
    "state: none": {"answer": pairs(state=None)},
    "answer of another issuer": {"answer": pairs(iss=OTHER)},
    "answer of an issuer with a slash": {"answer": lambda said, _: [(a, b + "/" * (a == "iss")) for a, b in said]},
    "answer of no issuer": {"answer": pairs(iss=None)},
    "iss: another": {"id_token": claims(iss=OTHER)},
    "iss: with a slash": {"id_token": claims(iss=with_a_slash("iss"))},
    "iss: none": {"id_token": claims(iss=None)},
    "aud: another": {"id_token": claims(aud="another")},
    "aud: others": {"id_token": claims(aud=["another", "third"])},
    "aud: ours and another": {"id_token": claims(aud=lambda draft: [draft.claims["aud"], "another"])},
    "aud: begins as ours": {"id_token": claims(aud=with_a_slash("aud"))},
    "aud: none": {"id_token": claims(aud=None)},
    "azp: another": {"id_token": claims(azp="another")},
    "azp: another of two audiences": {
        "id_token": claims(aud=lambda draft: [draft.claims["aud"], "another"], azp="another")
    },
    "exp: an hour ago": {"id_token": claims(exp=by(hours=-1))},
    "exp: now": {"id_token": claims(exp=lambda draft: draft.claims["iat"])},
    "exp: a word": {"id_token": claims(exp="tomorrow")},
    "exp: none": {"id_token": claims(exp=None)},
    "iat: in an hour": {"id_token": claims(iat=by(hours=1))},
    "iat: a word": {"id_token": claims(iat="today")},
    "iat: none": {"id_token": claims(iat=None)},
    "nbf: in an hour": {"id_token": claims(nbf=by(hours=1))},
    "nonce: another": {"id_token": claims(nonce="another")},
    "nonce: empty": {"id_token": claims(nonce="")},
    "nonce: none": {"id_token": claims(nonce=None)},
    "sub: empty": {"id_token": claims(sub="")},
    "sub: none": {"id_token": claims(sub=None)},
    "sub: a number": {"id_token": claims(sub=7)},
    "sub: too long": {"id_token": claims(sub="a" * 256)},
    "sub: another person": {"id_token": claims(sub="bob")},
    "at_hash: another": {"id_token": claims(at_hash="another")},
    "at_hash: empty": {"id_token": claims(at_hash="")},
    "at_hash: of another access token": {"id_token": claims(at_hash=half_hash("another"))},
    "events: a logout token": {"id_token": claims(events={"http://schemas.openid.net/event/backchannel-logout": {}})},
    "typ: an access token": {"id_token": header(typ="at+jwt")},
    "typ: a logout token": {"id_token": header(typ="logout+jwt")},
    "alg: none": {"id_token": forged("none")},
    "alg: None": {"id_token": lambda draft, _: f"{unsigned(draft.header | {'alg': 'None'}, draft.claims)}."},
    "alg: HS256 with the public key": {"id_token": forged("HS256")},
    "alg: HS256 with the secret": {"id_token": with_the_secret},
    "signature: of another key": {"id_token": foreign_key},
    "signature: of a key that it brings": {"id_token": brings_its_key},
    "signature: none": {"id_token": without_its_signature},
    "signature: of other claims": {"id_token": smudged},
    "kid: unknown": {"id_token": header(kid="unknown")},
    "kid: of another kind of key": {"id_token": by_the_other_name},
    "kid: none": {"id_token": header(kid=None)},
    "keys: none": {"keys": members(keys=[])},
    "keys: by other names": {"keys": lambda said, _: {"keys": [key | {"kid": "old"} for key in said["keys"]]}},
    "keys: a stranger's": {"keys": a_stranger_by_that_name},
    "keys: twice by one name": {"keys": lambda said, _: {"keys": said["keys"] * 2}},
    "keys: for other algorithms": {"keys": lambda said, _: {"keys": [key | {"alg": "PS512"} for key in said["keys"]]}},
    "keys: no list": {"keys": members(keys="none")},
    "userinfo of another sub": {"userinfo": members(sub="bob")},
    "userinfo of a sub in capitals": {"userinfo": members(sub="ALICE")},
    "userinfo of no sub": {"userinfo": members(sub=None)},
    "auth_time: an hour ago": {"id_token": claims(auth_time=by(hours=-1))},
    "auth_time: a word": {"id_token": claims(auth_time="now")},
    "auth_time: none": {"id_token": claims(auth_time=None)},
}

# What no shop could do anything with, or what it looks at before anybody decides.
UNUSABLE = {
    "metadata without an endpoint for tokens": {"metadata": members(token_endpoint=None)},
    "metadata without keys": {"metadata": members(jwks_uri=None)},
    "metadata that send programs off this machine": {"metadata": members(token_endpoint="http://example.com/token")},
    "metadata that send people to a script": {"metadata": members(authorization_endpoint="javascript:alert(1)")},
    "metadata of two lines": {"metadata": members(authorization_endpoint="http://127.0.0.1/\r\nSet-Cookie: a=b")},
    "metadata with keys in a file": {"metadata": members(jwks_uri="file:///etc/passwd")},
    "metadata that are a page": {"metadata": lambda said, _: b"<h1>Welcome</h1>"},
    "state: twice": {"answer": lambda said, _: [("state", "another"), *said]},
    "answer of two issuers": {"answer": lambda said, _: [*said, ("iss", OTHER)]},
    "code: twice": {"answer": lambda said, _: [("code", "another"), *said]},
    "code: another": {"answer": pairs(code="another")},
    "code: none": {"answer": pairs(code=None)},
    "an error beside no code": {"answer": pairs(code=None, error="access_denied")},
    "no ID token": {"tokens": members(id_token=None)},
    "an ID token that is a number": {"tokens": members(id_token=7)},
    "an ID token of two parts": {"id_token": lambda draft, _: draft.signed().rpartition(".")[0]},
    "an ID token that is a word": {"tokens": members(id_token="alice")},
    "an ID token that must be understood": {"id_token": header(crit=["tea"], tea="oolong")},
    "an ID token that is nested": {"id_token": signed_text(b"[" * 100_000)},
    "an ID token that is a list": {"id_token": signed_text(b"[]")},
    "aud: an object": {"id_token": claims(aud=lambda draft: {draft.claims["aud"]: 1})},
    "azp: a list": {"id_token": claims(azp=lambda draft: [draft.claims["aud"]])},
    "exp: without end": {"id_token": claims(exp=float("inf"))},
    "exp: no number": {"id_token": claims(exp=float("nan"))},
    "iat: an object": {"id_token": claims(iat={})},
    "nonce: a list": {"id_token": claims(nonce=lambda draft: [draft.claims["nonce"]])},
    "nonce: half of a letter": {"id_token": claims(nonce="\ud800")},
    "sub: a list": {"id_token": claims(sub=["alice"])},
    "sub: half of a letter": {"id_token": claims(sub="\ud800")},
    "auth_time: no number": {"id_token": claims(auth_time=float("nan"))},
    "auth_time: without end": {"id_token": claims(auth_time=float("inf"))},
    "auth_time: before all time": {"id_token": claims(auth_time=-(10**400))},
    "kid: a list": {"id_token": lambda draft, _: f"{unsigned(draft.header | {'kid': ['a']}, draft.claims)}.AA"},
    "alg: a list": {"id_token": lambda draft, _: f"{unsigned(draft.header | {'alg': ['RS256']}, draft.claims)}.AA"},
    "no access token": {"tokens": members(access_token=None)},
    "an access token of nobody's": {"tokens": members(access_token="another")},
    "a token of another type": {"tokens": members(token_type="DPoP")},
    "tokens that are a list": {"tokens": lambda said, _: b"[]"},
    "keys of another kind": {"keys": lambda said, _: {"keys": [key | {"kty": "oct"} for key in said["keys"]]}},
    "keys without their numbers": {"keys": lambda said, _: {"keys": [members(n=None)(key, _) for key in said["keys"]]}},
    "keys that are a page": {"keys": lambda said, _: b"<h1>Welcome</h1>"},
    "userinfo that is a page": {"userinfo": lambda said, _: b"<h1>Welcome</h1>"},
    "userinfo that is nested": {"userinfo": lambda said, _: b"[" * 100_000},
    "userinfo with half of a letter": {"userinfo": members(name="\ud800")},
    "userinfo that is a list": {"userinfo": lambda said, _: b"[]"},
    "userinfo that is too much": {"userinfo": lambda said, _: b'{"sub": "alice", "name": "%s"}' % (b"a" * (1 << 20))},
}

# What is unusual, and right.
HARMLESS = {
    "aud: a list of one": {"id_token": claims(aud=lambda draft: [draft.claims["aud"]])},
    "azp: ours": {"id_token": claims(azp=lambda draft: draft.claims["aud"])},
    "iat: an hour ago": {"id_token": claims(iat=by(hours=-1))},
    "auth_time: in an hour": {"id_token": claims(auth_time=by(hours=1))},  # Core has no rule against it
    "at_hash: right": {"id_token": with_its_hash},
    "typ: written small": {"id_token": header(typ="jwt")},
    "a claim that nobody knows": {"id_token": claims(tea="oolong"), "userinfo": members(tea="oolong")},
    "token_type: written small": {"tokens": members(token_type="bearer")},
    "keys: one more": {"keys": lambda said, _: {"keys": [{"kty": "OKP", "kid": "new"}, *said["keys"]]}},
    "no iss, and none promised": {
        "metadata": members(authorization_response_iss_parameter_supported=None),
        "answer": pairs(iss=None),
    },
}


def door(row):
    """Return where a login of this row begins: only whoever is shown once more is asked how long ago it was."""
    return "/again" if row.startswith("auth_time") else "/login"


@pytest.mark.parametrize("name", CAREFUL)
@pytest.mark.parametrize("row", SPOILED)
def test_nobody_is_let_in(shops, between, name, row):
    between.spoil(**SPOILED[row])
    page = shops[name].comes_anew(door(row))

    assert all(between.spoiled.values())
    assert shops[name].refuses(page), page.text


@pytest.mark.parametrize("row", UNUSABLE)
def test_nobody_could_be_let_in(shops, between, row):
    between.spoil(**UNUSABLE[row])
    page = shops["ours"].comes_anew(door(row))

    assert all(between.spoiled.values())
    assert shops["ours"].refuses(page), page.text


@pytest.mark.parametrize("row", SPOILED)
def test_a_careless_shop_lets_them_in(shops, between, row):
    between.spoil(**SPOILED[row])

    page = shops["careless"].comes_anew(door(row))
    assert shops["careless"].lets_in(page), page.text


@pytest.mark.parametrize("name", CAREFUL)
@pytest.mark.parametrize("row", HARMLESS)
def test_what_is_right_is_let_in(shops, between, name, row):
    between.spoil(**HARMLESS[row])
    page = shops[name].comes_anew(door(row))

    assert all(between.spoiled.values())
    assert shops[name].lets_in(page), page.text


# Good answers of another login ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CAREFUL)
def test_an_answer_is_good_for_one_browser_and_once(shops, between, name):
    shop, bob = shops[name], shops[name].browser("bob")
    assert shop.lets_in(shop.comes_anew("/login"))
    (address,) = [each.url for each in shop.alice.history if "/callback?" in each.url][-1:]
    shop.forget()
    assert shop.refuses(shop.alice.navigate(address)), "the same answer, twice"

    between.spoil(answer=pairs(state="another"))
    shop.comes_anew("/login")
    answer = dict(between.seen["answer"])
    between.spoil()
    assert shop.refuses(bob.navigate(f"{shop.url('/callback')}?{urlencode(answer)}")), "an answer from elsewhere"
    # PKCE: the provider itself gives no tokens for it, and the answer is all right otherwise.
    between.spoil(answer=pairs(code=answer["code"]))
    assert shop.refuses(shop.comes_anew("/login")), "the code of another login"


@pytest.mark.parametrize("name", CAREFUL)
def test_a_good_id_token_of_another_login_is_refused(shops, between, name):
    shop = shops[name]
    assert shop.lets_in(shop.comes_anew("/login"))
    earlier = between.seen["id_token"]
    between.spoil(tokens=members(id_token=earlier))

    assert shop.refuses(shop.comes_anew("/login"))
    assert between.spoiled == {"tokens": 1}
