"""The second step: what counts as one, and how it is made."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest

from flask import Flask, Request, g, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.attempts import Attempts
from labsrv.kit.factors import Factor
from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection
from labsrv.kit.visits import Visit
from labsrv.labs.two_factor.shop import Shop, number_of

TEXTS_HOLD = timedelta(minutes=10)
WAIT = "Too many tries. Please wait a quarter of an hour."
WRONG = "That code is wrong, over, or was used before."


@dataclass(frozen=True)
class Proofs:
    """Everything by which somebody may show that they have what they should."""

    shop: Shop
    hotp: Callable[[bytes, int, int, str], str]
    time_of: Callable[[Request, float], float]
    step_of: Callable[[Factor, str, float], int | None]
    use_step: Callable[[Collection, str, int], bool]
    may_try: Callable[[Attempts, str, str], bool]
    redeem: Callable[[Collection, Hasher, str, str], bool]

    @property
    def attempts(self) -> Attempts:
        """Return the counters."""
        return Attempts(self.shop.lab.db.attempts, self.shop.lab.clock.now)

    def shown(self, user: str, visit_id: str, form: Mapping[str, str]) -> bool | None:
        """Return whether the form proves a second factor of this user; None when there were too many tries."""
        if not self.may_try(self.attempts, user, visit_id):
            return None

        kinds = {"app": self.by_app, "text": self.by_text, "recovery": self.by_recovery_code}
        by = kinds.get(form.get("kind", "app"))
        proved = bool(by and by(user, form.get("code", "")))
        if proved:
            self.attempts.forget("second step", user)
        return proved

    def by_app(self, user: str, typed: str) -> bool:
        """Take the code of a time step, once."""
        app = self.shop.factors.active(user)
        step = self.step_of(app, typed, self.now()) if app else None
        return step is not None and self.use_step(self.shop.lab.db.steps, user, step)

    def by_text(self, user: str, typed: str) -> bool:
        """Take the code that was sent by text message, once."""
        texts, now = self.shop.lab.db.texts, self.shop.lab.clock.now()
        row = texts.find_one({"_id": user, "open": True, "until": {"$gt": now}})
        if row is None or not compare_digest(self.text_code(row).encode(), typed.encode()):
            return False

        taken = texts.update_one({"_id": user, "open": True, "count": row["count"]}, {"$set": {"open": False}})
        return taken.modified_count == 1

    def by_recovery_code(self, user: str, typed: str) -> bool:
        """Take a code off the user's sheet, and tell them."""
        if not self.redeem(self.shop.lab.db.recovery, self.shop.lab.hasher, user, typed):
            return False

        self.shop.tell_owner(user, "A recovery code was used to log in.")
        return True

    def text_code(self, row: dict[str, object]) -> str:
        """Return the code of a text message: HOTP over the number of messages so far."""
        return self.hotp(bytes.fromhex(str(row["secret"])), int(str(row["count"])), 6, "sha1")

    def now(self) -> float:
        """Return the time at which a code is looked at, in seconds since the epoch."""
        return self.time_of(request, self.shop.lab.clock.time())


def make_the_second_step(
    app: Flask, shop: Shop, proofs: Proofs, who_enters: Callable[[Visit, Mapping[str, str]], str]
) -> None:
    """Ask for the second step, and log in whoever makes it."""

    @app.get("/login/second")
    def second() -> str:
        return render_template("second.html", kind=request.args.get("kind", "app"))

    @app.post("/login/second")
    def check_second() -> AnyResponse | tuple[str, int]:
        shown = proofs.shown(g.name, g.visit.id, request.form) if g.visit else False
        if not shown:
            return refused("second.html", shown, kind=request.form.get("kind", "app"))

        # The half-way visit ends: its id was known before both steps were made.
        user = who_enters(g.visit, request.form)
        shop.visits.end(g.visit)
        response = shop.welcome(shop.visits.begin(user, full=True))
        if request.form.get("remember"):
            shop.remember_device(user, secrets.token_urlsafe(32), response)
        return response

    @app.post("/login/second/text")
    def text_me() -> str | tuple[str, int]:
        if proofs.attempts.note("texts", g.name) > 5:
            return refused("second.html", None, kind="app")

        # The count goes on in the store, so that no code is sent twice, whichever process sends it.
        row = shop.lab.db.texts.find_one_and_update(
            {"_id": g.name},
            {
                "$inc": {"count": 1},
                "$set": {"open": True, "until": shop.lab.clock.now() + TEXTS_HOLD},
                "$setOnInsert": {"secret": secrets.token_hex(20)},
            },
            upsert=True,
            return_document=True,
        )
        shop.lab.sms.send(number_of(g.name), f"{proofs.text_code(row)} is your code for the tea shop.")
        return render_template("second.html", kind="text")


def refused(page: str, shown: bool | None, **values: object) -> tuple[str, int]:
    """Return the page once more, with the reason: wrong, or too often."""
    return render_template(page, words=WAIT if shown is None else WRONG, **values), 429 if shown is None else 401
