"""Somebody's phone: the codes of its authenticator app, its text messages, and whether it is lost.

    Phone(lab, lab.alice)                               her phone; it scans and opens what is in her browser
    Phone(lab, lab.mallory, browser=lab.alice)          … what is in somebody else's

The front end draws the ring by itself, on the lab's clock, and has the codes of the next steps: nothing is sent while
time runs. Only the owner of the phone sees them, as only they hold it.
"""

from collections.abc import Callable
from typing import Any

import traitlets

from labsrv.kit.browser.browser import Browser, BrowserError
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.qr import read_qr
from labsrv.kit.mail.sms import TextMessage
from labsrv.kit.phone.codes import code_at, step_at
from labsrv.kit.phone.phone import Handset, PhoneAccount
from labsrv.kit.text import cut, plain
from labsrv.widgets.base import View, source
from labsrv.widgets.mail.mailbox import moment, short
from labsrv.widgets.mail.reading import MessageText, read_text
from labsrv.widgets.pacing import Pace

AHEAD = 12  # steps whose codes the front end has: with 30 seconds each, six minutes without a word from the kernel
MOST_TEXTS = 30
LAYOUT = {"flex": "0 1 300px", "min_width": "260px", "margin": "2px"}
NO_CODE = "There is no QR code on the page in {}'s browser."
NOT_OURS = "The QR code says something that is no account: {}"


class Phone(View):
    """One phone. `told` is the lab's time when it was last told, in seconds; `accounts` have their next codes."""

    _esm = source(__file__, "lines.js", "phone.js")
    _css = source(__file__, "lines.css", "phone.css")

    owner = traitlets.Unicode().tag(sync=True)
    number = traitlets.Unicode().tag(sync=True)
    browser_name = traitlets.Unicode().tag(sync=True)
    lost = traitlets.Bool(False).tag(sync=True)
    told = traitlets.Dict().tag(sync=True)
    accounts: traitlets.List[Any] = traitlets.List().tag(sync=True)
    texts: traitlets.List[Any] = traitlets.List().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)

    def __init__(self, lab: Lab, of: Any, *, browser: Any = None, **options: Any):
        self.pace = Pace(self.update)
        self.ears: list[tuple[list[Any], Callable[..., None]]] = []
        self.lab = lab
        self.phone: Handset = lab.phone(of)
        # Links in text messages open in the owner's browser, unless another one was given.
        own = of if isinstance(of, Browser) else lab.browser(self.phone.owner.name)
        chosen = own if browser is None else getattr(browser, "browser", browser)
        self.browser: Browser = chosen
        self.count = 0
        self.reading = MessageText()
        names = {"owner": self.phone.owner.name, "number": self.phone.number, "browser_name": self.browser.name}
        super().__init__(**names, **({"layout": LAYOUT} | options))
        # Kept together, so that `close` takes back exactly what was hung up here.
        self.pace.now()
        self.ears += [
            (self.phone.listeners, self.changed),
            (lab.sms.listeners, self.changed),
            (lab.clock.listeners, self.changed),
        ]
        for listeners, listen in self.ears:
            listeners.append(listen)
        self.on_msg(self.wished)
        self.lasts_as_long_as(lab.lifetime)

    def as_text(self) -> str:
        """Return what the phone shows, a line for each account and message."""
        name = f"{self.phone.owner.name}'s phone, {self.phone.number}"
        if self.phone.lost:
            return f"{name}: lost"

        codes = [f"  {short(each.label)}  {self.phone.code(each)}" for each in self.phone.accounts]
        texts = [f"  {moment(each.at)}  {short(each.text)}" for each in self.phone.texts[-MOST_TEXTS:]]
        return "\n".join([name, *codes, *texts])

    def changed(self, *_: Any) -> None:
        """Show what has changed."""
        self.pace.changed()

    def update(self) -> None:
        """Send the front end what there is to see: of a lost phone, nothing."""
        self.lost = self.phone.lost
        self.count += 1
        now = self.lab.clock.time()
        # The count tells two moves apart that look the same.
        moved = self.lab.clock.moved.total_seconds()
        self.told = {"time": round(now, 3), "moved": round(moved, 3), "count": self.count}
        self.reading = MessageText()
        self.accounts = [] if self.lost else [account_row(each, now) for each in self.phone.accounts]
        self.texts = (
            [] if self.lost else [text_row(each, self.reading) for each in self.phone.texts[-MOST_TEXTS:][::-1]]
        )

    def wished(self, _: Any, wish: Any, __: Any) -> None:
        """Do what somebody did with the phone, and say what came of it."""
        with self.pace.lock:
            match wish:
                case {"do": "look"}:
                    pass
                case {"do": "lost", "lost": bool(lost)}:
                    self.said, self.phone.lost = "", lost
                case {"do": str(do)} if do in DOES and not self.phone.lost:
                    self.said = cut(plain(done(self, do, wish)), 300)
                case _:
                    return
            self.pace.now()

    def last_look(self) -> None:
        """Show the codes and messages of the last moment."""
        self.pace.now()

    def listen_no_more(self) -> None:
        """Take back what was hung up."""
        for listeners, listen in self.ears:
            if listen in listeners:
                listeners.remove(listen)

    def close(self) -> None:
        """Close the view, and stop listening."""
        self.pace.stop()
        super().close()


def done(view: Phone, do: str, about: dict[str, Any]) -> str:
    """Do one thing, and return what came of it in a sentence."""
    try:
        return DOES[do](view, about)
    except (BrowserError, LookupError, ValueError) as error:
        return str(error)


def scan(view: Phone, _: dict[str, Any]) -> str:
    """Hold the camera before the page in the browser."""
    page = view.browser.page
    found = read_qr(page.text) if page else []
    if not found:
        return NO_CODE.format(view.browser.name)
    if not found[0].startswith("otpauth:"):
        return NOT_OURS.format(found[0])

    return f"Added {view.phone.scan(found[0]).label or 'an account without a name'}."


def next_code(view: Phone, about: dict[str, Any]) -> str:
    """Count on."""
    account = account_of(view, about)
    if account.otpauth.kind == "hotp":
        view.phone.next_code(account)
    return ""


def remove(view: Phone, about: dict[str, Any]) -> str:
    """Remove an account from the app."""
    account = account_of(view, about)
    view.phone.remove(account)
    return f"Removed {account.label}."


def follow(view: Phone, about: dict[str, Any]) -> str:
    """Open a link of a text message in the browser."""
    link = about.get("link")
    if not isinstance(link, int) or not 0 <= link < len(view.reading.links):
        return "There is no such link."

    page = view.browser.navigate(view.reading.links[link])
    return f"Opened in {view.browser.name}'s browser: {short(page.title) or 'a page without a title'}."


DOES: dict[str, Callable[[Phone, dict[str, Any]], str]] = {
    "scan": scan,
    "next": next_code,
    "remove": remove,
    "follow": follow,
}


def account_of(view: Phone, about: dict[str, Any]) -> PhoneAccount:
    """Return the account that is meant by its place in the app; raises `LookupError`."""
    place, accounts = about.get("place"), view.phone.accounts
    if isinstance(place, int) and 0 <= place < len(accounts):
        return accounts[place]

    raise LookupError("There is no such account on this phone.")


def account_row(account: PhoneAccount, now: float) -> dict[str, Any]:
    """Return an account with its codes: of the steps to come, or the one that HOTP shows."""
    otpauth = account.otpauth
    row = {"issuer": short(otpauth.issuer), "name": short(otpauth.name), "kind": otpauth.kind}
    if otpauth.kind == "hotp":
        code = "" if account.shown is None else code_at(otpauth, account.shown)
        return {**row, "codes": [code], "count": account.count}

    # One step back as well: what is on its way to the front end arrives a moment later than it was said.
    first = max(0, step_at(otpauth, now) - 1)
    codes = [code_at(otpauth, step) for step in range(first, first + AHEAD)]
    return {**row, "codes": codes, "first": first, "period": otpauth.period}


def text_row(text: TextMessage, reading: MessageText) -> dict[str, Any]:
    """Return a text message as it is read."""
    row = {"sender": short(text.sender), "at": moment(text.at), "lines": read_text(text.text, reading)}
    return {**row, "links": [plain(each) for each in reading.links]}
