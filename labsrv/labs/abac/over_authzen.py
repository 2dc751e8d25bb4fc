"""The site's PDP for other enforcement points: its policy, its staff and documents, over AuthZEN."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from labsrv.kit.access.decisions import Decision
from labsrv.kit.access.questions import Entity, Question
from labsrv.kit.services import Services
from labsrv.labs.abac.policy import current, understood
from labsrv.policy.authzen.searches import Find
from labsrv.policy.authzen.site import PolicyDecisionPoint, create_site
from labsrv.policy.authzen.stored import StoredEntities

TOKEN = "only-enforcement-points-know-this"
OF_STAFF = ("department", "clearance", "limit")
OF_DOCUMENTS = ("owner", "department", "sensitivity", "state", "amount")


@dataclass(frozen=True)
class PointOfTheLab:
    """What the AuthZEN site asks: the policy and the rows as they are at that moment."""

    lab: Services
    token: str = TOKEN
    explain: bool = True
    page_key: bytes = field(default=b"of pages, in a lab that ends soon", repr=False)

    def now(self) -> PolicyDecisionPoint:
        """Return the decision point as of now."""
        return PolicyDecisionPoint(understood(current(self.lab)[0])[1], stored(self.lab), self.token, self.explain)

    def decide(self, question: Question) -> Decision:
        """Return the decision on a question."""
        return self.now().decide(question)

    def find(self, searched: str) -> Find:
        """Return what finds subjects, resources or actions."""
        return self.now().find(searched)


def stored(lab: Services) -> StoredEntities:
    """Return the staff and the documents as entities."""
    people = [Entity("user", row["_id"], kept(row, OF_STAFF)) for row in lab.db.staff.find({})]
    papers = [Entity(row["kind"], row["_id"], kept(row, OF_DOCUMENTS)) for row in lab.db.documents.find({})]
    return StoredEntities(*({(each.type, each.id): each for each in found} for found in (people, papers)))


def kept(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return the attributes of a row that it has."""
    return {name: row[name] for name in names if row.get(name) is not None}


def neighbours(lab: Services) -> dict[str, Flask]:
    """Return the sites around the shop: its PDP."""
    return {"pdp": create_site(PointOfTheLab(lab))}  # type: ignore[arg-type]
