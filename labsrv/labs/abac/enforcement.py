"""The policy enforcement point: every request comes by here, and what the decision demands is done here.

request ─▶ action_for ─▶ PIP: a question ─▶ still_good? ─▶ PDP: a decision ─▶ carry_out ─▶ the endpoint
                                                                                  └─▶ answer_for ─▶ 401, 403, 404
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, g, request

from labsrv.kit.access.decisions import Decision
from labsrv.kit.access.questions import Question
from labsrv.labs.abac.decision_point import DecisionPoint
from labsrv.labs.abac.information import Information
from labsrv.labs.abac.policy import current, understood
from labsrv.labs.abac.shop import FORBIDDEN, LOG_IN, Shop, refused

Json = dict[str, Any]
PUBLIC, LOGGED_IN = "public", "logged in"
# What this enforcement point is able to do when a decision demands it.
ABLE = ["watermark", "notify"]


@dataclass(frozen=True)
class Ruling:
    """What came of one question: the demands that are to be fulfilled, None where it is a refusal."""

    question: Question | None
    answer: Json | None
    demands: list[Json] | None

    @property
    def allowed(self) -> bool:
        """Return whether to go on."""
        return self.demands is not None


OPEN = Ruling(None, None, [])


class Enforcement:
    """The enforcement point with these decisions made."""

    def __init__(
        self,
        shop: Shop,
        point: DecisionPoint,
        information: Information,
        action_for: Callable[[str, str], str | None],
        carry_out: Callable[[Any, list[str]], list[Json] | None],
        answer_for: Callable[[str | None, bool, bool], str],
        still_good: Callable[[Json, Json, int, datetime], bool],
    ):
        self.shop = shop
        self.point = point
        self.information = information
        self.action_for = action_for
        self.carry_out = carry_out
        self.answer_for = answer_for
        self.still_good = still_good

    def look_at_request(self) -> Response | None:
        """Before each request: find out who asks, and for which action; refuse what is nobody's."""
        self.shop.look_who_asks()
        g.marked = False
        # No endpoint: there is nothing to guard, and the framework says 404 or 405.
        if request.endpoint is None:
            return None

        g.action = self.action_for(request.endpoint, request.method)
        if g.action == PUBLIC:
            return None
        if g.user is None:
            return refused(LOG_IN)
        return refused(FORBIDDEN) if g.action is None else None

    def guard(
        self, document: Json | None, action: str = "", kind: str = "policy", *, there: Json | None = None
    ) -> Response | None:
        """Return None where the request may go on with a document, and its demands are fulfilled; else the refusal.

        `there` is the document as it is, where `document` is what would become of it.
        """
        if g.action == PUBLIC:
            return None

        action = action or g.action
        ruling = self.ask(action, document, kind)
        self.note(ruling)
        if ruling.allowed:
            self.fulfil(ruling, document)
            return None
        return self.refusal(ruling, action, there or document)

    def ask(self, action: str, document: Json | None, kind: str = "policy", *, keep: bool = True) -> Ruling:
        """Return what comes of a question."""
        if g.action == PUBLIC:
            return OPEN
        question = self.information.question(action, document, kind)
        answer = self.kept_or_new(question) if keep else self.decided(question)
        return Ruling(question, answer, self.carry_out(answer, ABLE))

    def among(self, documents: list[Json]) -> list[Json]:
        """Return those of several documents that the request may go on with, one question each."""
        return [each for each in documents if self.ask(g.action, each, keep=False).allowed]

    def kept_or_new(self, question: Question) -> Json | None:
        """Return the decision that was kept for a question if it is still good, else a new one, which is kept."""
        kept, said = self.shop.lab.db.kept, question.as_json()
        key = json.dumps([g.session.user, question.action.name, question.resource.type, question.resource.id])
        number, now = current(self.shop.lab)[1], self.shop.lab.clock.now()
        row = kept.find_one({"_id": key})
        if row:
            before = {"question": json.loads(row["question"]), "policy": row["policy"], "at": row["at"]}
            if self.still_good(before, said, number, now):
                return dict(json.loads(row["answer"]))

        answer = self.decided(question)
        written = {"question": json.dumps(said), "policy": number, "at": now, "answer": json.dumps(answer)}
        if answer is not None:
            kept.replace_one({"_id": key}, written, upsert=True)
        return answer

    def decided(self, question: Question) -> Json | None:
        """Return the PDP's answer as it comes over a wire, None where the PDP failed."""
        try:
            decision = self.decision(question)
        except Exception:
            return None
        return {
            "outcome": decision.outcome,
            "demands": [dict(each) for each in decision.demands],
            "says": decision.says,
        }

    def decision(self, question: Question) -> Decision:
        """Return the PDP's decision with all its reasons; raises what the PDP raises."""
        return self.point.decide(understood(current(self.shop.lab)[0])[0], question)

    def fulfil(self, ruling: Ruling, document: Json | None) -> None:
        """Do what the decision demands, before the endpoint goes on (XACML 3.0, 7.18)."""
        for demand in ruling.demands or []:
            if demand.get("name") == "watermark":
                g.marked = True
            elif demand.get("name") == "notify" and document:
                notice = {"to": document["owner"], "document": document["_id"], "who": g.user["name"]}
                self.shop.lab.db.notices.insert_one(notice | {"at": self.shop.lab.clock.now()})

    def refusal(self, ruling: Ruling, action: str, document: Json | None) -> Response:
        """Return the answer to who is refused: whether to say why, that there is something, or how to get in."""
        answer, question = ruling.answer or {}, ruling.question
        demanded = any(each.get("name") == "step_up" for each in answer.get("demands", []))
        helps = False
        if demanded and question:
            proved = self.decided(question.having("context.confirmed", True))
            helps = self.carry_out(proved, ABLE) is not None
        # Who may not even read it does not learn that there is something. What one owns or brings oneself, one knows.
        knows = document is None or action == "create" or document.get("owner") == g.user["name"]
        knows = knows or (action != "read" and self.ask("read", document, keep=False).allowed)
        word = self.answer_for(g.user["name"] if g.user else None, knows, helps)
        return refused(word, answer.get("says", "") if word == FORBIDDEN else "")

    def note(self, ruling: Ruling) -> None:
        """Write down who was told what, with the question (ASVS 16.3.2)."""
        if ruling.question is None:
            return
        question, answer = ruling.question, ruling.answer or {"outcome": "no answer"}
        self.shop.lab.db.decisions.insert_one(
            {
                "at": self.shop.lab.clock.now(),
                "user": question.subject.id,
                "action": question.action.name,
                "resource": question.resource.id,
                "outcome": answer.get("outcome", ""),
                "allowed": ruling.allowed,
                "question": json.dumps(question.as_json()),
            }
        )


def add_mark(text: str) -> str:
    """Return a text with the reader's name in it where the decision demands that: a watermark."""
    return f"{text}\n[read by {g.user['name']}]" if g.marked else text
