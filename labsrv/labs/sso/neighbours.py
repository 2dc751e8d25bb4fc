"""The sites around the three that decide something: Tea HR, Fakebook, and Mallory's.

They are imported when a lab is furnished and not before.
"""

from typing import Any

from flask import Flask

from labsrv.kit.services import Services
from labsrv.labs.sso.application import create_application
from labsrv.labs.sso.mallorys import mallorys_site
from labsrv.labs.sso.names import HOUSE, SOCIAL
from labsrv.labs.sso.office import HR
from labsrv.labs.sso.secure.end_sessions import end_sessions
from labsrv.labs.sso.secure.leave import leave
from labsrv.labs.sso.secure.read_logout_token import read_logout_token
from labsrv.provider.provider import Provider
from labsrv.provider.rows.signing import key_pair
from labsrv.provider.settings import ProviderSettings
from labsrv.provider.site import create_provider, provider_of

IDENTITY = ProviderSettings(name=HOUSE, title="Tea Identity")
FAKEBOOK = ProviderSettings(name=SOCIAL, title="Fakebook", algorithms=("ES256",))


def neighbour_sites(lab: Services) -> dict[str, Flask]:
    """Return them. The providers' keys are made now, and not by the first who logs in."""
    for settings in (IDENTITY, FAKEBOOK):
        for alg in settings.algorithms:
            key_pair(f"{settings.name}_keys {settings.name}-{'rsa' if alg == 'RS256' else 'ec'}-1", alg)

    return {
        "hr": create_application(lab, HR, leave=leave, read_logout_token=read_logout_token, end_sessions=end_sessions),
        SOCIAL: create_provider(lab, FAKEBOOK),
        "mallory": mallorys_site(lab),
    }


def house(lab: Any) -> Provider:
    """Return the house's provider, with its tables."""
    return provider_of(lab, IDENTITY)


def social(lab: Any) -> Provider:
    """Return Fakebook, with its tables."""
    return provider_of(lab, FAKEBOOK)
