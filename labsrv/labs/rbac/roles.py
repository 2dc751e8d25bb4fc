"""Roles: who is assigned which, which are active in a session, and groups, which anybody may found."""

from collections.abc import Callable

from flask import Flask, Response, g, jsonify, request

from labsrv.labs.rbac.declared import DYNAMIC, JUNIORS, STATIC
from labsrv.labs.rbac.shop import Shop, fields, refused

LONGEST_NAME = 40


def let_people_change_roles(
    app: Flask, shop: Shop, may_assign: Callable[..., bool], may_activate: Callable[..., bool]
) -> None:
    """Let the office assign roles, and everybody take on and drop their own."""
    assign_roles(app, shop, may_assign)
    activate_roles(app, shop, may_activate)
    found_groups(app, shop)
    show_log(app, shop)


def assign_roles(app: Flask, shop: Shop, may_assign: Callable[..., bool]) -> None:
    """Show who has which roles in one's branch, assign and revoke them."""
    staff = shop.lab.db.staff

    @app.route("/api/roles", methods=["GET", "POST"])
    def roles() -> Response | tuple[Response, int]:
        if request.method == "POST":
            return assign()

        rows = staff.find({"branch": g.user["branch"]}, sort=[("_id", 1)])
        return jsonify(roles=[{"user": row["_id"], "roles": row["roles"]} for row in rows])

    def assign() -> Response | tuple[Response, int]:
        said = fields(user=str, role=str)
        if said is None or said["role"] not in JUNIORS:
            return refused(400)
        row = staff.find_one({"_id": said["user"], "branch": g.user["branch"]})
        if row is None:
            return refused(404)
        if not may_assign(row["roles"], said["role"], shop.below(), STATIC):
            return refused(409)

        # To what was judged, and to nothing else: somebody else may have assigned a role in the meantime.
        wanted = list(dict.fromkeys([*row["roles"], said["role"]]))
        done = staff.update_one({"_id": row["_id"], "roles": row["roles"]}, {"$set": {"roles": wanted}})
        return (jsonify(user=row["_id"], roles=wanted), 201) if done.matched_count else refused(409)

    @app.delete("/api/roles/<user>/<role>")
    def role(user: str, role: str) -> Response | tuple[str, int]:
        done = staff.update_one({"_id": user, "branch": g.user["branch"]}, {"$pull": {"roles": role}})
        return ("", 204) if done.matched_count else refused(404)


def activate_roles(app: Flask, shop: Shop, may_activate: Callable[..., bool]) -> None:
    """Show one's session, activate roles in it and drop them."""

    @app.get("/api/session")
    def session() -> Response:
        assigned = shop.assigned_to(g.user["name"])
        return jsonify(**g.user, active=shop.active_in(g.session), assigned=assigned)

    @app.route("/api/session/roles", methods=["POST", "DELETE"])
    def active_roles() -> Response:
        said = fields(role=str)
        if said is None:
            return refused(400)
        active = shop.active_in(g.session)
        if request.method == "DELETE":
            active = [each for each in active if each != said["role"]]
        elif may_activate(active, said["role"], shop.assigned_to(g.user["name"]), shop.below(), DYNAMIC):
            active = list(dict.fromkeys([*active, said["role"]]))
        else:
            shop.note(403)
            return refused(403)

        shop.activate(g.session, active)
        return jsonify(active=active)


def found_groups(app: Flask, shop: Shop) -> None:
    """Let everybody found a group: a role under a free name, to which nothing is granted."""
    staff = shop.lab.db.staff

    @app.post("/api/groups")
    def groups() -> Response | tuple[Response, int]:
        said = fields(name=str)
        if said is None or not 0 < len(said["name"]) <= LONGEST_NAME:
            return refused(400)
        if said["name"] in JUNIORS or staff.find_one({"roles": said["name"]}):
            return refused(409)

        staff.update_one({"_id": g.user["name"]}, {"$push": {"roles": said["name"]}})
        shop.activate(g.session, [*shop.active_in(g.session), said["name"]])
        return jsonify(group=said["name"]), 201


def show_log(app: Flask, shop: Shop) -> None:
    """Show who was refused what, in one's branch."""

    @app.get("/api/log")
    def log() -> Response:
        rows = shop.lab.db.log.find({"branch": g.user["branch"]})
        shown = [{name: row[name] for name in ("who", "what", "status")} for row in rows]
        return jsonify(log=[line | {"at": row["at"].isoformat()} for line, row in zip(shown, rows, strict=True)])
