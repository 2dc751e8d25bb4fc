"""It counts the uses and looks afterwards: of two at once both may be refused. Old rows are swept."""

from labsrv.kit.fingerprints import fingerprint


def take_link(links, token, now):
    links.delete_many({"expires_at": {"$lte": now}})
    links.update_one({"_id": fingerprint(token)}, {"$inc": {"uses": 1}})
    return links.find_one({"_id": fingerprint(token), "uses": 1})
