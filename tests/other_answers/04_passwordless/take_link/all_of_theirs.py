"""Whoever has used a link needs no other one: those of the same user go as well."""

from labsrv.kit.fingerprints import fingerprint


def take_link(links, token, now):
    match links.find_one_and_delete({"_id": fingerprint(token)}):
        case {"expires_at": until, "user": user} as row if until > now:
            links.delete_many({"user": user})
            return row
    return None
