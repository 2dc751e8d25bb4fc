"""Where addresses are: in the house, at one of the company's proxies, in which country."""

import ipaddress

HOUSE = "10.1.0.0/16"
# What stands before the site: requests from outside may come through one of these, which add a line to X-Forwarded-For.
PROXIES = ["10.9.0.1", "10.9.0.2"]
# Addresses for documentation (RFC 5737) in the place of those of whole countries.
COUNTRIES = {"10.0.0.0/8": "DE", "192.0.2.0/24": "DE", "198.51.100.0/24": "FR", "203.0.113.0/24": "JP"}
NOWHERE = "unknown"


def country_of(address: str) -> str:
    """Return the country that an address belongs to, "unknown" for one of no country, and for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return NOWHERE

    return next((name for net, name in COUNTRIES.items() if found in ipaddress.ip_network(net)), NOWHERE)
