"""It looks first, and believes only the removal that removed something."""

from labsrv.kit.fingerprints import fingerprint


def take_link(links, token, now):
    token = (token or "").strip()
    if not token:
        return None

    row = links.find_one({"_id": fingerprint(token)})
    if row is None:
        return None
    mine = links.delete_one({"_id": row["_id"]}).deleted_count == 1
    return row if mine and row["expires_at"] > now else None
