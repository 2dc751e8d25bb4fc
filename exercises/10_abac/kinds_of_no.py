"""Carry out what the PDP answers, and say no in the words that fit.

The PDP, the policy decision point, decides. The PEP, the policy enforcement point, stands at the door and carries it
out. The first try lets in whoever is not denied, ignores demands, and is open while the PDP is down. Mallory deletes
what no rule is about, and her copies have no name in them.

And there is more than one no. *Log in*, *prove more*, *you may not*, and *there is nothing here for you*: whoever hears
the wrong one gives up where a password typed once more would have helped, or learns what there is.
(XACML 3.0, 7.2.2 and 7.18; RFC 9470, 3; RFC 9110, 15.5.2 to 15.5.5; CWE-636, CWE-203)
"""

from typing import Any


def carry_out(answer: Any, able: list[str]) -> list[dict[str, Any]] | None:
    """Return the demands that are to be fulfilled, [] where there are none, or None to refuse.

    `answer` came over a wire. From a PDP that works it is
        {"outcome": "permit", "demands": [{"name": "watermark"}], "says": ""}
    with one of four outcomes: "permit", "deny", "not applicable", "indeterminate". It is None where there was no
    answer, and it may be anything where the PDP is broken.
    `able` has the names of the demands that the site can fulfil: ["watermark", "notify"].
    """
    # TODO: A "permit" lets in, exactly that word, with all its demands, as they are; nothing else does. Where a demand
    #       is not in `able`, or the demands are no list of dictionaries with a "name", it can't be carried out: refuse.
    #       Refuse whatever you do not understand, too, and let nothing raise an error: `isinstance(value, dict)`, list,
    #       str tell what one has. (A list can be no key of a dictionary or set; to ask for it there raises.)
    if answer is not None and answer["outcome"] == "deny":
        return None
    return []


def answer_for(user: str | None, knows: bool, proof_helps: bool) -> str:
    """Return "log in", "prove more", "forbidden" or "not found", to somebody who was refused.

    `user`: their name; None for somebody who has not logged in.
    `knows`: it is no secret to them that the document is there. The site has found that out: they own it, or they may
        read it (it asked the PDP). So Bob, away from the house, is told of his own contract that it is forbidden.
    `proof_helps`: with a second proof that it is they who ask, they would be let in. The PDP denied and demanded
        `step_up`; the site asked again, with `context.confirmed` as True, and that was a permit.
    The site makes a status and a header of your word: 401 and WWW-Authenticate for "prove more", 403, 404.
    """
    # TODO: Whoever has not logged in may do that first. Whoever would be let in with a second proof is asked for it,
    #       and nobody else is. To others it is forbidden if they know what is there, and not found if they don't.
    return "log in" if user is None else "forbidden"
