"""A policy decision point as a site.

POST /access/v1/evaluation                 one question
POST /access/v1/evaluations                several
POST /access/v1/search/subject             who can?
POST /access/v1/search/resource            on what?
POST /access/v1/search/action              what can they do?
GET  /.well-known/authzen-configuration    where all this is

A refusal is an answer, with status 200. What is no question is 400, and who may not ask is 401 (AuthZEN 1.0, 10.1.2).
"""

import hmac
import secrets
import traceback
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from labsrv.kit.access.decisions import Decision
from labsrv.kit.access.questions import BadQuestion, Question
from labsrv.kit.json_text import BadJson, read_json
from labsrv.policy.authzen import evaluations, searches
from labsrv.policy.authzen.stored import StoredEntities, of_type
from labsrv.policy.deciding import decide
from labsrv.policy.policy import Policy
from labsrv.policy.searching import search_actions, search_resources, search_subjects

LARGEST_REQUEST = 1024 * 1024  # bytes
REQUEST_ID = "X-Request-ID"
ENDPOINTS = {
    "access_evaluation_endpoint": "/access/v1/evaluation",
    "access_evaluations_endpoint": "/access/v1/evaluations",
    "search_subject_endpoint": "/access/v1/search/subject",
    "search_resource_endpoint": "/access/v1/search/resource",
    "search_action_endpoint": "/access/v1/search/action",
}


@dataclass(frozen=True)
class PolicyDecisionPoint:
    """A policy, what is known of entities, and who may ask. Without `token`, whoever reaches it may."""

    policy: Policy
    stored: StoredEntities = field(default_factory=StoredEntities)
    token: str = field(default="", repr=False)
    explain: bool = False
    page_key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def decide(self, question: Question) -> Decision:
        """Return the decision on a question, with what is known of its entities."""
        return decide(self.policy, self.stored.completed(question))

    def find(self, searched: str) -> searches.Find:
        """Return what finds the subjects, resources or actions of a question."""

        def subjects(question: Question) -> list[dict[str, Any]]:
            among = of_type(self.stored.subjects, question.subject.type, question.subject.properties.items())
            found = search_subjects(self.policy, self.stored.completed(question), among)
            return [{"type": each.type, "id": each.id} for each, _ in found]

        def resources(question: Question) -> list[dict[str, Any]]:
            among = of_type(self.stored.resources, question.resource.type, question.resource.properties.items())
            found = search_resources(self.policy, self.stored.completed(question), among)
            return [{"type": each.type, "id": each.id} for each, _ in found]

        def actions(question: Question) -> list[dict[str, Any]]:
            found = search_actions(self.policy, self.stored.completed(question))
            return [{"name": each.name} for each, _ in found]

        return {"subject": subjects, "resource": resources, "action": actions}[searched]


def create_site(pdp: PolicyDecisionPoint) -> Flask:
    """Return the site of a policy decision point."""
    app = Flask("pdp")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST

    @app.before_request
    def may_ask() -> Response | None:
        """Let in whoever has the token; where the PDP is may be known to all."""
        said = request.headers.get("Authorization", "")
        if not pdp.token or request.path.startswith("/.well-known/"):
            return None
        if hmac.compare_digest(said.encode(), f"Bearer {pdp.token}".encode()):
            return None

        refused = said_plainly(401, "Send the token of this PDP: Authorization: Bearer …")
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused

    @app.after_request
    def say_which(answer: Response) -> Response:
        """Send the request's id back (AuthZEN 1.0, 10.1.3)."""
        if said := request.headers.get(REQUEST_ID):
            answer.headers[REQUEST_ID] = said
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @app.post(ENDPOINTS["access_evaluation_endpoint"])
    def evaluation() -> Response:
        return jsonify(evaluations.evaluation(body(), pdp.decide, pdp.explain))

    @app.post(ENDPOINTS["access_evaluations_endpoint"])
    def several() -> Response:
        return jsonify(evaluations.evaluations(body(), pdp.decide, pdp.explain))

    @app.post("/access/v1/search/<any(subject, resource, action):searched>")
    def search(searched: str) -> Response:
        return jsonify(searches.search(body(), searched, pdp.find(searched), pdp.page_key))

    @app.get("/.well-known/authzen-configuration")
    def configuration() -> Response:
        base = request.host_url.rstrip("/")
        return jsonify({"policy_decision_point": base} | {name: base + path for name, path in ENDPOINTS.items()})

    app.register_error_handler(BadQuestion, lambda error: said_plainly(400, str(error)))
    app.register_error_handler(HTTPException, refused_by_rule)
    app.register_error_handler(Exception, broken)
    return app


def body() -> dict[str, Any]:
    """Return the JSON object that was sent, or raise `BadQuestion`."""
    if request.mimetype != "application/json":
        raise BadQuestion("Send JSON, and say so: Content-Type: application/json.")

    try:
        said, twice = read_json(request.get_data().decode("utf-8"))
    except (BadJson, UnicodeDecodeError) as error:
        raise BadQuestion(f"This is no JSON: {error}.") from error
    # Two readers would take different ones of them (RFC 8259, 4; AuthZEN 1.0, 11.5).
    if twice:
        raise BadQuestion(f"An object has {twice[0]!r} twice: take one out.")
    if not isinstance(said, dict):
        raise BadQuestion("Send an object: {…}.")

    return said


def said_plainly(status: int, sentence: str) -> Response:
    """Return an error, whose body is a sentence."""
    return Response(f"{sentence}\n", status, content_type="text/plain; charset=utf-8")


def refused_by_rule(error: HTTPException) -> Response:
    """Return what HTTP itself refuses: another path, another method, too much."""
    answer = said_plainly(error.code or 500, error.description or error.name)
    answer.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
    return answer


def broken(error: Exception) -> Response:
    """Say that the PDP failed, with the reason for whoever runs it alone."""
    traceback.print_exception(error)
    return said_plainly(500, "The policy decision point failed. This is no permit.")
