"""What the cells of the lesson on roles must say, by cell."""

from tests.notebooks.course import NO_POINTS, SUCCEEDED, UNFIXED

SAYS = {
    "start": (r"mallory: <Page 200 ",),
    "tutorial-attack": (r"'amount': 2900", r"'owner': 'alice'"),
    "tutorial-matrix": (
        r"^\d+ of 102 cells as declared, \d+ differ",
        r"≠ a stranger GET drafts: expected 401, observed 200",
        r"≠ Alice, employee GET records: expected 200:1/1, observed 200:4/4",
    ),
    "roles": (r"director", r"employee"),
    "permitted-attack": (SUCCEEDED + "with the group 'HR ' she may assign roles",),
    "check-permitted": (*UNFIXED, SUCCEEDED + "with the group 'HR '", SUCCEEDED + "with the group 'friends-of-hr'"),
    "closed-attack": (SUCCEEDED + "the button that her page hides made Mallory hr", r"Who +Request"),
    "check-closed-unless-declared": (
        *UNFIXED,
        SUCCEEDED + "the button that her page hides",
        SUCCEEDED + "a stranger reads next year's pay",
        SUCCEEDED + "a POST that calls itself a GET",
    ),
    "now-attack": (SUCCEEDED + "with a role that was revoked an hour ago",),
    "check-roles-now": (*UNFIXED, SUCCEEDED + "with a role that was revoked", SUCCEEDED + "a header that says 'hr'"),
    "inherited-attack": (SUCCEEDED + "with what her role's seniors are granted she raised her own pay",),
    "circle": (r"A cycle: hr → employee → trainee → hr",),
    "check-inherited-roles": (NO_POINTS, r"^Mallory failed: what her role's seniors are granted"),
    "apart-attack": (SUCCEEDED + "a role that brings two others along made Mallory director",),
    "check-kept-apart": (*UNFIXED, SUCCEEDED + "a request to HR", SUCCEEDED + "a role that brings two others along"),
    "hats-attack": (SUCCEEDED + "one session prepares raises and approves them",),
    "check-one-at-a-time": (*UNFIXED, SUCCEEDED + "one session prepares raises"),
    "raise-attack": (SUCCEEDED + "one person prepared a raise and approved it",),
    "check-may-approve": (*UNFIXED, SUCCEEDED + "one person prepared a raise"),
    "own-attack": (rf"(?:{SUCCEEDED}.*\n?){{8}}",),
    "check-own-records": (*UNFIXED, SUCCEEDED + "the list has what is Alice's", SUCCEEDED + "HR of the harbour meets"),
    "fields-attack": (SUCCEEDED + "a manager's answer from the API has what is Alice's",),
    "check-readable": (*UNFIXED, SUCCEEDED + "a manager's answer"),
    "writes-attack": (SUCCEEDED + "a field that the form does not have was written",),
    "check-changes": (*UNFIXED, SUCCEEDED + "a field that the form does not have"),
    "secure-matrix": (r"^102 of 102 cells as declared\.",),
    "check-write-tests": (NO_POINTS, "Your suite is green on an office that refuses everybody"),
    "compare-them": (r"is shown once 09_rbac/own_records has all its points",),
    "casbin": (r"dora records read True", r"dora log read False", r"alice records edit False"),
}
