"""Stricter: a browser that says where a form comes from has to say that it is from the shop."""


def is_meant(request):
    match request.method, request.headers.get("Sec-Fetch-Site", "same-origin"):
        case "POST", "same-origin":
            return True
    return False
