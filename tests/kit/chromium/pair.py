"""A real Chromium and our Browser, which do the same; what the sites were told by each is the evidence.

A try is one move from a page, and its way over the sites. Chromium makes many of one page: images, frames and fetches
as parts of the page itself (what is done from outside would count as done by hand), links and forms by hand.
Those end with a 204, which leaves the page where it is.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.browser.response import Response
from labsrv.kit.http.transport import SocketTransport
from tests.kit.chromium.moves import Move, filled
from tests.kit.chromium.sites import ELSEWHERE, Pairs, Sites, Stop, Told

SCRIPT = """<!doctype html><meta charset=utf-8><link rel=icon href=data:,><script>
const shown = {}
function ended(number, what) { shown[number] = what || '' }
</script>"""
PUT = "markup => { document.body.innerHTML = markup; document.getElementById('go').focus() }"
ALL_ENDED = "many => Object.keys(shown).length >= many"


@dataclass
class Try:
    """A move from a page over the sites. `stops` is how many of the way are reached, if not all."""

    move: Move
    way: list[Stop]
    stops: int | None = None
    number: str = ""
    address: str = ""

    @property
    def reached(self) -> int:
        """Return how many stops Chromium is waited for."""
        return len(self.way) if self.stops is None else self.stops


@dataclass
class Seen:
    """What came of a try: what the sites were told, and what script was shown ("" for moves without script)."""

    told: list[Told] = field(default_factory=list)
    shown: str = ""


Both = tuple[Seen, Seen]


class Pair:
    """Both browsers, and the sites that they visit. `jar` has settings of our browser's jar."""

    def __init__(self, sites: Sites, page: Any, **jar: Any):
        self.sites = sites
        self.page = page
        self.alice = Browser("alice", transport=SocketTransport())
        for name, value in jar.items():
            setattr(self.alice.jar, name, value)

    def fresh(self, *set_cookies: str, hosts: tuple[str, ...] = ("shop",)) -> None:
        """Let both browsers forget their cookies, and have these sites set new ones."""
        self.page.context.clear_cookies()
        self.alice.jar.clear()
        for host in hosts if set_cookies else ():
            self.both_visit(self.sites.url(host, "set"), *set_cookies)

    def both_visit(self, url: str, *set_cookies: str) -> tuple[Told, Told]:
        """Let both browsers type an address that sets these cookies; return what it was told, by ours and by theirs."""
        self.sites.page = Stop("", headers=[("Set-Cookie", each) for each in set_cookies], body=SCRIPT)
        self.sites.take(ELSEWHERE)
        self.page.goto(url)
        theirs = self.sites.take(ELSEWHERE)
        self.alice.navigate(url)
        ours = self.sites.take(ELSEWHERE)
        return ours[-1], theirs[-1]

    def run(self, start: str, tries: dict[str, Try], *headers: tuple[str, str], head: str = "") -> dict[str, Both]:
        """Make these tries from a page at `start` (a host, or host/path); return what our and their sites were told."""
        for each in tries.values():
            each.number, each.address = self.sites.start(ended(each))
        host, _, path = start.partition("/")
        url = self.sites.url(host, path or "page")
        self.sites.page = Stop("", headers=list(headers), body=page_of(tries, head))

        theirs = self.chromium(url, tries)
        ours = self.ours(url, tries)
        self.sites.page = Stop("")
        return {name: (ours[name], theirs[name]) for name in tries}

    def chromium(self, url: str, tries: dict[str, Try]) -> dict[str, Seen]:
        """Let Chromium make the tries, all from one page."""
        self.page.goto(url)
        self.page.wait_for_function(ALL_ENDED, arg=sum(each.move.kind == "part" for each in tries.values()))
        shown = self.page.evaluate("() => shown")

        seen = {}
        for name, each in tries.items():
            if each.move.kind == "typed":
                self.go(each.address)
            elif each.move.kind == "hand":
                self.click(filled(each.move.markup, each.number, each.address))
            seen[name] = Seen(self.sites.take(each.number, each.reached), shown.get(each.number, ""))
        return seen

    def go(self, address: str) -> None:
        """Type an address that leaves the page where it is."""
        try:
            self.page.goto(address)
        except Exception as error:
            if "ERR_ABORTED" not in str(error):
                raise

    def click(self, markup: str) -> None:
        """Put an element on the page and press Enter on it: for Chromium as good as a click, and ten times as quick."""
        self.page.evaluate(PUT, markup)
        self.page.keyboard.press("Enter")

    def ours(self, url: str, tries: dict[str, Try]) -> dict[str, Seen]:
        """Let our browser make the tries."""
        page = self.alice.navigate(url)
        return {name: self.our_own(each, page) for name, each in tries.items()}

    def our_own(self, each: Try, page: Page) -> Seen:
        """Let our browser make one try from this page, which stays."""
        answer = each.move.ours(self.alice, each.address, page)
        # Of images and the like script is shown nothing.
        answers = answer if isinstance(answer, list) else [answer] if each.move.script else []
        return Seen(self.sites.take(each.number), ", ".join(shown_to_script(answer) for answer in answers))


def shown_to_script(answer: Response) -> str:
    """Return what script learns of an answer: its kind, status, text and headers, as Chromium's script writes it."""
    if answer.type == "error":
        return "error"

    names = sorted({name.lower() for name, _ in answer.headers})
    return f"{answer.type} {answer.status} {answer.text} {' '.join(names)}".strip()


def page_of(tries: dict[str, Try], head: str) -> str:
    """Return the page that the tries start from: its parts, and links and forms where somebody clicks."""
    parts = [
        filled(each.move.markup, each.number, each.address) for each in tries.values() if each.move.kind != "typed"
    ]
    return f"{SCRIPT}{head}<div>{''.join(parts)}</div>"


def ended(each: Try) -> list[Stop]:
    """Return the way of a try; one that would leave the page ends with a 204."""
    if each.move.kind == "part":
        return each.way

    return [*each.way[:-1], replace(each.way[-1], status=204)]


def allowing(**more: str) -> Pairs:
    """Return the headers of a site that lets everybody ask for everything, credentials and all."""
    said = {
        "Access-Control-Allow-Origin": "{origin}",
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Methods": "PUT, DELETE, PATCH, patch",
        "Access-Control-Allow-Headers": "x-tea, content-type, authorization",
        "Access-Control-Max-Age": "0",
    }
    return list((said | more).items())
