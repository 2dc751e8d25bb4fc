"""Asks a site as its people, one request a call, without a browser: a permission matrix has some hundred cells."""

import io
import json
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from labsrv.kit.asking import Reply

VERB = re.compile(r"[A-Za-z]{1,20}")
PATH = re.compile(r"/[!-~]{0,2000}")
LARGEST_BODY = 16 << 10
LONGEST_TEXT = 64 << 10

App = Callable[..., Any]


class Asker:
    """Asks one site. `cookies` has the Cookie header of each actor, empty for who is not logged in."""

    def __init__(self, app: App, host: str, cookies: Mapping[str, str]):
        self.app = app
        self.host = host
        self.cookies = cookies
        self.asked = 0

    def __call__(self, actor: str, verb: str, path: str, body: Any = None) -> Reply:
        """Return the site's reply, 500 where it raises; raises `ValueError` for what can't be asked."""
        environ = self.environ(actor, verb, path, body)
        self.asked += 1
        said: list[Any] = []
        try:
            text = b"".join(self.app(environ, lambda *begun: said.extend(begun)))
        except Exception:
            return {"status": 500, "json": None, "text": "The site raised an error."}

        shown = text.decode(errors="replace")[:LONGEST_TEXT]
        return {"status": int(said[0][:3]), "json": json_in(text), "text": shown}

    def environ(self, actor: str, verb: str, path: str, body: Any) -> dict[str, Any]:
        """Return the request as WSGI has it (PEP 3333)."""
        self.refuse_odd(actor, verb, path)
        sent = b"" if body is None else as_json(body)
        where, _, query = path.partition("?")
        return {
            "REQUEST_METHOD": verb.upper(),
            "PATH_INFO": unquoted(where),
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self.host,
            "HTTP_ACCEPT": "application/json",
            **({"HTTP_COOKIE": self.cookies[actor]} if self.cookies[actor] else {}),
            **({"CONTENT_TYPE": "application/json"} if sent else {}),
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(sent),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    def refuse_odd(self, actor: str, verb: str, path: str) -> None:
        """Raise `ValueError` for what is no request of anybody here."""
        if not isinstance(actor, str) or actor not in self.cookies:
            raise ValueError(f"Nobody here is called {shown(actor)}: ask as {', '.join(self.cookies)}.")
        if not isinstance(verb, str) or not VERB.fullmatch(verb):
            raise ValueError(f"{shown(verb)} is no verb: write GET, POST, PATCH, DELETE or another one.")
        if not isinstance(path, str) or not PATH.fullmatch(path):
            raise ValueError(f"{shown(path)} is no path on the site: begin with a slash, and leave no blanks in it.")


def as_json(body: Any) -> bytes:
    """Return a body as JSON; raises `ValueError` for what JSON has no way to say, and for a large one."""
    try:
        sent = json.dumps(body).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"This body can't be sent as JSON: {error}.") from None
    if len(sent) <= LARGEST_BODY:
        return sent

    raise ValueError(f"This body is larger than {LARGEST_BODY >> 10} KiB.")


def json_in(text: bytes) -> Any:
    """Return what JSON stands for, or None for what is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def unquoted(path: str) -> str:
    """Return a path as WSGI has it: its bytes, each as a character."""
    return unquote_to_bytes(path).decode("latin-1")


def shown(value: Any) -> str:
    """Return a value as an error shows it: short, and on one line."""
    text = repr(value)
    return text if len(text) < 60 else f"{text[:57]}..."
