"""What one looks at. Knows no technique: everything here takes the kit's data.

from labsrv.widgets import BrowserView, BrowserWindow, ClockControl, CodeDiff, CookieInspector, StoreView, TrafficView
from labsrv.widgets import FlowView               a login to step through, message by message
from labsrv.widgets import Bars, Dots, Lines       charts of what was measured or computed
from labsrv.widgets import Mailbox, Phone         what came by mail, and what is on somebody's phone
from labsrv.widgets import TokenInspector, as_bearer   a signed token, and a function that sends one
from labsrv.widgets import Lamps                  who is logged in where, and what is still good after a log-out
from labsrv.widgets import AccessMatrix           who may do what: declared, and observed by asking
from labsrv.widgets import DecisionTrace, Slider, Sliders  one decision explained, and controls that move it
from labsrv.widgets import RoleGraph              roles or relations, seniors above juniors
from labsrv.widgets import show                   plain text and tables
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from labsrv.widgets.access.matrix import AccessMatrix
    from labsrv.widgets.access.trace import DecisionTrace
    from labsrv.widgets.browser.view import BrowserView
    from labsrv.widgets.browser.window import BrowserWindow, beside
    from labsrv.widgets.charts.bars import Bars, Dots
    from labsrv.widgets.charts.lines import Lines
    from labsrv.widgets.clock_control import ClockControl
    from labsrv.widgets.code_diff import CodeDiff
    from labsrv.widgets.cookies.inspector import CookieInspector
    from labsrv.widgets.flow.view import FlowView
    from labsrv.widgets.graph.view import RoleGraph
    from labsrv.widgets.lamps.view import Lamps
    from labsrv.widgets.mail.mailbox import Mailbox
    from labsrv.widgets.mail.phone import Phone
    from labsrv.widgets.sliders.controls import Slider
    from labsrv.widgets.sliders.view import Sliders
    from labsrv.widgets.store.view import StoreView
    from labsrv.widgets.tokens.answers import as_bearer
    from labsrv.widgets.tokens.inspector import TokenInspector
    from labsrv.widgets.traffic.view import TrafficView

VIEWS = {
    "AccessMatrix": "access.matrix",
    "Bars": "charts.bars",
    "BrowserView": "browser.view",
    "BrowserWindow": "browser.window",
    "ClockControl": "clock_control",
    "CodeDiff": "code_diff",
    "CookieInspector": "cookies.inspector",
    "DecisionTrace": "access.trace",
    "Dots": "charts.bars",
    "FlowView": "flow.view",
    "Lamps": "lamps.view",
    "Lines": "charts.lines",
    "Mailbox": "mail.mailbox",
    "Phone": "mail.phone",
    "RoleGraph": "graph.view",
    "Slider": "sliders.controls",
    "Sliders": "sliders.view",
    "StoreView": "store.view",
    "TokenInspector": "tokens.inspector",
    "TrafficView": "traffic.view",
    "as_bearer": "tokens.answers",
    "beside": "browser.window",
}

__all__ = [
    "AccessMatrix",
    "Bars",
    "BrowserView",
    "BrowserWindow",
    "ClockControl",
    "CodeDiff",
    "CookieInspector",
    "DecisionTrace",
    "Dots",
    "FlowView",
    "Lamps",
    "Lines",
    "Mailbox",
    "Phone",
    "RoleGraph",
    "Slider",
    "Sliders",
    "StoreView",
    "TokenInspector",
    "TrafficView",
    "as_bearer",
    "beside",
]


def __getattr__(name: str) -> Any:
    """Import a view when it is asked for: they bring ipywidgets along."""
    if name in VIEWS:
        return getattr(importlib.import_module(f"labsrv.widgets.{VIEWS[name]}"), name)

    raise AttributeError(f"labsrv.widgets has no {name!r}. It has {', '.join(VIEWS)} and show.")
