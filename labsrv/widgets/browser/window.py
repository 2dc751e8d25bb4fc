"""A browser, and beside it what lies behind its page: its cookies, its requests, the server's store.

    BrowserWindow(lab.alice, lab)
    BrowserWindow(lab.alice, lab, keys=lab.jwks)     tokens that are looked into are checked with these keys

The parts are views of their own, and each may stand alone: `BrowserView(lab.alice)`, `CookieInspector(lab.alice)`,
`TrafficView(lab.traffic, who="alice")`, `StoreView(lab.db)`. Where the window is narrow they stand below each other.
"""

from typing import Any

from ipywidgets import Box, Layout, Tab  # type: ignore[import-untyped]

from labsrv.kit.browser.browser import Browser
from labsrv.kit.lessons.lab import Lab
from labsrv.widgets.base import View
from labsrv.widgets.browser.view import BrowserView
from labsrv.widgets.cookies.inspector import CookieInspector
from labsrv.widgets.store.view import StoreView
from labsrv.widgets.traffic.view import TrafficView

ROW = {"flex_flow": "row wrap", "align_items": "flex-start", "grid_gap": "8px"}
PART = {"flex": "1 1 380px", "min_width": "300px"}
# As high as the page beside it; what is longer scrolls.
SCROLLS = {"max_height": "460px", "overflow": "auto"}


class BrowserWindow(Box):  # type: ignore[misc]  # ipywidgets ships no types
    """A browser with tabs beside it: Cookies, Network, Server store."""

    def __init__(self, browser: Browser, lab: Lab, *, keys: Any = None, **options: Any):
        self.page = BrowserView(browser, with_cookies=False, layout=Layout(**PART))
        self.behind = {
            "Cookies": CookieInspector(browser, sites=lab.sites.values(), keys=keys),
            "Network": TrafficView(lab.traffic, who=browser.name, keys=keys),
            "Server store": StoreView(lab.db),
        }
        for each in self.behind.values():
            each.layout = Layout(**SCROLLS)
        tabs = Tab(list(self.behind.values()), titles=list(self.behind), layout=Layout(**PART))
        super().__init__([self.page, tabs], **({"layout": Layout(display="flex", **ROW)} | options))

    def __repr__(self) -> str:
        return repr(self.page)

    def close(self) -> None:
        """Close the window with all its views."""
        for each in (self.page, *self.behind.values()):
            each.close()
        super().close()


def beside(*views: View) -> Box:
    """Return views side by side; where it is narrow, one below the other."""
    for each in views:
        each.layout = Layout(**PART)
    return Box(list(views), layout=Layout(display="flex", **ROW))
