"""What the cells of the lesson on attributes must say, by cell."""

from tests.notebooks.course import SUCCEEDED, UNFIXED

SAYS = {
    "start": (r"^<Lab abac: http://shop\S+",),
    "at-home": (
        r"^at his desk: 200$",
        r"^at home: +403$",
        r"Forbidden\. Because of “away”\.",
        r"context\.address",
    ),
    "sliders": (r"clearance +3", r"Forbidden\. Because of “away”"),
    "compare-attack": (SUCCEEDED + "the contract over 10,000 has her signature",),
    "check-same-kind": (
        *UNFIXED,
        SUCCEEDED + "the contract over 10,000",
        SUCCEEDED + "belonging to no department",
    ),
    "outcome-of-attack": (SUCCEEDED + "a device without any record opens next-prices",),
    "check-four-outcomes": (*UNFIXED, SUCCEEDED + "a device without any record"),
    "combine-attack": (SUCCEEDED + "the archived prices are others now",),
    "check-deny-wins": (*UNFIXED, SUCCEEDED + "the archived prices", SUCCEEDED + "a device without any record"),
    "client-address-attack": (SUCCEEDED + "X-Forwarded-For from home opens hotel-contract",),
    "check-nearest-hop": (*UNFIXED, SUCCEEDED + "X-Forwarded-For from home", SUCCEEDED + "a line begun before"),
    "attributes-of-attack": (SUCCEEDED + "X-Device-Risk: low opens next-prices",),
    "check-who-says-so": (
        *UNFIXED,
        SUCCEEDED + "X-Device-Risk: low",
        SUCCEEDED + "a device of Bob's opens next-prices",
    ),
    "during-hours-attack": (SUCCEEDED + "the server's morning opens tokyo-contract",),
    "check-office-hours": (*UNFIXED, SUCCEEDED + "the server's morning"),
    "carry-out-attack": (SUCCEEDED + "the price list is gone",),
    "answer-for-attack": (SUCCEEDED + "403 tells what is there from 404",),
    "check-kinds-of-no": (
        *UNFIXED,
        SUCCEEDED + "the price list is gone",
        SUCCEEDED + "her copy does not say that it is hers",
        SUCCEEDED + "403 tells what is there",
    ),
    "what-to-ask-attack": (SUCCEEDED + "a sensitivity that she has set opens next-prices",),
    "store-change-attack": (SUCCEEDED + "her words are in a document",),
    "check-as-it-would-be": (
        *UNFIXED,
        SUCCEEDED + "a sensitivity that she has set",
        SUCCEEDED + "Bob's contract is hers",
        SUCCEEDED + "her words are in a document",
    ),
    "still-good-attack": (SUCCEEDED + "a decision from before the revocation opens next-prices",),
    "check-kept-decision": (
        *UNFIXED,
        SUCCEEDED + "a decision from before the revocation",
        SUCCEEDED + "a decision from before six",
    ),
    "is-confirmed-attack": (SUCCEEDED + "Mallory's proof signs in Bob's name",),
    "check-second-proof": (
        *UNFIXED,
        SUCCEEDED + "Mallory's proof signs in Bob's name",
        SUCCEEDED + "a proof an hour old signs in Bob's name",
    ),
    "action-for-attack": (SUCCEEDED,),
    "check-an-action-for-each": (*UNFIXED,),
    "compare-them": (r"is shown once 10_abac/deny_wins has all its points",),
    "authzen": (r"^False {'403': 'This is above your clearance\.'} \['above clearance'\]",),
    "cedar": (r"said='Deny', determining=\('above clearance',\)",),
    "relations-graph": (r"document:hotel#owner",),
    "relations-check": (r"user:bob True", r"user:carol True", r"user:mallory False"),
}
