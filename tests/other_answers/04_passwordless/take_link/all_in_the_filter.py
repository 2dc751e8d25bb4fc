"""The time stands in the filter; a link whose time is over stays in the table."""

from labsrv.kit.fingerprints import fingerprint


def take_link(links, token, now):
    return links.find_one_and_delete({"_id": fingerprint(token), "expires_at": {"$gt": now}})
