"""For each action the requests that are it, written as one writes them."""

REQUESTS = {
    "public": "GET home, GET login, POST check_login, POST logout",
    "logged in": "GET me, POST break_glass, POST confirm",
    "read": "GET pages, GET page, GET printed, GET documents, GET count, GET export, GET document, GET policy_page, "
    "GET policy, GET log",
    "create": "POST documents",
    "edit": "PATCH document, PUT policy",
    "delete": "DELETE document",
    "hand_over": "POST hand_over",
    "sign": "POST sign",
}
ACTION_OF = {request: action for action, requests in REQUESTS.items() for request in requests.split(", ")}


def action_for(endpoint, method):
    method = "GET" if method == "HEAD" else method
    return ACTION_OF.get(f"{method} {endpoint}")
