"""One pattern a line of the table."""


def action_for(endpoint: str, method: str) -> str | None:
    if method == "HEAD":
        return action_for(endpoint, "GET")

    match method, endpoint:
        case ("GET", "home" | "login") | ("POST", "check_login" | "logout"):
            return "public"
        case ("GET", "me") | ("POST", "break_glass" | "confirm"):
            return "logged in"
        case "GET", "pages" | "page" | "printed" | "documents" | "count" | "export" | "document":
            return "read"
        case "GET", "policy_page" | "policy" | "log":
            return "read"
        case "POST", "documents":
            return "create"
        case ("PATCH", "document") | ("PUT", "policy"):
            return "edit"
        case "DELETE", "document":
            return "delete"
        case "POST", "hand_over" | "sign":
            return endpoint

    return None
