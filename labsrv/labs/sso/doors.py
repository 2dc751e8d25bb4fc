"""Who is still logged in where, the ways out, and what every key that was ever given out still opens.

    doors = Doors(lab, lab.alice)
    doors.lamps()             the sessions of this browser: tea shop, Tea HR, Tea Identity, Fakebook
    doors.go("leave")         one of the ways out
    doors.prove()             each cookie and token seen so far, presented again where it belongs

A browser that has lost a cookie is logged out as far as one sees. Whoever has a copy of it sees further.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from labsrv.kit.browser.browser import Browser
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.sso.mallorys import CLUB_ID
from labsrv.labs.sso.moves import claims_of
from labsrv.labs.sso.neighbours import house, social
from labsrv.labs.sso.office import HR, SESSION, SHOP, Application
from labsrv.labs.sso.people import leave, log_out, on_page
from labsrv.provider.back.log_out_everywhere import end_login
from labsrv.provider.outgoing import Outgoing
from labsrv.provider.provider import Provider
from labsrv.relying_party.secure.code_challenge import code_challenge

Row = dict[str, Any]
APPLICATIONS = (SHOP, HR)
OF = {"tea-shop": "shop", "tea-hr": "hr", CLUB_ID: "mallory"}
WAYS = {
    "logout": "Log out of the shop",
    "leave": "Log out everywhere",
    "federated": "Everywhere, and at Fakebook",
    "end": "Tea Identity ends the login",
}
SOME_CHALLENGE = code_challenge("nobody-ever-redeems-what-this-challenge-is-for")


class Doors:
    """One browser's sessions, and what was given out in them."""

    ways = WAYS

    def __init__(self, lab: Lab, browser: Browser):
        self.lab = lab
        self.browser = browser
        self.lifetime = lab.lifetime

    def providers(self) -> list[tuple[Provider, str]]:
        """Return the providers, each with what it is to the shop."""
        return [(house(self.lab), "the provider"), (social(self.lab), "upstream")]

    def listen(self, changed: Callable[[Any], None]) -> Callable[[], None]:
        """Have somebody called after each exchange and move of time until the lab ends; return what ends it sooner."""
        self.lab.traffic.listeners.append(changed)
        self.lab.clock.listeners.append(changed)

        def end() -> None:
            for listeners in (self.lab.traffic.listeners, self.lab.clock.listeners):
                with suppress(ValueError):
                    listeners.remove(changed)

        self.lab.at_stop.append(end)
        return end

    # Layers.

    def lamps(self) -> list[Row]:
        """Return the sessions that this browser's cookies stand for: `name`, `layer`, `on`, `until`.

        Raises `LookupError` where the lab was stopped.
        """
        self.refuse_a_stopped_lab()
        found = []
        for app in APPLICATIONS:
            found.append(self.lamp(app.title, "an application", self.app_session(app, self.cookie(app.name, SESSION))))
        for provider, layer in self.providers():
            name = provider.settings.name
            session = provider.logins.find(self.cookie(name, f"__Host-{name}-login"))
            found.append(self.lamp(provider.settings.title, layer, session))
        return found

    def lamp(self, name: str, layer: str, session: Row | None) -> Row:
        """Return one lamp."""
        return {"name": name, "layer": layer, "on": session is not None, "until": session and time_of(session["until"])}

    def cookie(self, site: str, name: str) -> str:
        """Return the value of a cookie that this browser has for a site, "" for none."""
        host = urlsplit(self.lab.sites[site].url).hostname
        return next((each.value for each in self.browser.jar.all() if (each.name, each.domain) == (name, host)), "")

    def app_session(self, app: Application, cookie: str) -> Row | None:
        """Return the session that a cookie of an application stands for, or None."""
        table = "sessions" if app.name == "shop" else f"{app.name}_sessions"
        row: Row | None = self.lab.db[table].find_one({"_id": fingerprint(cookie)}) if cookie else None
        return row if row and self.lab.clock.now() < row["until"] else None

    def refuse_a_stopped_lab(self) -> None:
        """Raise `LookupError` where there is nothing left to ask."""
        if self.lab.server is None:
            raise LookupError("This lab was stopped: these are its last lamps. Start it again with its first cell.")

    # Ways out.

    def go(self, way: str) -> None:
        """Take one of the ways out; raises `LookupError` for one that there is not, or not any more."""
        self.refuse_a_stopped_lab()
        if way not in WAYS:
            raise LookupError(f"There is no way out {way!r}. There are {', '.join(WAYS)}.")
        shop = self.lab.sites["shop"]
        if way == "end":
            self.have_it_ended()
        elif way == "federated":
            asked = {"client_id": SHOP.client_id, "returnTo": self.lab.url("shop", "/left"), "federated": ""}
            self.browser.navigate(f"{self.lab.url('idp', '/v2/logout')}?{urlencode(asked)}", from_=shop.url)
            while on_page(self.browser, "logout"):
                self.browser.submit("logout", yes="yes")
        else:
            self.browser.navigate(shop.url)
            if not on_page(self.browser, way):
                raise LookupError(
                    "The shop does not know this browser, and has no such button. Log in, or leave otherwise."
                )
            {"logout": log_out, "leave": leave}[way](self.browser, shop)

    def have_it_ended(self) -> None:
        """Have the provider end this browser's login, as for a stolen laptop: the browser hears nothing of it."""
        identity = house(self.lab)
        session = identity.logins.find(self.cookie("idp", "__Host-idp-login"))
        if session:
            end_login(identity, session)

    # What is still good.

    def prove(self) -> list[Row]:
        """Present everything again: rows `what`, `whose`, `where`, `opens`, `until`, oldest first.

        Raises `LookupError` where the lab was stopped.
        """
        self.refuse_a_stopped_lab()
        return [*self.cookies_again(), *self.tokens_again()]

    def mine(self) -> list[Exchange]:
        """Return this browser's exchanges."""
        return [each for each in list(self.lab.traffic) if each.who == self.browser.name]

    def cookies_again(self) -> list[Row]:
        """Return what each login cookie opens that this browser was ever given."""
        names = {app.name: SESSION for app in APPLICATIONS}
        names |= {name: f"__Host-{name}-login" for name in ("idp", "social")}
        seen = {
            (each.site, value): each.number
            for each in self.mine()
            for value in values_set(each, names.get(each.site, ""))
        }
        return [self.cookie_again(site, names[site], value) for site, value in seen]

    def cookie_again(self, site: str, name: str, value: str) -> Row:
        """Return what a cookie opens."""
        app = next((each for each in APPLICATIONS if each.name == site), None)
        if app:
            where, session = "GET /account", self.app_session(app, value)
            opens = self.ask("GET", site, "/account", {"Cookie": f"{name}={value}"})[0] == 200
        else:
            provider = next(each for each, _ in self.providers() if each.settings.name == site)
            where, session = "GET /authorize, prompt=none", provider.logins.find(value)
            opens = self.lets_on(site, f"{name}={value}")
        until = time_of(session["until"]) if session and opens else None
        return {"what": f"cookie {name}", "whose": self.title(site), "where": where, "opens": opens, "until": until}

    def lets_on(self, site: str, cookie: str) -> bool:
        """Return whether a provider gives a code for a cookie, without asking anybody."""
        client, back = ("tea-shop", "/callback") if site == "idp" else ("tea-identity", "/upstream/callback")
        asked = {
            "client_id": client,
            "redirect_uri": self.lab.url("shop" if site == "idp" else "idp", back),
            "response_type": "code",
            "scope": "openid",
            "prompt": "none",
            "state": "prove",
            "nonce": "prove",
            "code_challenge": SOME_CHALLENGE,
            "code_challenge_method": "S256",
        }
        _, _, target = self.ask("GET", site, f"/authorize?{urlencode(asked)}", {"Cookie": cookie})
        return "code" in dict(parse_qsl(urlsplit(target).query))

    def tokens_again(self) -> list[Row]:
        """Return what each token opens that was given for a code which this browser brought."""
        codes = {dict(parse_qsl(urlsplit(each.url).query)).get("code", "") for each in self.mine()} - {""}
        found = []
        for each in list(self.lab.traffic):
            if urlsplit(each.url).path != "/token" or each.site != "idp":
                continue
            sent = dict(parse_qsl(each.request_body.decode("utf-8", "replace")))
            with suppress(ValueError):
                given = json.loads(each.response_body)
                if sent.get("code") in codes and isinstance(given, dict):
                    found += [self.token_again(kind, str(given[kind]), each.who) for kind in KINDS if kind in given]
        return found

    def token_again(self, kind: str, token: str, who: str) -> Row:
        """Return what a token opens, where it belongs."""
        site = who.split(" ")[0]
        claims = claims_of(token)
        if kind == "refresh_token":
            where, row = "POST /token", house(self.lab).grants.token(token)
            opens = bool(row[0] and row[1] and not row[0]["used"] and self.lab.clock.now() < row[0]["until"])
            until = time_of(row[0]["until"]) if row[0] and opens else None
        elif kind == "id_token":
            # It says who somebody was, for ever; an API that let it in would be wrong.
            where = "GET /pay at the API"
            opens, until = self.ask("GET", "api", "/pay", bearer(token))[0] == 200, None
        else:
            path = urlsplit(str(claims.get("aud"))).path if claims else "/userinfo"
            where = f"GET {path}" + (" at the API" if claims else "")
            # 403 is for a token that is good, and a person who may not.
            opens = self.ask("GET", "api" if claims else "idp", path, bearer(token))[0] in (200, 403)
            row = house(self.lab).grants.token(token)
            until = time_of(row[0]["until"]) if row[0] and opens else None
        return {"what": KINDS[kind], "whose": self.title(site), "where": where, "opens": opens, "until": until}

    def ask(self, method: str, site: str, path: str, headers: dict[str, str]) -> tuple[int, bytes, str]:
        """Return status, body and Location of an answer to somebody who has a copy of a key, and no browser."""
        answer = Outgoing("prover", self.lab).send(method, self.lab.url(site, path), headers)
        target = next((value for name, value in answer.headers if name.lower() == "location"), "")
        return answer.status, answer.body, target

    def title(self, site: str) -> str:
        """Return what a site is called."""
        titles = {app.name: app.title for app in APPLICATIONS} | {each.settings.name: each.settings.title
                                                                  for each, _ in self.providers()}  # fmt: skip
        return titles.get(site, site)


KINDS = {"access_token": "access token", "refresh_token": "refresh token", "id_token": "ID token"}


def bearer(token: str) -> dict[str, str]:
    """Return the header that brings a token (RFC 6750, 2.1)."""
    return {"Authorization": f"Bearer {token}"}


def values_set(exchange: Exchange, cookie: str) -> list[str]:
    """Return the values, none of them empty, that an answer gave a cookie of this name."""
    pairs = [value.split(";")[0] for name, value in exchange.response_headers if name.lower() == "set-cookie"]
    return [value for name, _, value in (each.partition("=") for each in pairs) if name == cookie and value]


def time_of(moment: datetime) -> str:
    """Return a moment for people: the time, and the date where it is another day's."""
    return f"{moment.astimezone(UTC):%d %b %H:%M}"
