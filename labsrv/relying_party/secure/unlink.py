"""Take a way to log in out of an account."""

from labsrv.kit.store import Collection


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    """Return whether an identity was taken out of this account, which keeps another way in (ASVS 6.8.1)."""
    taken = identities.find_one_and_delete({"iss": identity["iss"], "sub": identity["sub"], "account": account})
    if taken is None:
        return False
    if identities.find_one({"account": account}):
        return True

    # Counted afterwards: of two that are taken out at the same moment, the last one is put back in any case.
    identities.insert_one(taken)
    return False
