"""The sites around the shop: the house's provider, Fakebook, and Mallory's.

idp       Tea Identity, the house's provider: it has written to each address that it names
social    Fakebook, an older provider: an address there is what somebody typed, and it does not know PKCE
mallory   a tea club with a provider of its own, which the shop lets people come from

They are imported when a lab is furnished and not before: a submission's process needs nothing of them.
"""

from typing import Any

from flask import Flask

from labsrv.kit.services import Services
from labsrv.labs.oidc.mallorys import mallorys_site
from labsrv.provider.faults.active import with_faults
from labsrv.provider.provider import Provider
from labsrv.provider.rows.signing import key_pair
from labsrv.provider.settings import ProviderSettings
from labsrv.provider.site import create_provider, provider_of

HOUSE = ProviderSettings(name="idp", title="Tea Identity")
SOCIAL = ProviderSettings(name="social", title="Fakebook", algorithms=("ES256",))


def neighbour_sites(lab: Services) -> dict[str, Flask]:
    """Return the shop's neighbours. Keys are made now, and not by the first who logs in."""
    for settings in (HOUSE, SOCIAL):
        for alg in settings.algorithms:
            key_pair(f"{settings.name}_keys {settings.name}-{'rsa' if alg == 'RS256' else 'ec'}-1", alg)

    return {
        "idp": create_provider(lab, HOUSE, spoil=on_the_line),
        "social": create_provider(lab, SOCIAL, spoil=with_faults, fits_challenge=knows_no_pkce),
        "mallory": mallorys_site(lab),
    }


def house(lab: Any) -> Provider:
    """Return the house's provider, with its tables."""
    return provider_of(lab, HOUSE, spoil=on_the_line)


def social(lab: Any) -> Provider:
    """Return Fakebook, with its tables."""
    return provider_of(lab, SOCIAL, spoil=with_faults, fits_challenge=knows_no_pkce)


def knows_no_pkce(challenge: str | None, verifier: str | None) -> bool:
    """Return True: who has never heard of a parameter ignores it (RFC 6749, 3.2)."""
    return True


def on_the_line(point: str, thing: Any, provider: Provider) -> Any:
    """Return what comes out of the line between provider and shop: Mallory may have changed it on its way."""
    thing = with_faults(point, thing, provider)
    row = provider.services.db.mallory_line.find_one({"_id": point})
    return {**thing, **row["changes"]} if row else thing
