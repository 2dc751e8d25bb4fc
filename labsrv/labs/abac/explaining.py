"""The site's last decision as a question that can be asked again: why, what would have to change, who can.

DecisionTrace(last_question(lab), **reasons(lab))
"""

import json
from collections.abc import Callable
from datetime import time
from typing import Any

from labsrv.kit.access.decisions import Decision
from labsrv.kit.access.flips import Flip
from labsrv.kit.access.questions import Question
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.abac.over_authzen import stored
from labsrv.labs.abac.people import DESKS, PLACES
from labsrv.labs.abac.places import country_of
from labsrv.labs.abac.policy import current, understood
from labsrv.labs.abac.secure.during_hours import CLOSES, OPENS
from labsrv.policy.deciding import decide
from labsrv.policy.flips.finding import flips
from labsrv.policy.policy import Policy
from labsrv.policy.searching import search_actions, search_resources, search_subjects


def last_question(lab: Lab) -> Question:
    """Return what the enforcement point asked last; raises `LookupError` where it was never asked."""
    rows = lab.db.decisions.find({})
    if rows:
        return Question.from_json(json.loads(rows[-1]["question"]))

    raise LookupError("The site has decided nothing yet: let somebody read a document first.")


def policy_of(lab: Lab) -> Policy:
    """Return the policy that is in force, as the reference reads it."""
    return understood(current(lab)[0])[1]


def reasons(lab: Lab) -> dict[str, Any]:
    """Return what a DecisionTrace asks: for a decision, for what would turn it, and for who and what else is let in."""

    def decided(question: Question) -> Decision:
        return decide(policy_of(lab), question)

    def turned(question: Question) -> list[Flip]:
        return flips(policy_of(lab), question)

    def others(question: Question) -> Any:
        return search_subjects(policy_of(lab), question, stored(lab).subjects.values())

    def actions(question: Question) -> Any:
        return search_actions(policy_of(lab), question)

    def papers(question: Question) -> Any:
        return search_resources(policy_of(lab), question, stored(lab).resources.values())

    return {"decide": decided, "flips": turned, "who": {"subject": others, "action": actions, "resource": papers}}


def circumstances(change: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    """Return what takes `time` ("17:45"), `place` ("desk", "home", "abroad"), `device` and `clearance` as a person says
    them, and changes the attributes that follow from them.
    """

    def moved(said: dict[str, Any]) -> Any:
        address = DESKS["bob"] if said["place"] == "desk" else PLACES[said["place"]].format(12)
        return change(
            {
                "context.office_hours": OPENS <= time.fromisoformat(said["time"]) < CLOSES,
                "context.address": address,
                "context.country": country_of(address),
                "context.device_trusted": said["device"] == "trusted",
                "subject.clearance": said["clearance"],
            }
        )

    return moved
