"""The PDP alone, on loopback: `authlab pdp`. Any PEP that speaks AuthZEN can ask it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labsrv.kit.access.questions import BadQuestion
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.errors import SaidPlainly
from labsrv.kit.json_text import BadJson, read_json
from labsrv.kit.lessons.lab import Lab
from labsrv.policy.authzen.site import ENDPOINTS, PolicyDecisionPoint, create_site
from labsrv.policy.authzen.stored import StoredEntities
from labsrv.policy.conditions.parsing import BadPolicy
from labsrv.policy.policy import Policy

HOSTS = ("127.0.0.1", "localhost", "pdp.localhost")


class PdpProblem(SaidPlainly):
    """A file that the command was given is not what it should be; the message says where, and what to do."""


@dataclass(frozen=True)
class PdpAlone:
    """A PDP that runs by itself."""

    lab: Lab
    pdp: PolicyDecisionPoint
    address: str

    def as_json(self) -> dict[str, Any]:
        """Return where it is, and what it knows: what a program that asks it needs."""
        return {
            "policy_decision_point": self.address,
            "configuration": f"{self.address}/.well-known/authzen-configuration",
            **{name: self.address + path for name, path in ENDPOINTS.items()},
            "rules": len(self.pdp.policy.rules),
            "subjects": len(self.pdp.stored.subjects),
            "resources": len(self.pdp.stored.resources),
        }

    def as_text(self) -> str:
        """Return the same for a person."""
        said = self.as_json()
        asked = f"{said['rules']} rules, {said['subjects']} subjects, {said['resources']} resources"
        question = '{"subject": {"type": "user", "id": "alice"}, "action": {"name": "read"}, "resource": {…}}'
        return (
            f"PDP            {self.address}   ({asked})\nConfiguration  {said['configuration']}\n"
            f"Ask it         POST {said['access_evaluation_endpoint']}   {question}\nCtrl-C ends it."
        )


def run_pdp(policy: Path, data: Path | None, port: int, token: str, explain: bool) -> PdpAlone:
    """Start a PDP at an address of this machine; raises `PdpProblem` or `PortTaken`."""
    pdp = PolicyDecisionPoint(read_policy(policy), read_data(data), token, explain)
    lab = Lab("pdp", place=FirstNumber(), port=port)
    try:
        lab.add_site("pdp", create_site(pdp))
        (served,) = lab.front.sites.values()
        # A page that another name leads here would be one of somebody else's (DNS rebinding).
        lab.front.sites = {f"{host}:{lab.server.port}": served for host in HOSTS}
    except BaseException:
        lab.stop()
        raise
    return PdpAlone(lab, pdp, f"http://127.0.0.1:{lab.server.port}")


def read_policy(path: Path) -> Policy:
    """Return the policy of a file, or raise `PdpProblem` with the place in it."""
    try:
        return Policy.read(contents(path))
    except BadPolicy as error:
        raise PdpProblem(f"{path}: {error}") from error


def read_data(path: Path | None) -> StoredEntities:
    """Return the entities of a file, none without one; raise `PdpProblem` with the place in it."""
    if path is None:
        return StoredEntities()

    try:
        said, twice = read_json(contents(path))
        if twice:
            raise BadQuestion(f"an object has {json.dumps(twice[0])} twice: take one out.")
        return StoredEntities.from_json(said)
    except (BadJson, BadQuestion) as error:
        raise PdpProblem(f"{path}: {error}") from error


def contents(path: Path) -> str:
    """Return the text of a file, or raise `PdpProblem`."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PdpProblem(f"{path} is not saved as UTF-8: save it again with that encoding.") from error
