"""The people of the sessions lesson: who lives here, and what they do, as verbs.

log_in(alice, lab.shop)
put_in_basket(alice, lab.shop, "Oolong")
assert is_logged_in(alice, lab.shop)
"""

from flask import Flask, Response, request
from markupsafe import Markup

from labsrv.kit.accounts import Accounts
from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.cookies.jar import Cookie
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.kit.lessons.small_page import mallorys_page, small_page
from labsrv.kit.services import Services

TEAS = ["Oolong", "Sencha", "Earl Grey", "Lapsang Souchong"]
CARDS = {"alice": "0000 1111 2222 3333", "bob": "0000 4444 5555 6666"}


def settle(lab: Lab) -> None:
    """Let everyone move in: accounts, cards, and last month's invoices."""
    accounts = Accounts(lab.db.users, lab.hasher)
    for role, person in lab.people.items():
        accounts.add(person)
        lab.db.cards.insert_one({"_id": person.name, "number": CARDS.get(role, "0000 7777 8888 9999")})
        lab.db.invoices.insert_one({"_id": f"invoice-{person.name}", "user": person.name, "total": "12.80"})


def neighbour_sites(lab: Services) -> dict[str, Flask]:
    """Return the other sites: the shop's picture host, where anybody may upload, and Mallory's own."""
    return {"pics.shop": picture_host(lab), "mallory": mallorys_site(lab)}


def picture_host(lab: Services) -> Flask:
    """Return `pics.shop.localhost`, a sister of the shop: what it answers is up to whoever uploaded it."""
    pictures = Flask("pictures")
    pictures.add_url_rule("/", "home", lambda: small_page("Pictures of tea"))

    @pictures.get("/teapot")
    def teapot() -> Response:
        """Mallory's picture comes with a cookie that she chose."""
        answer = Response("a picture of a teapot", mimetype="text/plain")
        # For the whole site, not for this host: that is what one sister can do to another.
        name, value = request.args.get("name"), request.args.get("value")
        if name and value:
            parent = request.host.split(":")[0].split(".", 1)[1]
            secure = "; Secure" if name.startswith("__") else ""
            answer.headers.add("Set-Cookie", f"{name}={value}; Domain={parent}; Path=/{secure}")
        return answer

    return pictures


def mallorys_site(lab: Services) -> Flask:
    """Return Mallory's site: a page whose form goes to the shop, and a log-in page that looks like the shop's."""
    site = Flask("mallory")

    # The fields are the shop's own: a browser fills in whose account it is, by the cookie that it sends along.
    @site.get("/")
    def home() -> str:
        form = Markup(
            '<form name="claim" method="post" action="{}">'
            '<input type="hidden" name="line" value="Mallory, 13 Fog Lane"><button>Claim it</button></form>'
        ).format(lab.url("shop", "/account/address"))
        return mallorys_page("You won a teapot", form, heading="You won a teapot!")

    # Whoever types a password here has told it to Mallory: it stands in the traffic.
    @site.route("/login", methods=["GET", "POST"])
    def login() -> str:
        said = "Something went wrong." if request.method == "POST" else "Your session has expired."
        form = Markup(
            '<p>{} Please log in again.</p><form name="login" method="post">'
            '<label>Name <input name="name" autocomplete="username"></label>'
            '<label>Password <input name="password" type="password" autocomplete="current-password"></label>'
            "<button>Log in</button></form>"
        ).format(said)
        return mallorys_page("Tea shop: log in", form, heading="Log in")

    return site


def log_in(browser: Browser, shop: Site, *, next: str | None = None, password: str | None = None) -> Page:
    """Let the browser's person log in, and return the page on which they arrive."""
    person = browser.person
    fields = {"name": person.name, "password": password or person.password}
    if next is not None:
        fields["next"] = next
    return browser.submit(shop.login, **fields)


def log_out(browser: Browser, shop: Site) -> Page:
    """End this session."""
    return browser.submit(shop.logout)


def log_out_everywhere(browser: Browser, shop: Site) -> Page:
    """End every session of this person."""
    return browser.submit(shop.logout_everywhere)


def put_in_basket(browser: Browser, shop: Site, tea: str = "Oolong") -> Page:
    """Put a tea into the basket; a stranger gets a session by that."""
    return browser.submit(shop.basket, tea=tea)


def confirm(browser: Browser, shop: Site) -> Page:
    """Type the password once more, as the payment page wants it."""
    return browser.submit(shop.confirm, password=browser.person.password)


def is_logged_in(browser: Browser, shop: Site, *, as_: Browser | None = None) -> bool:
    """Return whether the account page shows this browser's own person, or the one of `as_`."""
    page = browser.navigate(shop.account)
    name = (as_ or browser).person.name
    return page.status == 200 and page.url == shop.account and page.sees(f"Hello, {name}.")


def session_cookie(browser: Browser, shop: Site) -> Cookie | None:
    """Return the cookie that the shop's session hangs on, or None."""
    found = [each.cookie for each in browser.jar.cookies_for(shop.url) if each.cookie.value]
    return found[0] if found else None
