"""Take attributes only from whoever may be believed.

A decision is as good as what it is based on. The tea company's first try collects what it knows, and then takes what
the request says: it is more recent, after all. Mallory asks for next year's prices with `?sensitivity=1`, and sends
`X-Device-Risk: low` from a computer that nobody has seen.

Who told you that? A request is written by whoever sends it. What the company knows, stands in its own records.
(NIST SP 800-162, 2.3; OWASP ASVS 5.0, 8.1.3 and 8.3.1; CWE-807, CWE-915)
"""

from typing import Any


def attributes_of(said: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of `subject`, `resource` and `context`, each an object of names and values.

    `said` is what the request says: its `headers`, `query`, `cookies` and `body`, each an object.
    `stored` is what the company knows:

        user           the row in the staff directory: name, department, clearance, limit
        document       the document as it is stored: owner, department, sensitivity, state, amount, and more; or None
        session        user, country (where they logged in)
        device         the record of the device that was used: user (whose it is), trusted; or None
        emergency      the open break-glass record for this user and document: reason; or None
        now            the server's clock           address, country    where the request comes from
        office_hours   whether the office is open   confirmed           whether there is a second proof
    """
    # TODO: Return, from what is stored and from nothing else:
    #         subject    department, clearance, limit                           of the user
    #         resource   owner, department, sensitivity, state, amount          of the document
    #         context    address, country, office_hours, confirmed              as they stand in `stored`
    #                    now              as text (`now.isoformat()`)
    #                    login_country    the country of the session
    #                    device_trusted   of the device, if it is this user's own
    #                    reason           of the emergency
    #       What nobody knows is left out: a field that a row does not have or that is None, a device without a record
    #       or with somebody else's. No default stands in its place: the policy says what is missing then.
    user, document, device = stored["user"], stored["document"] or {}, stored["device"] or {}
    facts = {"now": stored["now"].isoformat(), "login_country": stored["session"]["country"]}
    facts |= {name: stored[name] for name in ("address", "country", "office_hours", "confirmed")}
    facts |= {"device_trusted": device.get("trusted", said["headers"].get("X-Device-Risk") == "low")}
    if stored["emergency"]:
        facts |= stored["emergency"]

    # What the request says is more recent.
    claims = {name: int(value) if value.isdigit() else value for name, value in said["query"].items()} | said["body"]
    resource = {name: document.get(name) for name in ("owner", "department", "sensitivity", "state", "amount")}
    return {
        "subject": {name: user.get(name, 1) for name in ("department", "clearance", "limit")},
        "resource": resource | {name: claims[name] for name in resource if name in claims},
        "context": facts | {name: claims[name] for name in ("reason", "confirmed") if name in claims},
    }
