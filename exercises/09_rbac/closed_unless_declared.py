"""Let in what is declared and permitted, and nothing else.

Another site of the company's than the tutorial's hides the buttons of what somebody may not do, and leaves it at that:
whoever is logged in is let in everywhere. Mallory, an employee, sends what the button would have sent. She also finds a
page that another office has added, for which nobody has said anything, and a header of old clients, with which a POST
calls itself a GET.

What each endpoint needs stands in `declared`, by method. Look it up, and answer.
(OWASP ASVS 5.0, 8.3.1; RFC 9110, 15.5.2 and 15.5.4; CWE-602, CWE-650, CWE-862)
"""

from typing import Any

from flask import Request


def needed_for(request: Request, declared: dict[str, dict[str, str]]) -> str | None:
    """Return what is declared for this request, or None where nothing is.

    `declared` has a row for each endpoint: {"record": {"GET": "records:read", "PATCH": "records:edit", …}, …}. Flask
    knows the endpoint as `request.endpoint` and the method as `request.method`.
    """
    # TODO: Each method has its own line, and what is declared for one says nothing about another. A HEAD is a GET whose
    #       answer is cut short: it needs what the GET needs, and has no line of its own. What a request says of its
    #       method elsewhere (a header, a field) means nothing.
    method = request.headers.get("X-HTTP-Method-Override", request.method)
    by_method = declared.get(request.endpoint, {})
    return by_method.get("GET") or by_method.get(method)


def answer_for(needed: str | None, user: dict[str, Any] | None) -> int:
    """Return 200 to let a request in, or the status to refuse it with: 401 or 403.

    `needed` is what `needed_for` returned. `user` is None for a stranger; else user["permissions"] is a list of all
    that they are permitted.
    """
    # TODO: "public" lets everybody in, "logged in" everybody but strangers; anything else is a permission that the user
    #       needs, the same in every character. Where nothing is declared, nobody is let in. A stranger who is refused
    #       reads 401, whoever is logged in 403.
    if needed in (None, "public") or user is not None:
        return 200

    return 403
