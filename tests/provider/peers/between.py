"""A server on loopback between a relying party and its provider. It passes everything on, and spoils chosen answers.

metadata       what the provider says of itself, as an object
metadata again the same, from the second time on that somebody asks since it was told to spoil something
answer         the parameters that people come back with, as a list of pairs
tokens         what a code was redeemed for, as an object
id_token       the ID token among it, as a `Draft`, which is signed with the provider's own key unless it is changed
keys           what the provider publishes as its JWKS
userinfo       what an access token opens

A change is a function of the thing and of this server, as those of `labsrv/provider/faults/spoilers.py` are of the
thing and the provider; where it returns bytes, these are the whole answer.
"""

import json
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt

from labsrv.labs.oidc.by_hand import claims_of, header_of
from labsrv.provider.rows.signing import Draft, key_pair, public_jwk
from tests.patience import PATIENCE

POINTS = {
    "/.well-known/openid-configuration": "metadata",
    "/token": "tokens",
    "/jwks": "keys",
    "/me": "userinfo",
}
# The provider signs with keys that are known here: what is said wrongly can be signed well.
KEYS = {alg: key_pair(f"between {alg}", alg) for alg in ("RS256", "ES256")}
NOT_PASSED_ON = ("content-length", "transfer-encoding", "connection", "keep-alive")


def private_jwks():
    """Return the keys as the provider takes them."""
    of = {"RS256": jwt.algorithms.RSAAlgorithm, "ES256": jwt.algorithms.ECAlgorithm}
    return [
        json.loads(of[alg].to_jwk(key)) | public_jwk(key, alg) | {"kid": alg, "use": "sig", "alg": alg}
        for alg, key in KEYS.items()
    ]


class Between:
    """It counts in `spoiled` how often each change was made; `seen` has the last thing at each point as it was."""

    def __init__(self):
        self.behind = ""
        self.changes, self.spoiled, self.seen, self.asked = {}, {}, {}, 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), passing(self))
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.1])
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.thread.join(PATIENCE)
        self.server.server_close()

    def spoil(self, **changes):
        """Make these changes from now on, and no others."""
        self.changes, self.spoiled, self.asked = changes, dict.fromkeys(changes, 0), 0

    def changed(self, point, thing):
        """Return a thing with its change, where there is one."""
        self.seen[point] = thing
        if point not in self.changes:
            return thing

        self.spoiled[point] += 1
        return self.changes[point](thing, self)

    def passed_on(self, path, status, headers, body):
        """Return headers and body of an answer as they go on."""
        location = headers.get("Location", "")
        if location.partition("?")[0].endswith("/callback"):
            parts = urlsplit(location)
            pairs = self.changed("answer", parse_qsl(parts.query))
            return headers | {"Location": parts._replace(query=urlencode(pairs)).geturl()}, body

        point = POINTS.get(urlsplit(path).path)
        if point is None or status != 200:
            return headers, body
        said = self.said(point, json.loads(body))
        return headers, said if isinstance(said, bytes) else json.dumps(said).encode()

    def said(self, point, said):
        """Return an object as it goes on, or bytes."""
        if point == "metadata":
            self.asked += 1
            said = self.changed("metadata_again", said) if self.asked > 1 else said
        if point == "tokens":
            self.seen["access_token"] = said["access_token"]
            said = said | {"id_token": self.signed(said["id_token"])}
        return self.changed(point, said)

    def signed(self, token):
        """Return an ID token with its change; one that has none is the provider's own."""
        header = header_of(token)
        draft = Draft(header, claims_of(token), KEYS[header["alg"]])
        made = self.changed("id_token", draft)
        self.seen["id_token"] = token
        if made is draft:
            return token
        return made.signed() if isinstance(made, Draft) else made


def passing(between):
    """Return what answers a request: it asks the provider, under the name that it was asked by itself."""

    class Passing(BaseHTTPRequestHandler):
        def do_GET(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            connection = HTTPConnection(urlsplit(between.behind).netloc, timeout=PATIENCE)
            connection.request(self.command, self.path, body or None, dict(self.headers.items()))
            answer = connection.getresponse()
            several = [(name, value) for name, value in answer.getheaders() if name.lower() == "set-cookie"]
            single = {name: value for name, value in answer.getheaders() if name.lower() not in NOT_PASSED_ON}
            single = {name.title(): value for name, value in single.items() if name.lower() != "set-cookie"}
            single, body = between.passed_on(self.path, answer.status, single, answer.read())
            connection.close()

            self.send_response(answer.status)
            for name, value in (*single.items(), *several, ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *said):
            """Say nothing."""

    return Passing
