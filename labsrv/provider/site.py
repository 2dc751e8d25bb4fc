"""The provider as a site.

GET  /.well-known/openid-configuration   discovery      what it can do                       back/metadata
GET  /.well-known/jwks.json              jwks           its public keys
GET  /authorize                          authorize      an application sends somebody        front/authorize
GET  /login, /signup, /second, /account, /consent       pages on the way to the answer       front/login, front/consent
POST /token                              token          code or refresh token → tokens       back/token
GET  /userinfo                           userinfo       who it was                           back/userinfo
POST /revoke, /introspect                               RFC 7009, RFC 7662                   back/revocation, …
GET  /oidc/logout, /v2/logout            end_session    log-out, ours and Auth0's            front/logout
GET  /upstream/<name>                                   login at another provider            front/upstream
GET  /                                   home           what one has agreed to               front/home
GET  /faults                             faults         how to answer wrongly                front/fault_page

application          browser              provider
     │ ◀── "Log in" ────│                     │
     │ ── 302 ─────────▶│── GET /authorize ──▶│  login page, consent page: as often as needed
     │ ◀── code ────────│◀─ 303 to redirect_uri
     │ ── POST /token: code, verifier ───────▶│
     │ ◀── access token, ID token ────────────│
"""

from collections.abc import Callable
from typing import Any

from flask import Flask

from labsrv.kit.services import Services
from labsrv.provider.back.introspection import answer_introspection
from labsrv.provider.back.metadata import publish_metadata
from labsrv.provider.back.revocation import answer_revocation
from labsrv.provider.back.token import hand_out_tokens
from labsrv.provider.back.userinfo import answer_userinfo
from labsrv.provider.decisions import complete
from labsrv.provider.front.authorize import take_requests
from labsrv.provider.front.consent import ask_for_consent
from labsrv.provider.front.fault_page import show_faults
from labsrv.provider.front.home import show_home
from labsrv.provider.front.login import let_people_log_in
from labsrv.provider.front.logout import let_people_log_out
from labsrv.provider.front.second import ask_for_second_factor
from labsrv.provider.front.signup import let_people_sign_up
from labsrv.provider.front.upstream import let_people_come_from_elsewhere
from labsrv.provider.front.visitors import dress
from labsrv.provider.provider import Provider, Spoil, leave_as_it_is
from labsrv.provider.settings import ProviderSettings

__all__ = ["create_provider", "provider_of"]


def create_provider(
    services: Services,
    settings: ProviderSettings | None = None,
    *,
    spoil: Spoil = leave_as_it_is,
    **decisions: Callable[..., Any],
) -> Flask:
    """Return a provider as a site, with these decisions made, and secure ones for the rest (`decisions.DECISIONS`).

    It asks nothing of its services before its first visitor, and keeps nothing but in their store.
    """
    provider = provider_of(services, settings, spoil=spoil, **decisions)
    app = Flask("labsrv.provider.site", static_folder=None)

    dress(app, provider)
    publish_metadata(app, provider)
    take_requests(app, provider)
    let_people_log_in(app, provider)
    let_people_sign_up(app, provider)
    ask_for_second_factor(app, provider)
    ask_for_consent(app, provider)
    let_people_come_from_elsewhere(app, provider)
    hand_out_tokens(app, provider)
    answer_userinfo(app, provider)
    answer_revocation(app, provider)
    answer_introspection(app, provider)
    let_people_log_out(app, provider)
    show_home(app, provider)
    if provider.settings.fault_page:
        show_faults(app, provider)
    return app


def provider_of(
    services: Services,
    settings: ProviderSettings | None = None,
    *,
    spoil: Spoil = leave_as_it_is,
    **decisions: Callable[..., Any],
) -> Provider:
    """Return the provider behind a site: for whoever moves people in, and for tests."""
    return Provider(services, settings or ProviderSettings(), complete(decisions), spoil)
