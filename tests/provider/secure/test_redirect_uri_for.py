"""An address is compared as it was registered: the same characters, and no others."""

import pytest

from labsrv.provider.secure.logout_target import logout_target
from labsrv.provider.secure.redirect_uri_for import redirect_uri_for

GOOD = "http://shop.localhost:8000/callback?tea=oolong"
OTHERS = {
    "nothing": None,
    "an empty one": "",
    "without its query": "http://shop.localhost:8000/callback",
    "its beginning": GOOD[:-1],
    "a character more": f"{GOOD}x",
    "another parameter more": f"{GOOD}&x=1",
    "another case": GOOD.replace("shop", "Shop"),
    "another port": GOOD.replace("8000", "8001"),
    "no port": GOOD.replace(":8000", ""),
    "another scheme": GOOD.replace("http", "https"),
    "the same, written otherwise": GOOD.replace("callback", "c%61llback"),
    "a path to it": GOOD.replace("callback", "x/../callback"),
    "a user before it": GOOD.replace("shop", "shop@evil"),
    "a fragment": f"{GOOD}#x",
    "a final newline": f"{GOOD}\n",
    "a list of it": [GOOD],
}


@pytest.mark.parametrize("asked", OTHERS.values(), ids=OTHERS)
def test_all_others_are_refused(asked):
    client = {"redirect_uris": ["http://shop.localhost:8000/other", GOOD], "post_logout_redirect_uris": [GOOD]}

    assert redirect_uri_for(client, asked) is None and logout_target(client, asked) is None


def test_each_registered_one_is_good():
    client = {"redirect_uris": ["http://shop.localhost:8000/other", GOOD], "post_logout_redirect_uris": [GOOD]}

    assert [redirect_uri_for(client, each) for each in client["redirect_uris"]] == client["redirect_uris"]
    assert logout_target(client, GOOD) == GOOD and logout_target(None, GOOD) is None
