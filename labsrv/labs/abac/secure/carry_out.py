"""Carry out what the PDP answers: let in, with demands, or refuse."""

from typing import Any


def carry_out(answer: Any, able: list[str]) -> list[dict[str, Any]] | None:
    """Return the demands to fulfil, or None to refuse: no permit, no answer, or a demand that one can't fulfil.

    A deny-biased PEP (XACML 3.0, 7.2.2 and 7.18; CWE-636).
    """
    if not isinstance(answer, dict) or answer.get("outcome") != "permit":
        return None

    demands = answer.get("demands", [])
    if isinstance(demands, list) and all(isinstance(each, dict) and each.get("name") in able for each in demands):
        return demands

    return None
