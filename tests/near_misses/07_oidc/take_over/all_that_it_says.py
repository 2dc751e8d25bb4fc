"""Caught by: test_mallory_does_not_work_there. Name and address are looked at; the rest may come in useful one day."""


def trusts(metadata, issuer):
    return metadata.get("issuer") == issuer


def profile_of(claims, userinfo):
    if userinfo.get("sub") != claims["sub"]:
        return None

    name, email = userinfo.get("name"), userinfo.get("email")
    known = {
        "name": name[:100] if isinstance(name, str) else "",
        "email": email[:320] if isinstance(email, str) and userinfo.get("email_verified") is True else "",
    }
    return userinfo | known
