from flask import Request


def is_meant(request: Request) -> bool:
    # GET and HEAD promise to change nothing, so everybody may send them for any reason. POST promises nothing.
    return request.method == "POST"
