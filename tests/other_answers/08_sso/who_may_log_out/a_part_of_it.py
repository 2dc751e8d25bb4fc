"""The claims of the login are looked for as a part of the hint, which is to be for an application that took part."""


def may_log_out(session, hint):
    if not hint:
        return False
    this = {"sub": session["sub"], "sid": session["sid"]}
    said = {name: hint[name] for name in this if name in hint}
    return said.items() >= this.items() and hint["aud"] in session["clients"]


def logout_target(client, asked):
    return next((each for each in (client or {}).get("post_logout_redirect_uris", []) if each == asked), None)
