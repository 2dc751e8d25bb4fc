"""RFC 6265bis, 5.1.3 and 5.1.4: domains and paths, row by row."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from labsrv.kit.cookies.matching import default_path, domain_matches, path_matches


class Row(NamedTuple):
    section: str
    name: str
    ask: Callable[..., Any]
    given: tuple[str, ...]
    expected: Any


ROWS = [
    Row("5.1.3", "identical", domain_matches, ("shop.example", "shop.example"), True),
    Row("5.1.3", "a name below it", domain_matches, ("a.b.shop.example", "shop.example"), True),
    Row("5.1.3", "a name above it", domain_matches, ("example", "shop.example"), False),
    Row(
        "5.1.3",
        "a longer name with the same end, no dot between",
        domain_matches,
        ("myshop.example", "shop.example"),
        False,
    ),
    Row("5.1.3", "a sibling", domain_matches, ("idp.example", "shop.example"), False),
    Row("5.1.3", "an IP address is identical to itself", domain_matches, ("192.0.2.10", "192.0.2.10"), True),
    Row("5.1.3", "an IP address lies below nothing", domain_matches, ("192.0.2.10", "2.10"), False),
    Row("5.1.3", "nothing covers everything: an empty domain", domain_matches, ("shop.example", ""), False),
    Row("5.1.3", "a trailing dot on the host", domain_matches, ("shop.example.", "shop.example"), False),
    Row("5.1.3", "a trailing dot on the domain", domain_matches, ("shop.example", "shop.example."), False),
    Row("5.1.4", "default path: none at all", default_path, ("",), "/"),
    Row("5.1.4", "default path: no slash in front", default_path, ("basket",), "/"),
    Row("5.1.4", "default path: one slash", default_path, ("/",), "/"),
    Row("5.1.4", "default path: a page at the top", default_path, ("/login",), "/"),
    Row("5.1.4", "default path: a page in a folder", default_path, ("/account/orders",), "/account"),
    Row("5.1.4", "default path: a folder", default_path, ("/account/",), "/account"),
    Row("5.1.4", "default path: two slashes", default_path, ("//",), "/"),
    Row("5.1.4", "path-match: identical", path_matches, ("/account", "/account"), True),
    Row("5.1.4", "path-match: everything is below /", path_matches, ("/account", "/"), True),
    Row(
        "5.1.4",
        "path-match: below, the cookie's path ends with a slash",
        path_matches,
        ("/account/a", "/account/"),
        True,
    ),
    Row("5.1.4", "path-match: below, the next character is a slash", path_matches, ("/account/a", "/account"), True),
    Row("5.1.4", "path-match: the folder itself, with its slash", path_matches, ("/account/", "/account"), True),
    Row("5.1.4", "path-match: the folder without the cookie's slash", path_matches, ("/account", "/account/"), False),
    Row("5.1.4", "path-match: the same beginning, no slash", path_matches, ("/accounts", "/account"), False),
    Row("5.1.4", "path-match: above", path_matches, ("/", "/account"), False),
    Row("5.1.4", "path-match: case counts", path_matches, ("/Account", "/account"), False),
    Row("5.1.4", "path-match: nothing is decoded", path_matches, ("/a%2Fb", "/a"), False),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.section} {row.name}")
def test_a_comparison(row: Row):
    """Each question has the draft's answer."""
    assert row.ask(*row.given) == row.expected
