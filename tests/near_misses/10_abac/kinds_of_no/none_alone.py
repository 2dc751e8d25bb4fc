"""Caught by: test_no_answer_is_a_no. There may be no answer; there may be no odd one."""

from typing import Any


def carry_out(answer: Any, able: list[str]) -> list[dict[str, Any]] | None:
    if answer is None or answer.get("outcome") != "permit":
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
