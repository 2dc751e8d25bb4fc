"""How people set up, replace and remove what they make the second step with, and draw recovery codes."""

import secrets
from collections.abc import Callable

from flask import Flask, g, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.addresses.otpauth import Otpauth, decode_secret
from labsrv.kit.factors import Factors
from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection
from labsrv.labs.two_factor.second_step import Proofs, refused
from labsrv.labs.two_factor.shop import Shop

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that is taken for another
SHEET, LENGTH = 10, 10


def let_people_set_up_apps(
    app: Flask,
    shop: Shop,
    proofs: Proofs,
    new_secret: Callable[[str], str],
    set_up: Callable[[Factors, str, str], None],
) -> None:
    """Show a new secret as a QR code, and let the app count once a code was typed that is its own."""
    factors, db = shop.factors, shop.lab.db

    @app.get("/account/second")
    def new_app() -> str:
        secret = new_secret(g.name)
        set_up(factors, g.name, secret)
        return shown_app(secret)

    @app.post("/account/second")
    def confirm_app() -> AnyResponse | tuple[str, int]:
        # Until a code has come from it, a new app counts for nothing: its owner may have failed to scan it.
        app = factors.proposed(g.name) or factors.active(g.name)
        step = proofs.step_of(app, request.form.get("code", ""), shop.lab.clock.time()) if app else None
        if app is None or step is None:
            return shown_app(app.secret if app else "", words="That code is not from this app."), 400

        # The code is spent with this, and devices that were known by the app before are known no more.
        factors.activate(g.name, app.secret)
        db.steps.replace_one({"_id": g.name}, {"step": step}, upsert=True)
        db.devices.delete_many({"user": g.name})
        shop.tell_owner(g.name, "An authenticator app was set up.")
        return shop.welcome(shop.visits.prove(g.visit))


def shown_app(secret: str, words: str = "") -> str:
    """Return the page with the QR code of the app that is being set up."""
    otpauth = Otpauth(decode_secret(secret), issuer="Tea shop", name=g.name) if secret else None
    return render_template("new_app.html", otpauth=otpauth, words=words)


def let_people_change_the_rest(
    app: Flask, shop: Shop, keep_codes: Callable[[Collection, Hasher, str, list[str]], None]
) -> None:
    """Remove an app, and draw a sheet of recovery codes."""
    db = shop.lab.db

    @app.post("/account/second/remove")
    def remove_app() -> AnyResponse:
        # What stood in for the app goes with it.
        shop.factors.remove(g.name)
        db.devices.delete_many({"user": g.name})
        db.recovery.delete_many({"user": g.name, "kind": "code"})
        shop.tell_owner(g.name, "Your authenticator app was removed: your password alone lets you in.")
        return shop.welcome(g.visit)

    @app.post("/account/second/codes")
    def new_codes() -> str:
        codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(SHEET)]
        keep_codes(db.recovery, shop.lab.hasher, g.name, codes)
        shop.tell_owner(g.name, "New recovery codes were made; the ones before are void.")
        return render_template("codes.html", codes=[f"{each[:5]}-{each[5:]}" for each in codes])


def ask_again(app: Flask, shop: Shop, proofs: Proofs) -> None:
    """Ask for both factors once more, before something is changed."""

    @app.get("/confirm")
    def confirm() -> str:
        return render_template("confirm.html", app=shop.factors.active(g.name))

    @app.post("/confirm")
    def check_confirm() -> AnyResponse | tuple[str, int]:
        has_app = shop.factors.active(g.name)
        right = shop.accounts.authenticate(g.name, request.form.get("password", ""))
        shown = proofs.shown(g.name, g.visit.id, request.form) if right and has_app else bool(right)
        if shown:
            return shop.welcome(shop.visits.prove(g.visit))

        return refused("confirm.html", shown, app=has_app)
