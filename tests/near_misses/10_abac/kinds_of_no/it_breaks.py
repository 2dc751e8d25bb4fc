"""Caught by: test_no_answer_is_a_no. Where there is no answer, an error goes up to the page."""

from typing import Any


def carry_out(answer: Any, able: list[str]) -> list[dict[str, Any]] | None:
    if answer["outcome"] != "permit":
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
