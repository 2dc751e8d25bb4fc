"""Caught by: test_what_is_not_for_you_is_not_there. What one reads every day is not there when one wants to edit it."""

from typing import Any


def carry_out(answer: Any, able: list[str]) -> list[dict[str, Any]] | None:
    if not isinstance(answer, dict) or answer.get("outcome") != "permit":
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
    return "not found"
