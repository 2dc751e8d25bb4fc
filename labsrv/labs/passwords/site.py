"""The tea shop, which lets people in by name and password.

GET  /                    home             the teas
GET  /login               login            who are you?
POST /login               check_login
POST /logout              logout
GET  /account             account          one's own page
GET  /account/password    password         choose another one
POST /account/password    change_password

visitor ──▶ whose attempt is it? ──▶ may they try? ──▶ is it their password? ──▶ forgive, upgrade ──▶ a session
              source_of                may_try           prepare, log_in           and a cookie that
              known_device                                                         says: known device
new password ──▶ change_password ◀── is it theirs to change? ──▶ acceptable? ──▶ store_password
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, Request, Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.attempts import WINDOW, Attempts
from labsrv.kit.kept_passwords import KeptPasswords
from labsrv.kit.lessons.tea_shop import tea_shop
from labsrv.kit.passwords import Hasher
from labsrv.kit.services import Services
from labsrv.kit.sessions import Sessions
from labsrv.kit.store import Collection
from labsrv.labs.passwords.gate import COOKIE, LoginGate, fingerprint, secret
from labsrv.labs.passwords.people import TEAS, settle

__all__ = ["create_site", "settle"]

SESSION = "__Host-sid"
LONGEST = 1_000  # characters of a password: long enough for anybody, and no hash of a novel
WAIT = "Too many attempts. Please wait a quarter of an hour."
EASY = "That password is too short or too easy to guess. Choose another one."
TOO_LONG = f"A password has at most {LONGEST:,} characters."


def create_site(
    lab: Services,
    *,
    log_in: Callable[[Accounts, KeptPasswords, str, str], User | Refused],
    store_password: Callable[[Hasher, str], str],
    upgrade: Callable[[Accounts, KeptPasswords, User, str], None],
    acceptable: Callable[[str, str], bool],
    prepare: Callable[[str], str],
    source_of: Callable[[Request], str],
    may_try: Callable[[Attempts, str, str, str | None], bool],
    forgive: Callable[[Attempts, str, str, str | None], None],
    known_device: Callable[[Collection, str | None, str], str | None],
    change_password: Callable[[Accounts, KeptPasswords, User, Mapping[str, str]], bool],
) -> Flask:
    """Return the shop with these decisions made."""
    app = tea_shop("labsrv.labs.passwords.site")
    shop = Shop.of(lab, store_password)
    gate = LoginGate(
        Attempts(lab.db.attempts, lab.clock.now), lab.db.devices, source_of, known_device, may_try, forgive
    )

    know_visitors(app, shop)
    show_pages(app, shop)
    let_people_in(app, shop, gate, prepare, log_in, upgrade)
    let_people_out(app, shop)
    let_people_change(app, shop, gate, prepare, acceptable, change_password)
    return app


@dataclass(frozen=True)
class Shop:
    """What all of the shop's pages need."""

    accounts: Accounts
    passwords: KeptPasswords
    sessions: Sessions

    @classmethod
    def of(cls, lab: Services, store_password: Callable[[Hasher, str], str]) -> "Shop":
        """Return the shop over a lab's services; its sessions are sound ones."""
        passwords = KeptPasswords(lab.hasher, store_password)
        sessions = Sessions(lab.db.sessions, new_id=lambda user: secret(), fingerprint=fingerprint, now=lab.clock.now)
        return cls(Accounts(lab.db.users, passwords), passwords, sessions)

    def user_of(self, session_id: str | None) -> User | None:
        """Return the user whose session this is, unless the account was closed since."""
        g.session = self.sessions.find(session_id)
        user = self.accounts.get(g.session.user) if g.session else None
        return user if user and not user.disabled else None


def know_visitors(app: Flask, shop: Shop) -> None:
    """Find out who is there, and keep strangers off what is somebody's own."""

    @app.before_request
    def recognise_the_visitor() -> AnyResponse | None:
        g.user = shop.user_of(request.cookies.get(SESSION))
        own = request.path.startswith("/account")
        return redirect(url_for("login"), 303) if own and g.user is None else None

    @app.after_request
    def keep_no_copy(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response


def show_pages(app: Flask, shop: Shop) -> None:
    """Show what needs no decision."""

    @app.get("/")
    def home() -> str:
        return render_template("home.html", teas=TEAS)

    @app.get("/login")
    def login() -> str:
        return render_template("login.html")

    @app.get("/account")
    def account() -> str:
        return render_template("account.html")

    @app.get("/account/password")
    def password() -> str:
        return render_template("password.html")


def let_people_in(
    app: Flask,
    shop: Shop,
    gate: LoginGate,
    prepare: Callable[[str], str],
    log_in: Callable[..., User | Refused],
    upgrade: Callable[..., None],
) -> None:
    """Log in whoever may try and knows the password."""

    @app.post("/login")
    def check_login() -> AnyResponse | tuple[str, int]:
        name, typed = request.form.get("name", ""), request.form.get("password", "")
        # Both before any hashing: to hash is what costs, and what an attacker would have us do.
        if len(typed) > LONGEST:
            return turned_away("login.html", TOO_LONG, 400)
        if not gate.opens_for(name):
            return turned_away("login.html", WAIT, 429)

        password = prepare(typed)
        answer = log_in(shop.accounts, shop.passwords, name, password)
        if not isinstance(answer, User):
            return turned_away("login.html", (answer or Refused()).words, 401)

        # A session from before the login may be somebody else's: it ends, and a new one begins.
        gate.let_in(name)
        if g.session:
            shop.sessions.delete(g.session)
        # The one moment at which the shop has the password itself, and can keep it in a better way.
        upgrade(shop.accounts, shop.passwords, answer, password)
        response = redirect(url_for("account"), 303)
        response.set_cookie(SESSION, shop.sessions.create(answer.name).id, **COOKIE)
        gate.remember(answer.name, response)
        return response


def let_people_out(app: Flask, shop: Shop) -> None:
    """End the session when somebody leaves."""

    @app.post("/logout")
    def logout() -> AnyResponse:
        if g.session:
            shop.sessions.delete(g.session)
        response = redirect(url_for("home"), 303)
        response.delete_cookie(SESSION, **COOKIE)
        return response


def let_people_change(
    app: Flask,
    shop: Shop,
    gate: LoginGate,
    prepare: Callable[[str], str],
    acceptable: Callable[[str, str], bool],
    change_password: Callable[..., bool],
) -> None:
    """Let people choose another password, and end every other session of theirs then."""

    @app.post("/account/password", endpoint="change_password")
    def change() -> AnyResponse | tuple[str, int]:
        typed = {name: request.form.get(name, "") for name in ("name", "current", "new")}
        if max(map(len, typed.values())) > LONGEST:
            return turned_away("password.html", TOO_LONG, 400)
        if not acceptable(typed["new"], g.user.name):
            return turned_away("password.html", EASY, 400)
        # The current password can be guessed here as well as at the door.
        if not gate.opens_for(g.user.name):
            return turned_away("password.html", WAIT, 429)

        form = typed | {"current": prepare(typed["current"]), "new": prepare(typed["new"])}
        if not change_password(shop.accounts, shop.passwords, g.user, form):
            return turned_away("password.html", "That is not your current password.", 403)

        gate.let_in(g.user.name)
        shop.sessions.delete_all(g.user.name, but=g.session)
        return redirect(url_for("account", changed="yes"), 303)


def turned_away(page: str, words: str, status: int) -> AnyResponse | tuple[str, int]:
    """Return the page once more, with the reason; who comes too often is told for how long to wait."""
    shown = render_template(page, words=words)
    if status != 429:
        return shown, status

    return Response(shown, status, {"Retry-After": str(int(WINDOW.total_seconds()))}, mimetype="text/html")
