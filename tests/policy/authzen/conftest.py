"""A PDP that runs as `authlab pdp` runs it, and what asks it over HTTP."""

import json
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from labsrv.policy.command import run_pdp
from tests.patience import PATIENCE


class PdpAnswer(NamedTuple):
    """What a PEP reads."""

    status: int
    headers: dict
    text: str

    @property
    def json(self):
        assert self.headers["content-type"] == "application/json"
        return json.loads(self.text)


class Pep:
    """Asks one PDP."""

    def __init__(self, address):
        self.address = address

    def send(self, path, body=None, method="POST", **headers):
        """Send a body as it is."""
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            fields = {name.lower(): value for name, value in answer.getheaders()}
            return PdpAnswer(answer.status, fields, answer.read().decode())
        finally:
            connection.close()

    def ask(self, path, said, **headers):
        """Send JSON to an endpoint: "evaluation", "evaluations", "search/subject", …"""
        return self.send(f"/access/v1/{path}", json.dumps(said), **{"Content-Type": "application/json"} | headers)


@pytest.fixture(scope="session")
def pdp_of(tmp_path_factory):
    """Return what starts a PDP of a policy and entities, and returns a PEP that asks it."""
    alone = []

    def start(policy, data=None, **more):
        folder = tmp_path_factory.mktemp("pdp")
        (folder / "policy.json").write_text(json.dumps(policy), encoding="utf-8")
        (folder / "data.json").write_text(json.dumps(data or {}), encoding="utf-8")
        options = {"port": 0, "token": "", "explain": False} | more
        alone.append(run_pdp(folder / "policy.json", folder / "data.json", **options))
        return Pep(alone[-1].address)

    yield start
    for each in alone:
        each.lab.stop()
