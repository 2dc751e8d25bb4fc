"""What one looks at. Knows no technique: everything here takes the kit's data.

from labsrv.widgets import BrowserView, BrowserWindow, ClockControl, CodeDiff, CookieInspector, StoreView, TrafficView
from labsrv.widgets import Bars, Dots              charts of what was measured
from labsrv.widgets import show                    plain text and tables
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from labsrv.widgets.browser_view import BrowserView
    from labsrv.widgets.browser_window import BrowserWindow, beside
    from labsrv.widgets.charts import Bars, Dots
    from labsrv.widgets.clock_control import ClockControl
    from labsrv.widgets.code_diff import CodeDiff
    from labsrv.widgets.cookie_inspector import CookieInspector
    from labsrv.widgets.store_view import StoreView
    from labsrv.widgets.traffic_view import TrafficView

VIEWS = {
    "Bars": "charts",
    "BrowserView": "browser_view",
    "BrowserWindow": "browser_window",
    "ClockControl": "clock_control",
    "CodeDiff": "code_diff",
    "CookieInspector": "cookie_inspector",
    "Dots": "charts",
    "StoreView": "store_view",
    "TrafficView": "traffic_view",
    "beside": "browser_window",
}

__all__ = [
    "Bars",
    "BrowserView",
    "BrowserWindow",
    "ClockControl",
    "CodeDiff",
    "CookieInspector",
    "Dots",
    "StoreView",
    "TrafficView",
    "beside",
]


def __getattr__(name: str) -> Any:
    """Import a view when it is asked for: they bring ipywidgets along."""
    if name in VIEWS:
        return getattr(importlib.import_module(f"labsrv.widgets.{VIEWS[name]}"), name)

    raise AttributeError(f"labsrv.widgets has no {name!r}. It has {', '.join(VIEWS)} and show.")
