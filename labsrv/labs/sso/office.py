"""What both applications have: settings, tables, their provider, and the page for what came to nothing."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Response, g, render_template

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.services import Services
from labsrv.kit.store import Collection
from labsrv.labs.sso.names import CLIENT_SECRETS, HOUSE
from labsrv.provider.outgoing import Outgoing
from labsrv.relying_party.at_provider import AtProvider, NotInOrder

Row = dict[str, Any]
SESSION = "__Host-sid"
LIFE = timedelta(hours=8)  # of a session, in use or not (ASVS 7.3.2, 7.6.1); the provider's is twelve
PLACES = ("/account", "/pay")


@dataclass(frozen=True, kw_only=True)
class Application:
    """What is different in one of them. `resource` is the path of the API that its access tokens are for, or ""."""

    name: str
    title: str
    client_id: str
    scope: str
    resource: str = ""


SHOP = Application(name="shop", title="The tea shop", client_id="tea-shop", scope="openid profile email offline_access")
HR = Application(name="hr", title="Tea HR", client_id="tea-hr", scope="openid profile read edit", resource="/pay")


class Office:
    """One application's tables, and its provider."""

    def __init__(self, lab: Services, settings: Application):
        self.lab = lab
        self.settings = settings

    def rows(self, name: str) -> Collection:
        """Return a table of this application's own; the shop's have no name before theirs."""
        own = self.settings.name
        return self.lab.db[name if own == "shop" else f"{own}_{name}"]

    def now(self) -> datetime:
        """Return the lab's time."""
        return self.lab.clock.now()

    def session(self, cookie: str | None) -> Row | None:
        """Return the session that a cookie stands for, or None."""
        row = self.rows("sessions").find_one({"_id": fingerprint(cookie)}) if cookie else None
        return dict(row) if row and self.now() < row["until"] else None

    def provider(self) -> AtProvider:
        """Return the house's provider, which has said what it is; raises `NotInOrder`."""
        row = {
            "_id": HOUSE,
            "label": "Tea Identity",
            "issuer": self.lab.url(HOUSE, ""),
            "client_id": self.settings.client_id,
            "client_secret": CLIENT_SECRETS[self.settings.client_id],
            "redirect_uri": self.lab.url(self.settings.name, "/callback"),
        }
        there = AtProvider(row, Outgoing(self.settings.name, self.lab))
        # Discovery, 4.3: character by character.
        if there.metadata.get("issuer") == row["issuer"]:
            return there
        raise NotInOrder("Tea Identity says that it is somebody else.")

    def api(self, method: str, fields: Row | None = None, token: str | None = None) -> tuple[int, Row, str]:
        """Return status, JSON and `WWW-Authenticate` of the API's answer."""
        url = self.lab.url("api", self.settings.resource)
        token = token or g.session["access_token"]
        bearer = {"Authorization": f"Bearer {token}"}
        outgoing = Outgoing(self.settings.name, self.lab)
        answer = (
            outgoing.post_form(url, fields or {}, bearer) if method == "POST" else outgoing.send("GET", url, bearer)
        )
        said = json.loads(answer.body) if answer.body[:1] == b"{" else {}
        wanted = next((value for name, value in answer.headers if name.lower() == "www-authenticate"), "")
        return answer.status, said, wanted


def refused(words: str, status: int = 400, again: str = "") -> Response:
    """Return the page for what came to nothing, with the address of a login that would help."""
    return Response(render_template("refused.html", words=words, again=again), status, mimetype="text/html")
