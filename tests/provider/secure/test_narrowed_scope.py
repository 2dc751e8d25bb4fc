"""A scope is a set of words: less of them may be asked for."""

import pytest

from labsrv.provider.secure.narrowed_scope import narrowed_scope

ROWS = {
    "nothing": (None, "openid read:pay"),
    "an empty text": ("", "openid read:pay"),
    "all": ("openid read:pay", "openid read:pay"),
    "in another order": ("read:pay openid", "read:pay openid"),
    "one": ("openid", "openid"),
    "one more": ("openid read:pay email", None),
    "another alone": ("email", None),
    "a part of one": ("read", None),
    "one that begins like one": ("read:payroll", None),
    "another case": ("OpenID", None),
    "a tab between": ("openid\tread:pay", None),
}


@pytest.mark.parametrize(("asked", "got"), ROWS.values(), ids=ROWS)
def test_what_is_got(asked, got):
    assert narrowed_scope("openid read:pay", asked) == got
