"""A running lesson: its sites on one port, its services, its browsers.

lab.shop    a Site: `.url`, and its pages by name (`lab.shop.login`)
lab.alice   a Browser with an address of its own, and the person it belongs to (`lab.alice.person`)
lab.clock   time that can be moved      lab.db   the store      lab.hasher   passwords, counted
lab.mail    letters      lab.sms   text messages      lab.phone(lab.alice)   her phone
lab.traffic every exchange of every visitor
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing import BuildError, Map

from labsrv.kit.addresses.names import LabNumber
from labsrv.kit.browser.browser import Browser
from labsrv.kit.clock import Clock
from labsrv.kit.http.direct import WireServer, WireTransport
from labsrv.kit.http.front import App, Front
from labsrv.kit.http.server import LISTENING, Server
from labsrv.kit.http.traffic import Exchange, Traffic
from labsrv.kit.http.transport import SocketTransport, Transport
from labsrv.kit.lifetime import Lifetime
from labsrv.kit.mail.mail import Mail
from labsrv.kit.mail.sms import Sms
from labsrv.kit.passwords import Hasher
from labsrv.kit.people import ADDRESSES, Person, cast
from labsrv.kit.store import Store, open_store
from labsrv.kit.text import cut, cut_in_the_middle

if TYPE_CHECKING:
    from labsrv.kit.phone.phone import Handset


LONGEST_TRACEBACK, LONGEST_ADDRESS = 4_000, 300


class Site:
    """One of a lab's sites: its address, and the addresses of its pages by the names of their routes."""

    def __init__(self, name: str, origin: str, routes: Map | None):
        self.name = name
        self.origin = origin
        self.routes = routes

    @property
    def url(self) -> str:
        """Return the address of the front page."""
        return f"{self.origin}/"

    def page(self, name: str, **values: Any) -> str:
        """Return the absolute URL of a page by the name of its route."""
        if self.routes is None:
            raise AttributeError(f"{self.name} has no pages with names.")

        try:
            return self.origin + self.routes.bind("localhost").build(name, values)
        except BuildError as error:
            names = sorted({rule.endpoint for rule in self.routes.iter_rules()})
            raise AttributeError(f"{self.name} has no page {name!r}. It has {', '.join(names)}.") from error

    def route_of(self, path: str) -> str | None:
        """Return the name of the route that answers a GET of this path."""
        if self.routes is None:
            return None
        try:
            return self.routes.bind("localhost").match(path)[0]
        except NotFound:
            return None

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.page(name)

    def __repr__(self) -> str:
        return f"<Site {self.name} at {self.url}>"


class Lab:
    """Everything that one running lesson consists of. Made by `labsrv.labs.start`, ended by `.stop()`."""

    def __init__(
        self,
        name: str,
        *,
        place: LabNumber,
        port: int = 0,
        people: dict[str, Person] | None = None,
        hash_cost: str = "real",
        report: Callable[[Exchange], None] | None = None,
        listens: bool = True,
    ):
        """Make an empty lab. One that does not listen is reached by its own browsers only, and quicker."""
        self.name = name
        self.place = place
        self.people = people or cast()
        self.lifetime = Lifetime()
        self.clock = Clock()
        self.db: Store = open_store(name)
        self.hasher = Hasher(hash_cost)
        self.mail = Mail(self.clock, over_smtp=listens)
        self.sms = Sms(self.clock)
        self.phones: dict[str, "Handset"] = {}
        self.traffic = Traffic()
        # A view of the store says which exchange has led to a change.
        self.db.caused_by = self.traffic
        self.clock.lifetime = self.db.lifetime = self.mail.lifetime = self.traffic.lifetime = self.lifetime
        self.sites: dict[str, Site] = {}
        self.browsers: dict[str, Browser] = {}
        self.at_stop: list[Callable[[], None]] = []
        self.front = Front(self.clock, self.traffic, report or show_traceback)
        # A port may be taken: then the store has to go as well, or it stays behind in somebody's MongoDB.
        try:
            self.server: Server | WireServer = Server(self.front, port) if listens else WireServer(self.front)
        except BaseException:
            self.db.close()
            raise

    def add_site(self, name: str, app: App, routes: Map | None = None) -> Site:
        """Serve an application as `http://NAME.localhost:PORT`; one of the same name gives way."""
        if isinstance(app, Flask):
            # Errors belong to the Front: it shows them to the learner and hides them from the visitor.
            app.config["PROPAGATE_EXCEPTIONS"] = True
            routes = app.url_map
        host = f"{self.place.host(name)}:{self.server.port}"

        self.front.sites[host] = (name, app)
        self.sites[name] = Site(name, f"http://{host}", routes)
        return self.sites[name]

    def url(self, site: str, path: str = "/") -> str:
        """Return an absolute URL on one of the lab's sites, known to it or not yet."""
        return f"http://{self.place.host(site)}:{self.server.port}{path}"

    def transport(self) -> Transport:
        """Return what carries a browser's requests to this lab's sites."""
        return WireTransport(self.server) if isinstance(self.server, WireServer) else SocketTransport(only=LISTENING)

    def browser(self, name: str) -> Browser:
        """Return the browser of that name, made on first use."""
        if name not in self.browsers:
            self.browsers[name] = Browser(
                name,
                transport=self.transport(),
                now=self.lifetime.time,
                address=ADDRESSES.get(name, f"192.0.2.{100 + len(self.browsers)}"),
                person=self.people.get(name),
            )
            self.browsers[name].lifetime = self.lifetime
        return self.browsers[name]

    def phone(self, of: Any) -> "Handset":
        """Return the phone of a person, a browser's person, or somebody of this name, made on first use."""
        # Imported here: this module is at hand in every process of the labs, and the app is not for submissions.
        from labsrv.kit.phone.phone import Handset

        owner = getattr(of, "person", self.people.get(of) if isinstance(of, str) else of)
        if not isinstance(owner, Person):
            raise LookupError(f"{of!r} belongs to nobody who has a phone.")
        return self.phones.setdefault(owner.name, Handset(owner, self.sms, self.clock))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or "people" not in self.__dict__:
            raise AttributeError(name)
        if name in self.people:
            return self.browser(name)
        for each, site in self.sites.items():
            if each.split(".")[0] == name:
                return site

        known = [*self.people, *self.sites, "clock", "db", "hasher", "mail", "sms", "phone", "traffic"]
        raise AttributeError(f"This lab has no {name!r}. It has {', '.join(known)}.")

    def stop(self) -> None:
        """End the lab: its server, its store, what was hung on it, and its names."""
        if self.server is None:
            return
        # Views stand still while everything is as it was; what goes wrong in there keeps no lab from ending.
        try:
            self.lifetime.end()
        finally:
            self.shut()

    def shut(self) -> None:
        """Give back all that the lab has."""
        for end in self.at_stop:
            end()
        self.server.stop()
        self.front.stop()
        self.server = None  # type: ignore[assignment]
        self.mail.close()
        self.db.close()
        self.place.give_back()

    def __repr__(self) -> str:
        if self.server is None:
            return f"<Lab {self.name}: stopped. Start it again with its first cell.>"
        return f"<Lab {self.name}: {', '.join(site.url for site in self.sites.values())}>"


def show_traceback(exchange: Exchange) -> None:
    """Print why a request raised, for the person at the keyboard; the visitor read a plain 500.

    What it was raised with may be as long as whoever asked has liked: of that the notebook needs both ends.
    """
    error = cut_in_the_middle(exchange.error or "", LONGEST_TRACEBACK)
    print(f"{exchange.method} {cut(exchange.url, LONGEST_ADDRESS)} raised:\n{error}", file=sys.stderr, flush=True)
