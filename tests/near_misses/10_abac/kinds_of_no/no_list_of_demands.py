"""Caught by: test_what_one_cannot_fulfil_is_refused. Demands that are no list are taken for none."""

from typing import Any


def carry_out(answer: Any, able: list[str]) -> list[dict[str, Any]] | None:
    if not isinstance(answer, dict) or answer.get("outcome") != "permit":
        return None
    demands = answer.get("demands")
    if not isinstance(demands, list):
        return []
    return demands if all(isinstance(each, dict) and each.get("name") in able for each in demands) else None


def answer_for(user: str | None, knows: bool, proof_helps: bool) -> str:
    if user is None:
        return "log in"
    if proof_helps:
        return "prove more"
    return "forbidden" if knows else "not found"
