"""Caught by: test_what_one_cannot_fulfil_is_refused. A set has no place for a list, and an error goes up."""

from typing import Any


def carry_out(answer: Any, able: list[str]) -> list[dict[str, Any]] | None:
    if not isinstance(answer, dict) or answer.get("outcome") != "permit":
        return None
    demands = answer.get("demands")
    if not isinstance(demands, list) or not all(isinstance(each, dict) for each in demands):
        return None
    return demands if {each.get("name") for each in demands} <= set(able) else None


def answer_for(user: str | None, knows: bool, proof_helps: bool) -> str:
    if user is None:
        return "log in"
    if proof_helps:
        return "prove more"
    return "forbidden" if knows else "not found"
