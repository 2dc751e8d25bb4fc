"""One-time codes: six digits that come by mail or text message, for the challenge that they were asked for."""

import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from flask import Flask, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from labsrv.labs.passwordless.desk import Desk, canonical, secret

LIFETIME = timedelta(minutes=10)
WRONG = "That code is wrong, or no longer valid."
WAIT = "Too many attempts. Please wait a quarter of an hour, or take a link by mail."


def let_people_in_by_code(
    app: Flask,
    desk: Desk,
    new_code: Callable[[], str],
    read_code: Callable[[str], str | None],
    may_guess: Callable[..., bool],
    check_code: Callable[..., str | None],
) -> None:
    """Send a code to whoever asks, and let in whoever enters it."""
    seal = sealing()
    codes = desk.lab.db.codes

    @app.post("/code")
    def ask_for_code() -> str:
        """Begin a challenge, also for strangers: theirs has a row as well, and no code fits it."""
        address, challenge, code = canonical(request.form.get("address", "")), secret(), new_code()
        user = desk.find(address)
        # The store has the code sealed: who reads it there cannot enter it.
        kept = seal(code) if user else secret()
        until = desk.lab.clock.now() + LIFETIME
        codes.insert_one({"_id": challenge, "account": address, "user": user, "code": kept, "expires_at": until})
        if desk.may_send(address) and user:
            send_code(desk, user, code)

        return render_template("enter_code.html", challenge=challenge)

    @app.post("/code/check", endpoint="check_code")
    def check() -> AnyResponse | tuple[str, int]:
        challenge = request.form.get("challenge", "")
        row = codes.find_one({"_id": challenge})
        if row is None:
            return render_template("enter_code.html", challenge=challenge, words=WRONG), 401
        # Asked before the code is looked at, or the limit would stop nobody who guesses right.
        if not may_guess(desk.attempts, row["account"], challenge):
            return render_template("enter_code.html", challenge=challenge, words=WAIT), 429

        code = read_code(request.form.get("code", ""))
        user = check_code(codes, challenge, seal(code), desk.lab.clock.now()) if code else None
        return (
            desk.welcome(user) if user else (render_template("enter_code.html", challenge=challenge, words=WRONG), 401)
        )


def send_code(desk: Desk, user: str, code: str) -> None:
    """Send a code the way that was asked for, with the name of the site that it is for in its last line."""
    host = desk.lab.url("shop", "").split("//")[1].split(":")[0]
    text = f"{code} is your code for the tea shop. It is valid for ten minutes. Tell it to nobody.\n\n@{host} #{code}"
    if request.form.get("by") == "text":
        desk.lab.sms.send(desk.phone_of(user), text)
    else:
        desk.lab.mail.send(desk.address_of(user), "Your code for the tea shop", text)


def sealing() -> Callable[[str], str]:
    """Return what turns a code into what the store keeps of it: without the key, a million guesses tell nothing."""
    key = secrets.token_bytes(32)
    return lambda code: hmac.new(key, code.encode(), sha256).hexdigest()
