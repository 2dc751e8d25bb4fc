"""Pages and letters that are made to cost: before they are bounded, and after, beside ordinary ones.

A page is measured by the longest time for which the tab of the notebook answers nothing, in a real Chromium without
JupyterLab; a letter by the kernel's processor time. What takes longer than `LONGEST` is given up.
"""

import math
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from labsrv.kit.browser import framing
from labsrv.kit.html.bounds import Sizes
from labsrv.kit.mail.message import header, part, understood
from labsrv.widgets.browser.view import BrowserView, state_of
from tests.kit.fake_sites import SHOP, browser, html
from tests.kit.html.costly_pages import COSTLY, COSTLY_STYLES, ORDINARY_PAGES
from tests.kit.mail.letters import ORDINARY, TANGLED

LONGEST = 15  # seconds
STARTING = 10  # seconds that a browser may take to start
ROWS = "a table of a thousand rows"
# A view's script in a page of its own, with a model that holds its traits. Beats are counted while the page is shown.
MEASURE = """async ([script, shown]) => {
  const view = (await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })))).default;
  const traits = { name: "alice", height: 360, with_cookies: false, cookies: [], shown: { kind: "blank", said: "" } };
  const heard = [];
  const on = (names, listen) => names.includes("shown") && heard.push(listen);
  const root = document.body.appendChild(document.createElement("div"));
  view.render({ model: { get: (name) => traits[name], on, off() {}, send() {} }, el: root });
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  await pause(300);
  let last = performance.now(), longest = 0, beats = true;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const now = performance.now();
    [longest, last] = [Math.max(longest, now - last), now];
    if (beats) channel.port2.postMessage(0);
  };
  channel.port2.postMessage(0);
  traits.shown = shown;
  heard.forEach((listen) => listen());
  await pause(100);
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  for (let frame = 0; frame < 3; frame++) await drawn();
  await pause(100);
  beats = false;
  return longest;
}"""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]


@contextmanager
def unbounded() -> Any:
    """Let everything through, as it was."""
    kept = framing.sizes_of, framing.ask_too_much
    framing.sizes_of, framing.ask_too_much = lambda markup: Sizes(), lambda *_: False
    try:
        yield
    finally:
        framing.sizes_of, framing.ask_too_much = kept


def shown(markup: str) -> dict[str, Any]:
    """Return what a view sends of a page."""
    alice, _ = browser({f"{SHOP}/": html(markup)})
    alice.navigate(SHOP)
    return state_of(alice) | {"count": 1}


def blocked(state: dict[str, Any]) -> float:
    """Return for how many seconds a tab answers nothing while it shows this, NaN where it ends over it."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path_of_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page()
        page.set_content("<!doctype html>")
        try:
            took = page.evaluate(f"(given) => ({MEASURE})(given)", [str(BrowserView._esm), state])
        except Error:
            took = float("nan")
        chromium.close()
        return float(took) / 1_000


def path_of_chromium() -> str:
    """Return where this machine's Chromium is, "" where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def before(raw: bytes) -> None:
    """Take a letter apart as it comes."""
    parsed = message_from_bytes(raw, policy=SMTP)
    for name in ("From", "Subject"):
        header(parsed, name)
    for kind in ("plain", "html"):
        part(parsed, kind)


def after(raw: bytes) -> None:
    """Take a letter apart within bounds."""
    understood(raw, "alice@post.localhost", "mallory@post.localhost", datetime.now(UTC))


def in_time(measure: Callable[..., float], *given: Any, patience: float = LONGEST) -> float:
    """Return a figure that a process of its own measures, infinity where it is given up."""
    # With all that it has started: a tab may never come back.
    pool = ProcessPoolExecutor(1, initializer=os.setsid)
    try:
        return pool.submit(measure, *given).result(patience)
    except TimeoutError:
        for process in list(pool._processes.values()):
            os.killpg(process.pid, signal.SIGKILL)
        return float("inf")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def timed(work: Callable[[bytes], None], raw: bytes) -> float:
    """Return how much of a processor's time some work takes, or took until it went too deep."""
    began = time.process_time()
    with suppress(RecursionError):
        work(raw)
    return time.process_time() - began


def row(name: str, *figures: str) -> str:
    """Return a line of the table."""
    return f"{name:48}" + "".join(f"{each:>12}" for each in figures)


def written(figure: float) -> str:
    """Return seconds as milliseconds, or that it took too long."""
    if math.isnan(figure):
        return "crashed"
    return f"over {LONGEST} s" if figure == float("inf") else f"{1_000 * figure:,.0f} ms"


def compare(names: dict[str, Any], was: Callable[[Any], float], now: Callable[[Any], float], baseline: float) -> None:
    """Print each figure before and after, and how many baselines it is now."""
    for name, what in names.items():
        figures = was(what), now(what)
        print(row(name, *map(written, figures), f"{figures[1] / baseline:.2f}"), flush=True)


def measure_pages() -> None:
    """Print how long each page blocks the tab."""
    if not path_of_chromium():
        print("no Chromium here: how long pages block the tab is not measured")
        return

    def was(markup: str) -> float:
        with unbounded():
            state = shown(markup)
        return in_time(blocked, state, patience=LONGEST + STARTING)

    def now(markup: str) -> float:
        return in_time(blocked, shown(markup), patience=LONGEST + STARTING)

    baseline = now(ORDINARY_PAGES[ROWS])
    print(row("the tab is blocked by", "before", "after", "ratio"), f"  to {ROWS}: {written(baseline)}")
    compare({name: page for name, (page, _) in COSTLY.items()} | COSTLY_STYLES, was, now, baseline)


def measure_letters() -> None:
    """Print what each letter costs the kernel."""
    baseline = max(in_time(timed, after, raw) for raw in ORDINARY.values())
    print(row("the kernel is kept by a letter of", "before", "after", "ratio"), f"  to ordinary: {written(baseline)}")
    letters = {name: raw for name, (raw, _) in TANGLED.items()}
    compare(letters, lambda raw: in_time(timed, before, raw), lambda raw: in_time(timed, after, raw), baseline)


if __name__ == "__main__":
    measure_letters()
    measure_pages()
