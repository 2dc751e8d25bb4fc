"""Carry out what the PDP answers: let in, with demands, or refuse; and four kinds of no are told apart."""

from typing import Any


def carry_out(answer: Any, able: list[str]) -> list[dict[str, Any]] | None:
    """Return the demands to fulfil, or None to refuse: no permit, no answer, or a demand that one can't fulfil.

    A deny-biased PEP (XACML 3.0, 7.2.2 and 7.18; CWE-636).
    """
    if not isinstance(answer, dict) or answer.get("outcome") != "permit":
        return None

    demands = answer.get("demands")
    if isinstance(demands, list) and all(isinstance(each, dict) and each.get("name") in able for each in demands):
        return demands

    return None


def answer_for(user: str | None, knows: bool, proof_helps: bool) -> str:
    """Return "log in", "prove more", "forbidden" or "not found" to somebody who was refused.

    `knows`: they may read it, so that it is no secret that it is there. `proof_helps`: with a second proof they would
    be let in (RFC 9470, 3). (RFC 9110, 15.5.2 to 15.5.5; ASVS 5.0, 8.2.2.)
    """
    if user is None:
        return "log in"
    if proof_helps:
        return "prove more"

    return "forbidden" if knows else "not found"
