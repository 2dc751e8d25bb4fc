"""Both are matched as shapes, and an address is found by its place in the list."""


def may_log_out(session, hint):
    match hint:
        case {"sub": sub, "sid": sid}:
            return sub == session["sub"] and sid == session["sid"]
        case _:
            return False


def logout_target(client, asked):
    if client is None or not asked or not asked.startswith("http"):
        return None
    known = list(client["post_logout_redirect_uris"])
    return known[known.index(asked)] if asked in known else None
