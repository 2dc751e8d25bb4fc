"""A login message by message: each waits until somebody sends it on, as it is or changed.

walk = Walk(lab.alice, lab.shop.login, name_of)
walk.next                    the message that waits, None when the way is over
walk.send({3: "other"})      send it, with another value at its fourth parameter; None leaves one out
walk.send_all()              send this one and all that follow
walk.end()                   nobody sends anything any more

A redirect needs no thread: the browser's errand is taken up again at the next `send`. But a site that asks another one
is in the middle of an answer. So each request of the browser is carried by a thread of its own, which ends with its
answer; what the site asks meanwhile waits in the site's thread, of which `Arrival.between` knows.

send ──▶ thread: browser ── request ──▶ site ── its own request ──▶ waits for `send`, or for `end`
     ◀── the next message: a redirect's, a form's, or the one that waits
"""

import copy
import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary, ref

from labsrv.kit.addresses.urls import BadAddress
from labsrv.kit.browser.browser import Browser, BrowserError
from labsrv.kit.browser.page import Page
from labsrv.kit.browser.requests import page_of
from labsrv.kit.errors import SaidPlainly
from labsrv.kit.fetch.cors import Blocked
from labsrv.kit.fetch.errand import TYPED
from labsrv.kit.fetch.network import Fetched, go_on
from labsrv.kit.flows.messages import Changes, FlowMessage, Kind
from labsrv.kit.html.forms import Form
from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.http.transport import RawResponse, Request, SocketTransport, Transport, Unreachable

SERVER = " (server)"
# Seconds. Who has gone home will not send it any more.
LONGEST_THOUGHT = 3600.0
# Seconds that a thread has to end in when the walk does.
GRACE = 10.0
MOST_MESSAGES = 100

NOT_SENT = "Nobody sent this message on."
ASKS_AGAIN = "The page asks for the same once more."
ANOTHER = "This browser goes another way by now. Begin again."
# A browser goes one way at a time: who begins anew leaves nobody waiting.
WALKS: WeakKeyDictionary[Browser, "ref[Walk]"] = WeakKeyDictionary()


class Walk:
    """The way of one login; an earlier one of the same browser ends.

    `messages` are those that were sent, in order; `over` says why nothing is left to send.
    """

    def __init__(self, browser: Browser, begin: Any, name_of: Callable[[str], str]):
        self.browser = browser
        self.name_of = name_of
        self.network = copy.copy(browser.network)
        self.network.transport = Holding(self, patient(browser.network.transport))
        self.messages: list[FlowMessage] = []
        self.next: FlowMessage | None = None
        self.over = ""
        self.answers = 0
        self.ended = False
        self.turn = threading.Condition(threading.RLock())
        self.one_call = threading.Lock()
        self.landed: tuple[FlowMessage, RawResponse | str] | None = None
        self.under_way: FlowMessage | None = None
        self.carried: list[tuple[str, str]] = []
        self.thread: threading.Thread | None = None
        before = WALKS[browser]() if browser in WALKS else None
        if before:
            before.end(ANOTHER)
        WALKS[browser] = ref(self)
        self.begin_with(begin)

    def begin_with(self, begin: Any) -> None:
        """Offer the first message: to an address, or the form of a page."""
        try:
            if isinstance(begin, Form):
                return self.fill_in(begin, {})
            self.errand = self.browser.navigation(self.browser.absolute(begin), TYPED)
        except BrowserError as error:
            self.over = str(error)
            return
        self.offer("request", self.browser.name)

    # What somebody does.

    def send(self, changes: Changes | None = None) -> None:
        """Send the message that waits, and return when the next one waits or the way is over."""
        with self.turn:
            message, self.next = self.next, None
            if message is None or self.ended:
                return
            message.change(changes or {})
            message.number = len(self.messages) + 1
            self.messages.append(message)
            if message.kind != "call":
                self.set_out(message)
            # A call's thread sees that its message waits no longer.
            self.turn.notify_all()
            self.turn.wait_for(lambda: self.next or self.landed or self.ended)
            landed, self.landed = self.landed, None
        if landed and not self.ended:
            self.land(*landed)

    def send_all(self) -> None:
        """Send what waits, and all that follows."""
        while self.next and not self.ended and len(self.messages) < MOST_MESSAGES:
            self.send()

    def end(self, why: str = NOT_SENT) -> None:
        """End the walk: who waits for its word gets none, and no thread stays behind."""
        with self.turn:
            self.ended, self.next, self.over = True, None, self.over or why
            self.turn.notify_all()
            thread = self.thread
        if thread and thread is not threading.current_thread():
            thread.join(GRACE)

    # The front channel: what the browser carries.

    def offer(self, kind: Kind, sender: str) -> None:
        """Let the next request of the errand wait."""
        errand = self.errand
        request = Request(errand.method, errand.url, list(errand.headers), errand.body)
        self.next = FlowMessage(len(self.messages) + 1, kind, sender, self.name_of(errand.url), request)

    def set_out(self, message: FlowMessage) -> None:
        """Have a request of the browser carried."""
        self.errand.urls[-1], self.errand.body = message.request.url, message.request.body
        self.under_way = message
        self.thread = threading.Thread(target=self.carry, args=(message,), name="a message on its way", daemon=True)
        self.thread.start()

    def carry(self, message: FlowMessage) -> None:
        """Carry a request to its site, and bring the answer."""
        came: RawResponse | str = "It broke off."
        try:
            came, _ = self.network.leg(self.errand)
        except (Blocked, BadAddress, Unreachable, SaidPlainly, ValueError) as error:
            came = str(error)
        finally:
            with self.turn:
                self.under_way = None
                self.landed = message, came
                self.turn.notify_all()

    def land(self, message: FlowMessage, came: RawResponse | str) -> None:
        """Take an answer, and find out what it leads to."""
        if isinstance(came, str):
            message.trouble = self.over = came
            return

        self.note(message, came)
        try:
            onward = go_on(self.errand, came)
        except (Blocked, BadAddress) as error:
            self.over = str(error)
            return
        if onward:
            return self.offer("redirect", message.receiver)

        page = page_of(Fetched(self.errand, came.status, came.fields, came.body, ""))
        self.browser.arrive(page)
        self.go_on_from(message, page)

    def note(self, message: FlowMessage, answer: RawResponse) -> None:
        """Write down the answer to a message, and when it came."""
        with self.turn:
            self.answers += 1
            message.answer, message.answered = answer, self.answers

    def go_on_from(self, message: FlowMessage, page: Page) -> None:
        """Fill in the form of a page for the browser's person, where it is one that everybody knows."""
        person = self.browser.person
        known: dict[str, dict[str, Any]] = {"consent": {"allow": "yes"}}
        if person:
            known["login"] = {"username": person.name, "password": person.password}
        form = next((each for each in page.forms if each.name in known), None)
        if form is None or page.status >= 400:
            self.over = f"{message.receiver} shows its page “{page.title}”."
        elif message.kind == "form" and form.action.split("?")[0] == message.request.url.split("?")[0]:
            self.over = ASKS_AGAIN
        else:
            self.fill_in(form, known[form.name])

    def fill_in(self, form: Form, fields: dict[str, Any]) -> None:
        """Let a form wait that is filled in."""
        entries, button = form.filled(fields)
        action, method = (button and button.action) or form.action, (button and button.method) or form.method
        source = self.browser.source(form.page)
        self.errand = self.browser.submission(
            self.browser.absolute(action), method.upper(), entries, form.enctype, source
        )
        self.offer("form", self.browser.name)

    # The back channel: what a site asks while it answers.

    def between(self, carrier: Transport) -> Transport:
        """Return what holds a site's own requests."""
        return Holding(self, carrier, calls=True)

    def hold(self, request: Request, visit: Arrival) -> FlowMessage:
        """Return a site's own request as it is to be sent, when somebody sends it; raises `Unreachable`."""
        with self.one_call, self.turn:
            within = self.under_way.number if self.under_way else 0
            number, sender = len(self.messages) + 1, visit.who.removesuffix(SERVER)
            message = FlowMessage(number, "call", sender, self.name_of(request.url), request, within)
            if not self.ended:
                self.next = message
            self.turn.notify_all()
            self.turn.wait_for(lambda: self.ended or self.next is not message, LONGEST_THOUGHT)
            if message in self.messages:
                self.carried.append((message.request.method, message.request.url))
                return message
            if self.next is message:
                self.next, self.over = None, NOT_SENT

        raise Unreachable(NOT_SENT)

    def overhear(self, exchange: Exchange) -> None:
        """Note a site's own request that could not be held: the site runs in a process of its own."""
        with self.turn:
            if not self.under_way or self.ended or not exchange.who.endswith(SERVER):
                return
            if (exchange.method, exchange.url) in self.carried:
                self.carried.remove((exchange.method, exchange.url))
                return
            # Where calls can be held, one that was not is somebody else's.
            if any(each and each.kind == "call" and each.held for each in (self.next, *self.messages)):
                return
            request = Request(exchange.method, exchange.url, list(exchange.request_headers), exchange.request_body)
            number, sender = len(self.messages) + 1, exchange.who.removesuffix(SERVER)
            message = FlowMessage(number, "call", sender, exchange.site, request, self.under_way.number, held=False)
            headers = list(exchange.response_headers)
            self.messages.append(message)
            self.note(message, RawResponse(exchange.status, "", headers, exchange.response_body))


class Holding:
    """A transport that a walk has put before another one: before the browser's, and before those of sites."""

    def __init__(self, walk: Walk, carrier: Transport, *, calls: bool = False):
        self.walk = walk
        self.carrier = carrier
        self.calls = calls

    def send(self, request: Request, visit: Arrival) -> RawResponse:
        """Return the answer, as soon as somebody has sent the request on; raises `Unreachable`."""
        visit.between = self.walk.between
        if not self.calls:
            return self.carrier.send(request, visit)

        message = self.walk.hold(request, visit)
        try:
            answer = self.carrier.send(message.request, visit)
        except Unreachable as error:
            message.trouble = str(error)
            raise
        self.walk.note(message, answer)
        return answer


def patient(transport: Transport) -> Transport:
    """Return a transport that waits while somebody thinks about what a site is to ask."""
    if isinstance(transport, SocketTransport):
        return SocketTransport(LONGEST_THOUGHT + 60, only=transport.only)
    return transport
