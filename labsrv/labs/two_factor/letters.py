"""The other ways in: a link by mail, and a new password for one that was forgotten."""

import secrets
from datetime import timedelta

from flask import Flask, g, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.fingerprints import fingerprint
from labsrv.labs.two_factor.shop import Shop, email_of

LINKS_HOLD = timedelta(minutes=10)
PURPOSES = {"link": "Your link to the tea shop", "reset": "A new password for the tea shop"}
OVER = "This link is over, or was used before."


def let_people_in_by_mail(app: Flask, shop: Shop) -> None:
    """Send links, and let whoever comes with one make the first step."""
    mailed, clock = shop.lab.db.mailed, shop.lab.clock

    @app.get("/mail")
    def mail() -> str:
        return render_template("mail.html")

    @app.post("/mail")
    def send_mail() -> str:
        user = shop.accounts.get(request.form.get("name", ""))
        purpose = "reset" if request.form.get("purpose") == "reset" else "link"
        # Strangers read the same page, and get no mail. The store has the fingerprint alone: who reads it has no link.
        if user:
            token = secrets.token_urlsafe(32)
            row = {"_id": fingerprint(token), "user": user.name, "purpose": purpose}
            mailed.insert_one(row | {"until": clock.now() + LINKS_HOLD})
            address = shop.lab.url("shop", url_for("open_mail", purpose=purpose, token=token))
            shop.lab.mail.send(email_of(user.name), PURPOSES[purpose], f"It holds for ten minutes:\n\n{address}\n")
        return render_template("mail.html", sent=True)

    @app.get("/mail/<purpose>/<token>")
    def open_mail(purpose: str, token: str) -> str:
        return render_template("mailed.html", purpose=purpose)

    @app.post("/mail/<purpose>/<token>")
    def use_mail(purpose: str, token: str) -> AnyResponse | tuple[str, int]:
        wanted = {"_id": fingerprint(token), "purpose": purpose, "until": {"$gt": clock.now()}}
        # Found and removed in one step: of two that come at once, one is too late.
        row = mailed.find_one_and_delete(wanted)
        if row is None:
            return render_template("mail.html", words=OVER), 410

        if purpose == "reset":
            shop.accounts.set_password(row["user"], request.form["new"])
            shop.visits.end_all(row["user"])
            g.visit = None
        # A link proves the mailbox, which is one factor: the second step may still be missing.
        return shop.enter(row["user"], purpose)
