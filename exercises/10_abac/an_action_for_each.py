"""Name an action for each request, and refuse what nobody has named.

The best policy decides nothing that it is not asked. Before each request the PEP asks `action_for` which action it is,
and then the PDP whether that is permitted. The first try was whole when there were few endpoints. Since then the
printer got a route of its own, lists are exported, the policy is edited; nobody has named these, and what is not named
is public. Mallory prints the contract that she may not open.

A guard that is written on the doors is forgotten on the next one. Let the refusal be what happens by itself.
(OWASP ASVS 5.0, 8.2.1 and 8.3.1; CWE-424, CWE-862)
"""

ACTIONS = {
    "GET": {
        "home": "public",
        "login": "public",
        "pages": "read",
        "page": "read",
        "documents": "read",
        "document": "read",
    },
    "POST": {"documents": "create", "hand_over": "hand_over", "sign": "sign"},
    "PATCH": {"document": "edit"},
    "DELETE": {"document": "delete"},
}


def action_for(endpoint: str, method: str) -> str | None:
    """Return the action of a request; "public" where nobody is asked, "logged in" where that is enough; None: refuse.

    endpoints                                                      method    action
    "home", "login"                                                GET       "public"
    "check_login", "logout"                                        POST      "public"
    "pages", "page", "printed", "documents", "count", "export",
    "document", "policy_page", "policy", "log"                     GET       "read"
    "documents"                                                    POST      "create"
    "document"                                                     PATCH     "edit"
    "document"                                                     DELETE    "delete"
    "hand_over"                                                    POST      "hand_over"
    "sign"                                                         POST      "sign"
    "policy"                                                       PUT       "edit"
    "me"                                                           GET       "logged in"
    "break_glass", "confirm"                                       POST      "logged in"
    """
    # TODO: Return what the table says. HEAD is the same as GET, for it is answered by the same code. For whatever else
    #       there is, another endpoint or another method, return None: also for what somebody adds tomorrow.
    return ACTIONS.get(method, {}).get(endpoint, "public")
