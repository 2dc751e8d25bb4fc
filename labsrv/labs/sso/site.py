"""Who decides something in this lesson: three parties, each a site of its own. The others are around them.

shop     the tea shop, an application         application.py     read_logout_token, end_sessions, leave
api      pay and orders                       api.py             read_access_token, challenge_for, login_wanted
idp      Tea Identity, the provider           labsrv/provider    redirect_uri_for, accepts_challenge, redeem_code, …
hr       Tea HR, an application as well       social   Fakebook, where Tea Identity lets people come from
mallory  a tea club, known to the provider like any other application

browser         shop / hr                      idp                            social            api
  │ ─ /login ─────▶ │                           │                               │                │
  │ ── /authorize ───────────────────────────▶ │ ─ has a session: no question  │                │
  │ ◀─ code ──────────────────────────────────  │ ─ or asks, or asks there ───▶ │                │
  │ ─ /callback ──▶ │ ─ /token ──────────────▶ │                               │                │
  │ ─ /pay ───────▶ │ ─ access token ───────────────────────────────────────────────────────────▶ │
  │ ─ /leave ─────▶ │                           │                               │                │
  │ ── /oidc/logout ─────────────────────────▶ │ ─ logout token ─▶ shop, hr: /backchannel        │
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask

from labsrv.kit.services import Services
from labsrv.kit.store import Collection
from labsrv.labs.sso.api import create_api
from labsrv.labs.sso.application import create_application
from labsrv.labs.sso.office import SHOP
from labsrv.labs.sso.people import neighbour_sites, settle
from labsrv.provider.decisions import EndGrant
from labsrv.provider.settings import ProviderSettings
from labsrv.provider.site import create_provider

__all__ = ["PARTIES", "neighbours", "settle"]

Row = dict[str, Any]
neighbours = neighbour_sites
PROVIDER = ProviderSettings(name="idp", title="Tea Identity")


def create_shop(
    lab: Services,
    *,
    leave: Callable[[Collection, Row, dict[str, str | None]], str],
    read_logout_token: Callable[[str, list[Row], str, str], Row],
    end_sessions: Callable[[Collection, Collection, Row, datetime], bool],
) -> Flask:
    """Return the tea shop with these decisions made."""
    return create_application(lab, SHOP, leave=leave, read_logout_token=read_logout_token, end_sessions=end_sessions)


def create_identity(
    lab: Services,
    *,
    redirect_uri_for: Callable[[Row, str | None], str | None],
    accepts_challenge: Callable[[Row, Mapping[str, str]], bool],
    redeem_code: Callable[[Collection, Row, Mapping[str, str], datetime, EndGrant], Row | None],
    fits_challenge: Callable[[str | None, str | None], bool],
    rotate_refresh_token: Callable[[Collection, Row, str, datetime, EndGrant], Row | None],
    narrowed_scope: Callable[[str, str | None], str | None],
    logout_target: Callable[[Row | None, str | None], str | None],
    may_log_out: Callable[[Row, Row | None], bool],
) -> Flask:
    """Return the provider with these decisions made."""
    return create_provider(
        lab,
        PROVIDER,
        redirect_uri_for=redirect_uri_for,
        accepts_challenge=accepts_challenge,
        redeem_code=redeem_code,
        fits_challenge=fits_challenge,
        rotate_refresh_token=rotate_refresh_token,
        narrowed_scope=narrowed_scope,
        logout_target=logout_target,
        may_log_out=may_log_out,
    )


PARTIES = {"shop": create_shop, "api": create_api, "idp": create_identity}
