"""The decisions that a provider is built around. Each can be made otherwise; `secure/` has them as the standards do.

browser  GET /authorize      redirect_uri_for ─▶ accepts_challenge ─▶ audience_of ─▶ needs_login ─▶ needs_consent
program  POST /token         authenticate_client ─▶ redeem_code ─▶ fits_challenge ─▶ audience_of ─▶ access_claims
                             authenticate_client ─▶ rotate_refresh_token ─▶ narrowed_scope ─▶ audience_of ─▶ …
browser  GET /oidc/logout    logout_target ─▶ may_log_out ─▶ logout_claims, to each application
program  POST /introspect    authenticate_client ─▶ introspection_of
browser  from another one    account_for
"""

import difflib
import importlib
from collections.abc import Callable, Mapping
from collections.abc import Collection as Known
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection

Row = dict[str, Any]
EndGrant = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class ProviderDecisions:
    """One function for each decision."""

    redirect_uri_for: Callable[[Row, str | None], str | None]
    accepts_challenge: Callable[[Row, Mapping[str, str]], bool]
    audience_of: Callable[[Known[str], list[str]], str | None]
    needs_login: Callable[[Row | None, Mapping[str, str], bool, datetime], bool]
    needs_consent: Callable[[Row, str, str, Mapping[str, str]], bool]
    authenticate_client: Callable[[Collection, str | None, Mapping[str, str]], Row | None]
    redeem_code: Callable[[Collection, Row, Mapping[str, str], datetime, EndGrant], Row | None]
    fits_challenge: Callable[[str | None, str | None], bool]
    rotate_refresh_token: Callable[[Collection, Row, str, datetime, EndGrant], Row | None]
    narrowed_scope: Callable[[str, str | None], str | None]
    access_claims: Callable[[Row, str, str, str, datetime], Row]
    introspection_of: Callable[[Row, list[str], Row | None, Row | None, datetime], Row]
    logout_target: Callable[[Row | None, str | None], str | None]
    may_log_out: Callable[[Row, Row | None], bool]
    logout_claims: Callable[[Row, str, str, datetime], Row]
    account_for: Callable[[Collection, Row, Callable[[Row], str]], str]


DECISIONS = tuple(each.name for each in fields(ProviderDecisions))


def complete(given: Mapping[str, Callable[..., Any]]) -> ProviderDecisions:
    """Return all decisions: the given ones, and secure ones for the rest. Raises `TypeError` for an unknown name.

    Only the secure decisions that are needed are imported: what somebody is to write is not to be found beside it.
    """
    for name in given:
        if name not in DECISIONS:
            close = difflib.get_close_matches(name, DECISIONS, n=1)
            meant = f" Did you mean {close[0]!r}?" if close else ""
            raise TypeError(f"The provider has no decision {name!r}.{meant} It has {', '.join(DECISIONS)}.")

    return ProviderDecisions(**{name: given.get(name) or secure(name) for name in DECISIONS})


def secure(decision: str) -> Callable[..., Any]:
    """Return the secure version of a decision."""
    return getattr(importlib.import_module(f"labsrv.provider.secure.{decision}"), decision)
