"""Refresh tokens: a login is a family of them, and a family's end is the end of each."""

from datetime import timedelta
from hashlib import sha256

import pytest

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.grants import Grants


@pytest.fixture
def grants(db, now):
    return Grants(db, now)


def test_a_login_starts_a_family_with_one_token(grants, now):
    grant = grants.begin("緑茶")

    assert grants.family(grant.family) == {"_id": grant.family, "user": grant.user, "began_at": now.kept}
    assert grants.family(grant.family)["began_at"].utcoffset() == timedelta(0)
    assert grants.rows.find() == [{"_id": grants.key(grant.token), "family": grant.family, "used": False}]
    assert grant.user == "緑茶"


def test_a_family_grows_by_one_token_each_time(grants):
    first = grants.begin("alice")
    second = grants.issue(first.family, "alice")

    assert (second.family, second.user) == (first.family, first.user) and second.token != first.token
    assert {row["_id"] for row in grants.rows.find({"family": first.family})} == {
        grants.key(first.token),
        grants.key(second.token),
    }
    assert len(grants.families.find()) == 1


def test_no_two_logins_share_a_family_or_a_token(grants):
    made = [grants.begin("alice") for _ in range(20)]

    assert len({each.family for each in made}) == len({each.token for each in made}) == 20
    assert min(len(each.token) for each in made) >= 43


def test_the_store_keeps_no_token_and_no_grant_prints_one(grants):
    grant = grants.begin("alice")

    assert grant.token not in str(grants.rows.find()) + str(grants.families.find()) + repr(grant)


TOKENS = {"as they are drawn": "k" * 43, "nothing": "", "another alphabet": "緑茶", "very long": "x" * 100_000}


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS)
def test_a_key_is_the_tokens_sha_256(in_memory, now, token):
    assert Grants(in_memory, now).key(token) == sha256(token.encode()).hexdigest() == fingerprint(token)


def test_half_a_character_is_a_token_that_nobody_has(grants):
    grants.begin("alice")

    assert grants.rows.find_one({"_id": grants.key("\ud83c")}) is None


@pytest.mark.parametrize("name", ["", "unknown", "緑茶"])
def test_a_family_that_is_none_has_no_row(grants, name):
    grants.begin("alice")

    assert grants.family(name) is None


def test_a_family_ends_for_good_and_no_other_with_it(grants):
    hers, other, bobs = grants.begin("alice"), grants.begin("alice"), grants.begin("bob")
    grants.end(hers.family)
    grants.end(hers.family)
    grants.end("unknown")
    late = grants.issue(hers.family, "alice")

    assert grants.family(late.family) is grants.family(hers.family) is None
    assert [grants.family(each.family)["user"] for each in (other, bobs)] == ["alice", "bob"]


def test_a_familys_row_is_a_copy(grants):
    grant = grants.begin("alice")
    grants.family(grant.family)["user"] = "mallory"

    assert grants.family(grant.family)["user"] == "alice"
