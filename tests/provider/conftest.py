"""What tests of the provider share: a lab with a provider, an application that logs in there, and both ends' words.

app.start(alice)                  Alice's browser goes from the application to the provider
log_in(alice); allow(alice)       she sends the provider's pages
app.tokens(alice)                 the application redeems the code that came back with her
"""

import base64
import hashlib
import json
import secrets
from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit

import jwt
import pytest
from flask import Flask, jsonify, request

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.transport import Request
from labsrv.kit.lessons.lab import Lab
from labsrv.provider.faults.active import with_faults
from labsrv.provider.moving_in import add_resource, move_in
from labsrv.provider.settings import ProviderSettings
from labsrv.provider.site import create_provider, provider_of

PAY = "http://api.localhost/pay"
SECRET = "shop-secret-not-a-real-one"


def s256(verifier):
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


class Application:
    """An application that logs people in: what it sends, and what comes back. It keeps all that it sent."""

    def __init__(self, lab, provider, client_id="shop", site="shop", secret=SECRET):
        self.lab = lab
        self.provider = provider
        self.client_id = client_id
        self.site = site
        self.secret = secret
        self.sent = {}

    @property
    def callback(self):
        return self.lab.url(self.site, "/callback")

    def asked(self, **changes):
        """Return the parameters of a request; None leaves one out."""
        verifier = secrets.token_urlsafe(32)
        usual = {
            "client_id": self.client_id,
            "redirect_uri": self.callback,
            "response_type": "code",
            "scope": "openid profile email",
            "state": secrets.token_urlsafe(8),
            "nonce": secrets.token_urlsafe(8),
            "code_challenge": s256(verifier),
            "code_challenge_method": "S256",
        }
        self.sent = {name: value for name, value in (usual | changes).items() if value is not None}
        self.verifier = verifier
        return self.sent

    def start(self, browser, **changes):
        """Send a browser to the provider, as a click on "Log in" does."""
        address = f"{self.provider.issuer}/authorize?{urlencode(self.asked(**changes))}"
        return browser.navigate(address, from_=self.lab.url(self.site))

    def log_in(self, browser, **changes):
        """Bring a person through all pages, and return what came back."""
        self.start(browser, **changes)
        log_in(browser)
        allow(browser)
        return self.answer(browser)

    def answer(self, browser):
        """Return the parameters that came back to the application with this browser."""
        parts = urlsplit(browser.page.url)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == self.callback, browser.page.text
        return dict(parse_qsl(parts.query or parts.fragment))

    def call(self, path, headers=None, method="POST", query="", **fields):
        """Call the provider, as a program does."""
        url = self.provider.issuer + path + query
        body = urlencode({name: value for name, value in fields.items() if value is not None}).encode()
        said = {"Host": urlsplit(url).netloc, "Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        if method == "GET":
            del said["Content-Type"]
        visit = Arrival("app", "127.0.0.1")
        raw = self.lab.transport().send(Request(method, url, list(said.items()), body), visit)
        visit.end()
        return ProgramsAnswer(raw)

    def basic(self):
        said = f"{quote_plus(self.client_id)}:{quote_plus(self.secret)}"
        return {"Authorization": f"Basic {base64.b64encode(said.encode()).decode()}"}

    def redeem(self, code, /, **changes):
        """Send a code to the token endpoint."""
        usual = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.sent["redirect_uri"]}
        return self.call("/token", self.basic(), **usual | {"code_verifier": self.verifier} | changes)

    def tokens(self, browser, **changes):
        """Log a person in and return the tokens."""
        return self.redeem(self.log_in(browser, **changes)["code"]).json()

    def refresh(self, token, **more):
        return self.call("/token", self.basic(), grant_type="refresh_token", refresh_token=token, **more)

    def userinfo(self, token):
        return self.call("/userinfo", {"Authorization": f"Bearer {token}"}, method="GET")

    def introspect(self, token):
        return self.call("/introspect", self.basic(), token=token).json()

    def read(self, token, audience=None):
        """Return header and claims of a token that is right, by the provider's published keys."""
        keys = jwt.PyJWKSet.from_dict(self.call("/.well-known/jwks.json", method="GET").json())
        header = jwt.get_unverified_header(token)
        key = keys[header["kid"]]
        read = jwt.decode_complete(
            token,
            key.key,
            algorithms=[key.algorithm_name],
            audience=audience or self.client_id,
            issuer=self.provider.issuer,
            options={"require": ["exp", "iat", "sub"]},
        )
        return read["header"], read["payload"]


class ProgramsAnswer:
    """What a program reads."""

    def __init__(self, raw):
        self.status, self.headers, self.body = raw.status, raw.fields, raw.body

    def json(self):
        return json.loads(self.body)

    @property
    def error(self):
        return self.json()["error"] if self.status >= 400 and self.body else ""


def log_in(browser, person=None):
    """Send the login page, if it is there."""
    person = person or browser.person
    if any(form.name == "login" for form in browser.page.forms):
        browser.submit("login", username=person.name, password=person.password)
    return browser.page


def allow(browser, allowed=True):
    """Send the consent page, if it is there."""
    if any(form.name == "consent" for form in browser.page.forms):
        browser.submit("consent", **{"allow" if allowed else "deny": "yes"})
    return browser.page


def application(lab):
    """Return a site that only shows what it was sent, and keeps what it was told behind the user's back."""
    app = Flask("application")

    @app.route("/callback", methods=["GET", "POST"])
    def callback():
        return jsonify(request.values.to_dict())

    @app.post("/backchannel")
    def backchannel():
        lab.db.told.insert_one({"token": request.form["logout_token"]})
        return ""

    @app.get("/")
    @app.get("/bye")
    def home():
        return "Bye"

    return app


def clients(lab):
    """Return the clients of the tests."""
    shop = lab.url("shop", "/callback")
    usual = {"client_secret": SECRET, "grant_types": ["authorization_code", "refresh_token"]}
    bye = {"post_logout_redirect_uris": [lab.url("shop", "/bye")]}
    told = {"backchannel_logout_uri": lab.url("shop", "/backchannel")}
    both = {"scope": "openid profile email offline_access read:pay write:pay"}
    return [
        {"client_id": "shop", "client_name": "The tea shop", "redirect_uris": [shop], **usual, **bye, **told, **both},
        {"client_id": "hr", "redirect_uris": [lab.url("hr", "/callback")], **usual, **told},
        {"client_id": "own", "redirect_uris": [shop], "first_party": True, **usual},
        {"client_id": "post", "redirect_uris": [shop], "token_endpoint_auth_method": "client_secret_post", **usual},
        {"client_id": "public", "redirect_uris": [shop], "token_endpoint_auth_method": "none"},
        {
            "client_id": "express",
            "redirect_uris": [shop],
            "response_types": ["id_token"],
            "grant_types": ["implicit"],
            "token_endpoint_auth_method": "none",
        },
        {"client_id": "es", "redirect_uris": [shop], "id_token_signed_response_alg": "ES256", **usual},
        {"client_id": "lax", "redirect_uris": [shop], "require_pkce": False, **usual},
        {"client_id": "query", "redirect_uris": [f"{shop}?tea=oolong"], **usual},
        {"client_id": "robot", "grant_types": ["client_credentials"], "client_secret": SECRET, "scope": "read:pay"},
        {"client_id": "api", "grant_types": ["client_credentials"], "client_secret": SECRET, "scope": ""},
    ]


@pytest.fixture
def lab():
    lab = Lab("provider", place=FirstNumber(), hash_cost="low", listens=False)
    lab.add_site("shop", application(lab))
    lab.add_site("hr", application(lab))
    yield lab
    lab.stop()
    lab.clock.reset()


@pytest.fixture
def settings():
    return ProviderSettings(fault_page=True)


@pytest.fixture
def decisions():
    return {}


@pytest.fixture
def provider(lab, settings, decisions):
    lab.add_site(settings.name, create_provider(lab, settings, spoil=with_faults, **decisions))
    provider = provider_of(lab, settings, spoil=with_faults, **decisions)
    # One password for all takes one hash.
    for person in lab.people.values():
        person.known_hash = None
    move_in(provider, lab.people.values(), clients(lab))
    add_resource(provider, PAY, ["read:pay", "write:pay"], guard="api")
    return provider


@pytest.fixture
def app(lab, provider):
    return Application(lab, provider)


@pytest.fixture
def as_client(lab, provider):
    """Return what makes the application of another client."""
    return lambda client_id, site="shop": Application(lab, provider, client_id, site)


@pytest.fixture
def alice(lab):
    return lab.alice


@pytest.fixture
def bob(lab):
    return lab.bob
