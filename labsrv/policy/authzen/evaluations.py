"""Access Evaluation and Access Evaluations: one question, or several with what they have in common (AuthZEN 6, 7)."""

from collections.abc import Callable
from typing import Any

from labsrv.kit.access.decisions import Decision
from labsrv.kit.access.questions import Action, BadQuestion, Entity, Question, an_object

Decider = Callable[[Question], Decision]

MOST_EVALUATIONS = 1_000
EXECUTE_ALL, DENY_ON_FIRST_DENY, PERMIT_ON_FIRST_PERMIT = "execute_all", "deny_on_first_deny", "permit_on_first_permit"
SEMANTICS = (EXECUTE_ALL, DENY_ON_FIRST_DENY, PERMIT_ON_FIRST_PERMIT)


def evaluation(said: dict[str, Any], decider: Decider, explain: bool) -> dict[str, Any]:
    """Return the answer to one question; raise `BadQuestion` where it is none."""
    return answer(decider(Question.from_json(said)), explain)


def evaluations(said: dict[str, Any], decider: Decider, explain: bool) -> dict[str, Any]:
    """Return the answers to several questions, in their order; without "evaluations", the answer to the one."""
    asked = said.get("evaluations", [])
    if not isinstance(asked, list) or not all(isinstance(each, dict) for each in asked):
        raise BadQuestion("evaluations has to be a list of objects.")
    if len(asked) > MOST_EVALUATIONS:
        raise BadQuestion(f"evaluations has {len(asked)} members; the most is {MOST_EVALUATIONS}: ask more than once.")
    semantic = semantic_of(said)
    defaults: dict[str, Any] = {
        name: said[name] for name in ("subject", "action", "resource", "context") if name in said
    }
    if not asked:
        return evaluation(defaults, decider, explain)
    refuse_bad_defaults(defaults)

    answers = []
    for each in asked:
        # A key of its own takes the default's place as a whole (7.1.1).
        answers.append(one_of_several(defaults | each, decider, explain))
        if semantic == DENY_ON_FIRST_DENY and not answers[-1]["decision"]:
            break
        if semantic == PERMIT_ON_FIRST_PERMIT and answers[-1]["decision"]:
            break
    return {"evaluations": answers}


def one_of_several(said: dict[str, Any], decider: Decider, explain: bool) -> dict[str, Any]:
    """Return the answer to one of several; what is no question fails closed, and the others are answered (7.2.1)."""
    try:
        return evaluation(said, decider, explain)
    except BadQuestion as error:
        return {"decision": False, "context": {"error": {"status": 400, "message": str(error)}}}


def semantic_of(said: dict[str, Any]) -> str:
    """Return when to stop; raise `BadQuestion` for a word that is none of the three."""
    semantic = an_object(said.get("options", {}), "options").get("evaluations_semantic", EXECUTE_ALL)
    if isinstance(semantic, str) and semantic in SEMANTICS:
        return semantic

    raise BadQuestion(f"options.evaluations_semantic is one of {', '.join(SEMANTICS)}.")


def refuse_bad_defaults(defaults: dict[str, Any]) -> None:
    """Raise `BadQuestion` for a default that could be nobody's."""
    for name, said in defaults.items():
        if name == "action":
            Action.from_json(said)
        elif name == "context":
            an_object(said, name)
        else:
            Entity.from_json(said, name)


def answer(decision: Decision, explain: bool) -> dict[str, Any]:
    """Return a decision as AuthZEN writes it (5.5), with what the PEP needs to carry it out.

    Why, rule by rule, is told only where the PDP was started to explain: it says how the policy is made.
    """
    context: dict[str, Any] = {} if decision.allowed else {"outcome": decision.outcome}
    if decision.demands:
        context["demands"] = [dict(each) for each in decision.demands]
    if decision.says:
        context["reason_user"] = {"403": decision.says}
    if explain:
        context |= {"determining": list(decision.determining), "trace": [each.as_json() for each in decision.trace]}

    return {"decision": decision.allowed} | ({"context": context} if context else {})
