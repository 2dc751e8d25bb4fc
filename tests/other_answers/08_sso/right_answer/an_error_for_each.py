"""An exception for each refusal, the library's names of statuses, and words for people."""

from http import HTTPStatus
from typing import Any


class Refused(Exception):
    """Why not, and what to send instead."""

    status = HTTPStatus.UNAUTHORIZED
    error = ""

    def parameters(self) -> dict[str, str]:
        said = {"realm": "Tea APIs"}
        if self.error:
            said |= {"error": self.error, "error_description": str(self)}
        return said


class Nothing(Refused):
    """No token was sent."""


class Bad(Refused):
    """The token is no good: it has ended, or it was not made for this API."""

    error = "invalid_token"


class TooLittle(Refused):
    """The token is good, and does not go so far."""

    status = HTTPStatus.FORBIDDEN
    error = "insufficient_scope"

    def __init__(self, scope: str):
        super().__init__("The token does not have the scope that is needed.")
        self.scope = scope

    def parameters(self) -> dict[str, str]:
        return super().parameters() | {"scope": self.scope}


def look(sent: bool, claims: dict[str, Any] | None, scope: str) -> None:
    if not sent:
        raise Nothing
    if claims is None:
        raise Bad("The token has ended, or it is for another API.")
    if scope not in words_of(claims):
        raise TooLittle(scope)


def words_of(claims: dict[str, Any]) -> list[str]:
    try:
        return str.split(claims["scope"])
    except (KeyError, TypeError):
        return []


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    try:
        look(sent, claims, scope)
    except Refused as refused:
        return refused.status, refused.parameters()
    return None
