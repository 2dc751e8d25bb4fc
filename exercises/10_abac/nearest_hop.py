"""Find out from which address a request comes.

The most sensitive documents of the tea company stay in the house: the policy compares the address. Some requests come
by one of the company's proxies, which write into a header, X-Forwarded-For, from where they were asked. The first try
reads the first address in it. Mallory, at home, sends that header herself, and the address in it is one in the house.

    Mallory ── X-Forwarded-For: 10.1.0.14 ──────────────────▶ the site
    Mallory ── X-Forwarded-For: 10.1.0.14 ──▶ the proxy ── X-Forwarded-For: 10.1.0.14, 192.0.2.66 ──▶ the site

Each proxy leaves what it was sent, and adds behind it the address from which it was asked. Of the line that arrives,
you know the part that your own proxies have written.  (RFC 7239, 5.2 and 8.1; OWASP ASVS 5.0, 4.1.3; CWE-348)
"""


def client_address(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    """Return the address of whoever asks: the nearest one that is none of our proxies.

    `peer` is the other end of the socket: nobody can make that up. `forwarded` is the value of X-Forwarded-For, with
    the addresses between commas, or None where there is no such header. `proxies` are the addresses of our proxies.

    client_address("10.9.0.1", "10.1.0.14, 192.0.2.66", ["10.9.0.1"])  →  "192.0.2.66"
    """
    # TODO: Begin at the near end, at `peer`. Whoever is none of our proxies is who asks, and whatever stands in the
    #       header is hearsay then. One of our proxies tells, in the last place of the line, by whom it was asked: that
    #       may be another of our proxies, which tells it in the place before. Where the line ends, or where what stands
    #       there is no address (an address with a port is none): return the address of the last proxy you reached.
    #       One address can be written in several ways: `ipaddress.ip_address(text)` (import ipaddress) reads them all,
    #       so that they compare equal, and raises ValueError for what is none. There may be blanks around the commas.
    #       Return a text. Any way of writing the address is accepted.
    if forwarded:
        return forwarded.split(",")[0].strip()

    return peer
