"""Caught by: test_what_one_cannot_fulfil_is_refused. Names are looked for in a text, and found in longer ones."""

from typing import Any


def carry_out(answer: Any, able: list[str]) -> list[dict[str, Any]] | None:
    if not isinstance(answer, dict) or answer.get("outcome") != "permit":
        return None
    demands = answer.get("demands")
    if not isinstance(demands, list):
        return None
    for each in demands:
        if not isinstance(each, dict) or not isinstance(each.get("name"), str) or each["name"] not in " ".join(able):
            return None
    return demands


def answer_for(user: str | None, knows: bool, proof_helps: bool) -> str:
    if user is None:
        return "log in"
    if proof_helps:
        return "prove more"
    return "forbidden" if knows else "not found"
