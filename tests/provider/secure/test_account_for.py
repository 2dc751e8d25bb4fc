"""An account is found by issuer and subject together."""

from contextlib import suppress
from threading import Thread

from labsrv.provider.secure.account_for import account_for

ALICE = {"iss": "http://fakebook.localhost", "sub": "1", "email": "alice@post.localhost", "email_verified": True}


def test_what_makes_a_first_sight(lab):
    names = iter("abcdefgh")
    found = {
        name: account_for(lab.db.identities, ALICE | changes, lambda claims: next(names))
        for name, changes in {
            "first": {},
            "again": {"email": "new@post.localhost"},
            "another subject, same address": {"sub": "2"},
            "same subject elsewhere": {"iss": "http://fakebook2.localhost"},
            "a subject that looks like both": {"iss": "http://fakebook.localhost 1", "sub": ""},
        }.items()
    }

    assert list(found.values()) == ["a", "a", "b", "c", "d"]


def test_two_first_logins_at_once_are_one_account(lab):
    names, got = iter("ab"), []
    with lab.db.gate("identities"), suppress(StopIteration):
        both = [
            Thread(target=lambda: got.append(account_for(lab.db.identities, ALICE, lambda claims: next(names))))
            for _ in range(2)
        ]
        for each in both:
            each.start()
        for each in both:
            each.join()

    assert len(got) == 2 and len(set(got)) == 1
