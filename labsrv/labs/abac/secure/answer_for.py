"""Say no in the words that fit: four kinds of no are told apart."""


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
