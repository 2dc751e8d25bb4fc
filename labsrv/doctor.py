"""What this machine has, and what is missing for what."""

import os
import platform
import shutil
import socket
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.mail.route import URL as MAIL_URL
from labsrv.kit.mail.route import configured_route
from labsrv.kit.store import URI, StoreUnavailable, open_store

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "firefox", "msedge")
IN_ITS_PLACE = "Your own exercises need none of it; to grade strangers' files, take a machine that has it all."


@dataclass(frozen=True)
class Finding:
    """One thing looked for: `fine` or not, what was found, and what to do about it."""

    name: str
    fine: bool
    what: str
    way_out: str = ""

    @property
    def sign(self) -> str:
        return "✓" if self.fine else "–"


def findings() -> list[Finding]:
    """Look at everything."""
    looks = (python, packages, names, browser, safari, mongodb, mail, forks)
    return [*(look() for look in looks), *sandbox()]


def python() -> Finding:
    """Which Python runs this."""
    return Finding(
        "Python", sys.version_info >= (3, 11), f"{platform.python_version()} on {platform.platform(terse=True)}"
    )


def packages() -> Finding:
    """Whether `passlib` is the kept one."""
    try:
        old = version("passlib")
    except PackageNotFoundError:
        return Finding(
            "Packages",
            True,
            f"JupyterLab {version('jupyterlab')}, Flask {version('flask')}, libpass {version('libpass')}",
        )

    way_out = "Run `pip uninstall passlib` here, then `python3 lab.py`."
    return Finding("Packages", False, f"passlib {old} is installed beside libpass: it fails on new bcrypt", way_out)


def names() -> Finding:
    """Whether programs other than browsers resolve *.localhost."""
    try:
        socket.getaddrinfo("shop.localhost", 80)
    except OSError:
        return Finding("*.localhost", True, "browsers resolve it by themselves; other programs on this machine do not")

    return Finding("*.localhost", True, "resolved by this machine as well as by browsers")


def browser() -> Finding:
    """Whether a real browser is on the path: the course needs none, its own tests do."""
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return Finding("Browser", True, f"{name} at {path}")

    return Finding(
        "Browser",
        False,
        "none on the PATH: `python3 lab.py test` skips its browser tests",
        "Install Chromium for them.",
    )


def safari() -> Finding:
    """What does not work in Safari."""
    if sys.platform != "darwin":
        return Finding(
            "Safari", True, "not here, which is as well: it neither resolves *.localhost nor keeps Secure cookies there"
        )

    return Finding(
        "Safari", False, "it neither resolves *.localhost nor keeps Secure cookies there", "Use Firefox or Chrome."
    )


def mongodb() -> Finding:
    """Whether a MongoDB is configured, and answers."""
    if not os.environ.get(URI):
        return Finding("MongoDB", True, f"not configured ({URI}): the labs keep their store in memory, which is enough")

    try:
        store = open_store("doctor")
    except StoreUnavailable as error:
        return Finding("MongoDB", False, str(error))

    where = store.where
    store.close()
    return Finding("MongoDB", True, where)


def mail() -> Finding:
    """Whether a mail server is configured, and lets us in."""
    try:
        route = configured_route()
        if route is None:
            said = f"not configured ({MAIL_URL}): the labs keep their mail to themselves, which is enough"
            return Finding("Mail", True, said)
        route.try_out()
    except Undelivered as error:
        return Finding("Mail", False, str(error))

    return Finding("Mail", True, f"also leaves through {route.host}:{route.port}, which lets us in")


def forks() -> Finding:
    """Whether submissions are forked, which makes checks fast."""
    from labsrv.grading.system.processes import CAN_FORK

    slow = "no: each check starts a process of its own, which takes about half a second longer"
    return Finding("Fork", CAN_FORK, "yes: a check's process starts in milliseconds" if CAN_FORK else slow)


def sandbox() -> list[Finding]:
    """Which layers of the sandbox for submissions this machine has; each is tried."""
    from labsrv.grading.sandbox import LAYERS, available

    return [
        Finding("Sandbox", not missing, LAYERS[layer] + (f", is missing: {missing}" if missing else ""), way_out)
        for layer, missing in available().items()
        for way_out in [IN_ITS_PLACE if missing else ""]
    ]
