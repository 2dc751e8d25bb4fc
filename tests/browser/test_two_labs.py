"""Two notebooks with a lab each, in one JupyterLab: own hosts, own cookies, and either can end without the other."""

import contextlib
import socket

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import JupyterLab
from tests.browser.made_notebook import framed, log_in_by_hand, shop_of, window, written
from tests.patience import wait_until

WINDOW = {"width": 1300, "height": 1000}
CELLS = [
    """from labsrv.labs import start
from labsrv.widgets import BrowserView, TrafficView

lab = start("sessions")
lab.alice.navigate(lab.shop.login)""",
    "BrowserView(lab.alice)",
    "TrafficView(lab.traffic)",
]
IN_FRONT = ".jp-NotebookPanel:visible"


@pytest.fixture
def jupyter(jupyter_server, tmp_path):
    """Yield a JupyterLab on a folder with two notebooks."""
    for name in ("first.ipynb", "second.ipynb"):
        written(tmp_path, name, *CELLS)
    with JupyterLab(jupyter_server, tmp_path) as jupyter:
        yield jupyter


def test_two_labs_live_side_by_side_and_one_outlives_the_other(jupyter, chromium_page, tmp_path):
    page = chromium_page
    page.set_viewport_size(WINDOW)
    jupyter.open(page, "first.ipynb")
    jupyter.run_all(page)
    jupyter.open_too(page, "second.ipynb")
    jupyter.run_all(page)
    assert not jupyter.errors(page)

    second = page.locator(IN_FRONT)
    framed(second).get_by_role("heading", name="Log in").wait_for()
    ours = shop_of(second)
    page.screenshot(path=tmp_path / "second.png")
    bring_to_front(page, "first.ipynb")
    first = page.locator(IN_FRONT)
    theirs = shop_of(first)
    assert host_number(ours) != host_number(theirs) and answers(ours) and answers(theirs)

    log_in_by_hand(first)
    framed(first).get_by_role("heading", name="Our teas").wait_for()
    wait_until(lambda: exchanges(first) == "3 exchanges", "The diagram did not grow.", page)
    page.screenshot(path=tmp_path / "first.png")
    assert diagram_names(first, theirs) and not diagram_names(first, ours)

    jupyter.close(page, "first.ipynb")
    second = page.locator(IN_FRONT)
    expect(window(second).get_by_text("No cookies")).to_be_visible()
    assert exchanges(second) == "1 exchange"
    assert diagram_names(second, ours) and not diagram_names(second, theirs)
    wait_until(lambda: not answers(theirs), "The closed lab still answers.", page)

    log_in_by_hand(second)
    framed(second).get_by_role("link", name="Account").click()
    framed(second).get_by_role("heading", name="Hello, alice.").wait_for()
    assert shop_of(second) == ours and page.locator(".al-gone").count() == 0
    page.screenshot(path=tmp_path / "alone.png")


def host_number(address):
    """Return the number in `shop-2.localhost:40123`; the first shop's host has none."""
    assert address.startswith("shop") and ".localhost:" in address
    return address.split(".")[0].removeprefix("shop")


def diagram_names(notebook, address):
    """Say whether a notebook's diagram has a lane for this host."""
    return (
        notebook.locator(".al-tv").get_by_role("button", name=f"site {address.split(':')[0]}", exact=True).count() > 0
    )


def exchanges(notebook):
    """Return what TrafficView counts."""
    return notebook.locator(".al-tv-count").inner_text()


def answers(address):
    """Say whether somebody listens at that port: no request that a diagram would show."""
    with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", address.split(":")[1]), 5):
        return True
    return False


def bring_to_front(page, name):
    """Click on a notebook's tab."""
    page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text=name).click()
