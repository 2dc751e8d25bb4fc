"""The people of the token lesson: who lives here, what the shop's app does for them, as verbs.

sign_in(alice, lab.shop)                  the app gets its tokens
orders(alice, lab.shop)                   the app calls the API with the access token
storage(alice)                            what the app's script keeps in localStorage

Script on pages is not run here: these functions do what the shop's script would do.
"""

from datetime import timedelta
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask, Response, jsonify, request

from labsrv.kit.accounts import Accounts
from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.response import Response as Answer
from labsrv.kit.keys import KEY_FOLDER, Key
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.kit.lessons.small_page import mallorys_page
from labsrv.kit.services import Services
from labsrv.labs.jwt.compact import jwk_of, key_pair, private_pem_of

SHOP, CLUB = "tea-shop", "tea-club"
AUDIENCES = {SHOP, CLUB}
SCOPES = {"customer": "orders:read", "hr": "orders:read refunds:write"}
FIRST_KEY, NEXT_KEY = "tea-2026-1", "tea-2026-2"
# For how long tokens of the old key are still good once there is a new one.
OVERLAP = timedelta(minutes=15)

STORAGE: "WeakKeyDictionary[Browser, dict[str, Any]]" = WeakKeyDictionary()


def settle(lab: Lab) -> None:
    """Let everyone move in, make the shop's first key, and put some files where files are."""
    accounts = Accounts(lab.db.users, lab.hasher)
    for role, person in lab.people.items():
        accounts.add(person)
        lab.db.addresses.insert_one({"_id": person.name, "line": f"{role.title()}'s house, 7 Tea Lane"})
    add_key(lab, FIRST_KEY)
    for path, text in {"/dev/null": "", "/srv/shop/static/teapot.svg": "<svg><!-- a teapot --></svg>"}.items():
        lab.db.files.insert_one({"_id": path, "text": text})


def add_key(lab: Lab, kid: str) -> None:
    """Make a key for the shop, and sign with it from now on."""
    private = key_pair(f"shop {kid}")
    jwk = jwk_of(private)
    lab.db.keys.insert_one({"_id": kid, "jwk": jwk, "private": private_pem_of(private), "until": None})
    pem = Key(kid, private.public_key()).pem.decode()
    lab.db.files.insert_one({"_id": f"{KEY_FOLDER}{kid}", "text": pem})


def rotate_keys(lab: Lab) -> None:
    """Sign with a new key from now on; tokens of the old one are good for a quarter of an hour more."""
    lab.db.keys.update_many({"until": None}, {"$set": {"until": lab.clock.now() + OVERLAP}})
    add_key(lab, NEXT_KEY)


def neighbour_sites(lab: Services) -> dict[str, Flask]:
    """Return Mallory's site: she runs the tea club, and publishes keys of her own."""
    site = Flask("mallory")

    @site.get("/")
    def home() -> str:
        return mallorys_page(
            "The tea club", "Sign in with your account of the tea shop, and join the club.", name="The tea club"
        )

    @site.post("/join")
    def join() -> Response:
        lab.db.joined.insert_one({name: request.form.get(name, "") for name in ("id_token", "access_token")})
        return jsonify(welcome=True)

    # What she publishes is up to her attack: a verifier that fetches keys from an address in a token comes here.
    @site.get("/keys.json")
    def keys() -> Response:
        row = lab.db.web.find_one({"_id": lab.url("mallory", "/keys.json")}) or {}
        return jsonify(keys=row.get("keys", []))

    return {"mallory": site}


# What the shop's app does.


def storage(browser: Browser) -> dict[str, Any]:
    """Return what the app's script keeps in this browser: all that the shop's answers let it see."""
    return STORAGE.setdefault(browser, {})


def sign_in(browser: Browser, shop: Site, **more: str) -> Answer:
    """Get tokens for this browser's person, and keep them."""
    person = browser.person
    fields = {"name": person.name, "password": person.password} | more
    return keep(browser, browser.fetch(shop.token, method="POST", body=fields, from_=shop.url))


def refresh(browser: Browser, shop: Site) -> Answer:
    """Get new tokens for the refresh token that the script has, or for the one that the browser sends by itself."""
    kept = storage(browser).get("refresh_token")
    fields = {"refresh_token": kept} if kept else {}
    return keep(browser, browser.fetch(shop.refresh, method="POST", body=fields, from_=shop.url))


def keep(browser: Browser, answer: Answer) -> Answer:
    """Keep what an answer of the shop lets script see: the fields of an object, whatever else it is under one name."""
    if answer.ok:
        said = answer.json()
        storage(browser).update(said if isinstance(said, dict) else {"what the shop said": said})
    return answer


def call(
    browser: Browser, url: str, token: str | None = None, *, method: str = "GET", scheme: str = "Bearer"
) -> Answer:
    """Call the API with a token, by default with the one that the app has."""
    shown = storage(browser).get("access_token", "") if token is None else token
    return browser.fetch(url, method=method, headers={"Authorization": f"{scheme} {shown}"}, from_=url)


def orders(browser: Browser, shop: Site, token: str | None = None) -> Answer:
    """Ask what this browser's person bought."""
    return call(browser, shop.orders, token)


def sees_orders_of(browser: Browser, shop: Site, owner: str, token: str | None = None) -> bool:
    """Return whether the API answers this browser with somebody's orders."""
    answer = orders(browser, shop, token)
    return answer.status == 200 and answer.json()["owner"] == owner


def log_out(browser: Browser, shop: Site) -> Answer:
    """Log out: tell the shop, and forget the tokens."""
    answer = call(browser, shop.logout, method="POST")
    storage(browser).clear()
    return answer


def join_club(browser: Browser, lab: Lab) -> None:
    """Sign in at Mallory's tea club with tokens of the shop: an ID token, and an access token for the club."""
    own = dict(storage(browser))
    sign_in(browser, lab.shop, audience=CLUB)
    shown = {name: storage(browser)[name] for name in ("id_token", "access_token")}
    storage(browser).clear()
    storage(browser).update(own)
    club = lab.sites["mallory"]
    browser.fetch(club.join, method="POST", body=shown, from_=club.url)


def voucher(browser: Browser, shop: Site) -> str:
    """Take a gift voucher."""
    return browser.fetch(shop.voucher, from_=shop.url).text


def redeem(browser: Browser, shop: Site, text: str) -> Answer:
    """Redeem a voucher."""
    return browser.fetch(shop.redeem, method="POST", body={"voucher": text}, from_=shop.url)
