"""A page in a frame: what stands around it decides which cookies its requests have (RFC 6265bis, 5.2.1).

shop.localhost                       its own requests are same-site
  └ mallory.localhost                a stranger's page: cross-site to the shop
      └ shop.localhost               the shop's own page, and yet cross-site: nobody sees who framed it
"""

from collections.abc import Iterator
from dataclasses import dataclass

from labsrv.kit.addresses.urls import OPAQUE
from labsrv.kit.cookies.jar import same_site
from labsrv.kit.fetch.errand import TYPED, Source


@dataclass(frozen=True)
class FramedSource(Source):
    """A page in a frame, as the place that a request comes from; `within` is the page around it."""

    within: Source = TYPED


def site_for_cookies(source: Source) -> str | None:
    """5.2.1: return the address in the window, "null" where a page of another site stands between; None if typed."""
    way = list(outward(source))
    top = way[-1].url

    if all(top and each.url and same_site(each.url, top) for each in way[:-1]):
        return top

    return OPAQUE


def outward(source: Source) -> Iterator[Source]:
    """Yield the page that a request comes from, then the one around it, and so on up to the window's."""
    yield source
    while isinstance(source, FramedSource):
        source = source.within
        yield source
