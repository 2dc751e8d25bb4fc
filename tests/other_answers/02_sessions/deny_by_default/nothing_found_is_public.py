"""An address that leads nowhere is nobody's secret: strangers are told that there is no such page."""

from flask import Request

from labsrv.kit.accounts import User


def may_pass(request: Request, user: User | None) -> bool:
    match request.endpoint:
        case "home" | "basket" | "login" | "check_login" | "logout" | "static" | None:
            return True
        case _:
            return isinstance(user, User)
