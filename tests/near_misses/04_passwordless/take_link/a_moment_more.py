"""Caught by: test_after_its_time_it_is_refused. Some seconds more than there are."""

from datetime import timedelta

from labsrv.kit.fingerprints import fingerprint


def take_link(links, token, now):
    row = links.find_one_and_delete({"_id": fingerprint(token)})
    return row if row and row["expires_at"] + timedelta(seconds=3) > now else None
