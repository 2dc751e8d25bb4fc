"""Caught by: test_nothing_but_a_permit_lets_in. A site that can ask for a second proof lets in without it."""

from typing import Any


def carry_out(answer: Any, able: list[str]) -> list[dict[str, Any]] | None:
    if not isinstance(answer, dict):
        return None
    names = [each.get("name") for each in answer.get("demands") or [] if isinstance(each, dict)]
    if answer.get("outcome") != "permit" and not ("step_up" in names and "step_up" in able):
        return None
    demands = answer.get("demands")
    if isinstance(demands, list) and all(isinstance(each, dict) and each.get("name") in able for each in demands):
        return demands
    return None


def answer_for(user: str | None, knows: bool, proof_helps: bool) -> str:
    if user is None:
        return "log in"
    if proof_helps:
        return "prove more"
    return "forbidden" if knows else "not found"
