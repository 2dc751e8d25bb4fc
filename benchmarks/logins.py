"""The provider's logins per second beside those of panva's certified oidc-provider, in turns, over sockets.

    npm ci --prefix tests/provider/peers
    python3 lab.py bench logins

A login is what one with a session takes: /authorize, the code, the token endpoint. (The first of each, with its pages,
is made before time is taken: ours verifies a password there, and the other's development pages verify none.)
AUTHLAB_LOGINS is how many there are in a round, 200 unless it says otherwise.
"""

import base64
import hashlib
import json
import os
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from labsrv.grading.course.exercises import root

PEERS = root() / "tests" / "provider" / "peers"
LOGINS = int(os.environ.get("AUTHLAB_LOGINS", "200"))
ROUNDS = 3
BACK = "http://127.0.0.1:9/callback"  # nobody is there, and nobody goes there
CLIENT = {
    "client_id": "bench",
    "client_secret": "a-secret-of-the-benchmark",
    "redirect_uris": [BACK],
    "token_endpoint_auth_method": "client_secret_post",
}


class Visitor:
    """A client and its user in one: cookies by name, redirects by hand, one connection."""

    def __init__(self, issuer: str):
        self.issuer = issuer
        self.connection = HTTPConnection(urlsplit(issuer).netloc)
        self.cookies: dict[str, str] = {}
        self.paths = {name: urlsplit(str(url)).path for name, url in self.metadata().items()}

    def metadata(self) -> dict[str, str]:
        """Return the endpoints."""
        _, _, body = self.ask("GET", "/.well-known/openid-configuration")
        return {name: value for name, value in json.loads(body).items() if name.endswith("_endpoint")}

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, Location and body."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
        answer = self.connection.getresponse()
        body = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), body

    def log_in(self) -> dict[str, Any]:
        """Log in, through as many pages as there are, and return the tokens."""
        verifier = secrets.token_urlsafe(32)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": CLIENT["client_id"],
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": "openid profile email",
            "state": secrets.token_urlsafe(16),
            "nonce": secrets.token_urlsafe(16),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        status, target, page = self.ask("GET", f"{self.paths['authorization_endpoint']}?{urlencode(asked)}")
        while not target.startswith(BACK):
            if target:
                parts = urlsplit(target)
                status, target, page = self.ask("GET", f"{parts.path}?{parts.query}")
            else:
                status, target, page = self.send_form(status, page)

        fields = {
            "grant_type": "authorization_code",
            "code": parse_qs(urlsplit(target).query)["code"][0],
            "redirect_uri": BACK,
            "code_verifier": verifier,
            **{name: str(CLIENT[name]) for name in ("client_id", "client_secret")},
        }
        status, _, body = self.ask("POST", self.paths["token_endpoint"], fields)
        assert status == 200, body
        return dict(json.loads(body))

    def send_form(self, status: int, page: str) -> tuple[int, str, str]:
        """Send the first form of a page: the login form, or the one that agrees."""
        found = re.search(r"<form[^>]*action=\"([^\"]+)\"[^>]*>(.*?)</form>", page, re.DOTALL)
        assert status == 200 and found, page
        fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', found[2]))
        for name, value in (("username", "alice"), ("login", "alice"), ("password", PASSWORD), ("allow", "yes")):
            if f'name="{name}"' in found[2]:
                fields[name] = value
        return self.ask("POST", urlsplit(found[1]).path, fields)


PASSWORD = ""


def ours(folder: Path) -> tuple[subprocess.Popen[str], str, str]:
    """Start our provider; return its process, its issuer, and Alice's password."""
    clients = folder / "clients.json"
    clients.write_text(json.dumps([CLIENT]), encoding="utf-8")
    command = [sys.executable, "-m", "labsrv.cli", "provider", "--issuer", "http://127.0.0.1:0", "--json"]
    process = subprocess.Popen([*command, "--clients", str(clients)], stdout=subprocess.PIPE, text=True, cwd=root())
    said = json.loads(process.stdout.readline())  # type: ignore[union-attr]
    return process, said["issuer"], said["people"]["alice"]


def panvas() -> tuple[subprocess.Popen[str], str]:
    """Start oidc-provider; return its process and its issuer."""
    key = RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 2048), as_dict=True)
    process = subprocess.Popen(
        [str(shutil.which("node")), "oidc_provider.mjs", "issuer"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=PEERS,
    )  # fmt: skip
    issuer = json.loads(process.stdout.readline())["addresses"]["issuer"]  # type: ignore[union-attr]
    settings = {"issuer": issuer, "clients": [CLIENT], "keys": [key | {"alg": "RS256", "use": "sig", "kid": "bench"}]}
    process.stdin.write(f"{json.dumps(settings)}\n")  # type: ignore[union-attr]
    process.stdin.flush()  # type: ignore[union-attr]
    assert json.loads(process.stdout.readline())["ready"]  # type: ignore[union-attr]
    return process, issuer


def per_second(visitor: Visitor) -> float:
    """Return how many logins there are in a second."""
    began = time.perf_counter()
    for _ in range(LOGINS):
        assert visitor.log_in()["id_token"]
    return LOGINS / (time.perf_counter() - began)


def measure() -> None:
    """Print the logins per second of both, and their ratio."""
    global PASSWORD
    if not (PEERS / "node_modules").is_dir() or not shutil.which("node"):
        sys.exit("There is nothing to compare with: install Node, and run npm ci --prefix tests/provider/peers.")

    with tempfile.TemporaryDirectory() as folder:
        our_process, our_issuer, PASSWORD = ours(Path(folder))
        their_process, their_issuer = panvas()
        try:
            visitors = Visitor(our_issuer), Visitor(their_issuer)
            for visitor in visitors:
                visitor.log_in()
            rounds = [(per_second(visitors[0]), per_second(visitors[1])) for _ in range(ROUNDS)]
        finally:
            for process in (our_process, their_process):
                process.terminate()
                process.wait(10)

    mine, theirs = (statistics.median(each) for each in zip(*rounds, strict=True))
    ratio = statistics.median(a / b for a, b in rounds)
    print(f"logins with a session      {mine:6.1f} a second")
    print(f"oidc-provider, the same    {theirs:6.1f} a second")
    print(f"ratio                      {ratio:6.2f}   (median of {ROUNDS} rounds of {LOGINS}, in turns)")


if __name__ == "__main__":
    measure()
