"""One attribute after the other, each from its record; what is None is put there as None, which is left out."""


def attributes_of(said, stored):
    del said
    user = stored["user"]
    document = stored["document"] if stored["document"] is not None else {}
    device = stored["device"]
    own = device is not None and device["user"] == user["name"]
    return {
        "subject": {
            "department": user.get("department"),
            "clearance": user.get("clearance"),
            "limit": user.get("limit"),
        },
        "resource": {
            "owner": document.get("owner"),
            "department": document.get("department"),
            "sensitivity": document.get("sensitivity"),
            "state": document.get("state"),
            "amount": document.get("amount"),
        },
        "context": {
            "address": stored["address"],
            "country": stored["country"],
            "office_hours": stored["office_hours"],
            "confirmed": stored["confirmed"],
            "now": stored["now"].isoformat(),
            "login_country": stored["session"]["country"],
            "device_trusted": device["trusted"] if own else None,
            "reason": stored["emergency"]["reason"] if stored["emergency"] else None,
        },
    }
