"""All conditions are in the filter of one operation: what does not fit stays where it is."""


def take_transaction(transactions, browser, answer, now):
    if not answer.get("state"):
        return None

    return transactions.find_one_and_delete(
        {"_id": answer["state"], "browser": browser, "until": {"$gt": now}, "iss": answer.get("iss")}
    )


def browser_cookie(value):
    return dict(
        zip(("key", "value", "samesite", "secure", "httponly"), ("__Host-b", value, "lax", True, True), strict=True)
    )
