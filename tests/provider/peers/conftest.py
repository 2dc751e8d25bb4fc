"""Clients and a provider of others: programs in JavaScript that run beside ours, each in a process of its own.

tests/provider/peers/*.mjs are the programs, package.json says what they are made of, and `npm ci` in that folder brings
it; `.ci/run` does so. Where there is no Node or `npm ci` was not run, the tests skip and say so.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import requests

from labsrv.kit.browser.browser import Browser
from labsrv.kit.http.transport import SocketTransport
from labsrv.provider.command import run_alone
from labsrv.provider.faults.active import set_faults
from tests.patience import PATIENCE

HERE = Path(__file__).parent
OLDEST = 20  # package.json says more exactly which version they need


class Running:
    """A program in JavaScript: it says where it is, answers once it is told its settings, and ends with the tests."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addresses = self.hear()["addresses"]

    def hear(self):
        """Return the next line that it says."""
        if line := self.process.stdout.readline():
            return json.loads(line)

        self.end()
        pytest.fail(f"It ended before it was ready: {self.process.args} (what it said is in the captured stderr)")

    def tell(self, what):
        """Send it its settings, and wait until it answers by them."""
        self.process.stdin.write(f"{json.dumps(what)}\n")
        self.process.stdin.flush()
        assert self.hear() == {"ready": True}

    def end(self):
        """End it, and wait until it has ended."""
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.stdin.close()
            self.process.stdout.close()


@pytest.fixture(scope="session")
def node():
    """Return the path of this machine's Node; skip where a peer could not run, fail where they are required."""
    return node_or_skip(shutil.which("node"), HERE / "node_modules", os.environ.get("AUTHLAB_REQUIRE_PEERS") == "1")


def node_or_skip(found, modules, required):
    """Return what was found, if the peers can run by it."""
    missing = what_is_missing(found, modules)
    if missing and required:
        pytest.fail(f"{missing}, and AUTHLAB_REQUIRE_PEERS=1 asks for other people's clients")
    if missing:
        pytest.skip(missing)
    return found


def what_is_missing(found, modules):
    """Return why the peers cannot run, or ""."""
    if not found:
        return "no Node on this machine"
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < OLDEST:
        return f"Node {version} is too old for them: it takes {OLDEST}"
    if not modules.is_dir():
        return "`npm ci` was not run in tests/provider/peers"
    return ""


@pytest.fixture(scope="module")
def run(node):
    """Return what starts one of the .mjs programs with an address for each name; it ends with the file's tests."""
    alive = []

    def start(program, *names):
        alive.append(Running(node, str(HERE / program), *names))
        return alive[-1]

    yield start
    for each in alive:
        each.end()


@pytest.fixture(scope="module")
def authlab_provider():
    """Return what starts our provider with these clients, as its command does; it ends with the file's tests."""
    alive = []

    def start(clients, *resources):
        alive.append(OurProvider(run_alone("http://127.0.0.1:0", clients, list(resources), [])))
        return alive[-1]

    yield start
    for each in alive:
        each.alone.lab.stop()


class OurProvider:
    """Our provider, by itself."""

    def __init__(self, alone):
        self.alone = alone
        self.issuer = alone.provider.issuer
        self.passwords = alone.as_json()["people"]

    def spoil(self, *faults):
        """Make it answer wrongly in these ways, and in no others."""
        set_faults(self.alone.provider, list(faults))


def program():
    """Return what asks as a program does, past whatever proxy the machine names."""
    session = requests.Session()
    session.trust_env = False
    return session


def person(name="alice"):
    """Return a new browser of one of the provider's people. It has been nowhere."""
    return Browser(name, transport=SocketTransport(PATIENCE))


def go_through(browser, provider):
    """Send the provider's pages, as far as there are any, and return their names: log-in, consent, form_post, …"""
    filled = {"login": {"username": browser.name, "password": provider.passwords[browser.name]}}
    filled |= {"consent": {"allow": "yes"}, "logout": {"yes": "yes"}}
    sent = []
    while browser.page.url.startswith(provider.issuer) and browser.page.forms:
        name = browser.page.forms[0].name
        assert name not in sent, browser.page.text
        sent.append(name)
        browser.submit(name, **filled.get(name, {}))
    return sent
