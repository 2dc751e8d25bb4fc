"""Caught by: test_whoever_can_prove_more_is_asked_to. Whoever may not read it without a proof is not asked for one."""

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
    if not knows:
        return "not found"
    return "prove more" if proof_helps else "forbidden"
