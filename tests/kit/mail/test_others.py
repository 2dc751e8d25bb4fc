"""Mail between us and programs that are not ours: read back byte for byte, with the line ends of mail.

swaks (Perl), curl and msmtp (C) send to the lab's catcher; the lab sends to msmtpd, a mail server that is none of ours.
"""

import re
import shutil
import subprocess
import sys
import time

import pytest

from labsrv.kit.clock import Clock
from labsrv.kit.mail.mail import Mail
from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.mail.route import URL, Route

ALICE = "alice@post.localhost"
SENDER = "bob@post.localhost"
# Whole as it is: some programs add what is missing.
HEAD = f"From: {SENDER}\nTo: {ALICE}\nSubject: =?utf-8?b?R3LDvMOfZQ==?=\n"
HEAD += "Date: Wed, 25 Nov 2026 18:00:00 +0000\nMessage-ID: <1@post.localhost>\n"
MESSAGES = {
    "a line": HEAD + "\nYour tea is ready.\n",
    "dots": HEAD + "\n.\n..\n.tea\n\n.\nThe end\n",
    "bytes beyond ASCII": HEAD + "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: 8bit\n\nGrüner Tee, 緑茶, 🍵\n",
    "two parts": HEAD + 'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="x"\n\n'
    "--x\nContent-Type: text/plain\n\nTea\n--x\nContent-Type: text/html\n\n<p>Tea\n--x--\n",
    "long lines": HEAD + "\n" + "tea " * 240 + "\n" + "=" * 900 + "\n",
}  # fmt: skip


def command(name, package):
    """Return where a program is, or skip the test."""
    if path := shutil.which(name):
        return path

    pytest.skip(f"no {name} on this machine (Debian's package {package})")


def with_mail_ends(text):
    return text.encode().replace(b"\n", b"\r\n")


def by_curl(port, file):
    return [
        *(command("curl", "curl"), "--silent", "--show-error", "--crlf", "--url", f"smtp://127.0.0.1:{port}"),
        *("--mail-from", SENDER, "--mail-rcpt", ALICE, "--upload-file", file),
    ]


def by_swaks(port, file):
    return [
        *(command("swaks", "swaks"), "--server", "127.0.0.1", "--port", str(port), "--silent", "2"),
        *("--from", SENDER, "--to", ALICE, "--data", f"@{file}"),
    ]


def by_msmtp(port, file):
    return [
        *("sh", "-c", 'file=$1; shift; exec "$@" <"$file"', "sh", file, command("msmtp", "msmtp"), "--file=/dev/null"),
        *("--host=127.0.0.1", f"--port={port}", f"--from={SENDER}", "--", ALICE),
    ]


PROGRAMS = {"curl": by_curl, "swaks": by_swaks, "msmtp": by_msmtp}


@pytest.mark.slow("programs of others")
@pytest.mark.parametrize("text", MESSAGES.values(), ids=MESSAGES)
@pytest.mark.parametrize("by", PROGRAMS.values(), ids=PROGRAMS)
def test_what_another_program_sends_is_kept_byte_for_byte(catcher, kept, tmp_path, by, text):
    file = tmp_path / "message"
    # swaks ends the last line by itself, even where it has ended.
    file.write_text(text.removesuffix("\n") if by is by_swaks else text, encoding="utf-8", newline="\n")
    done = subprocess.run(
        by(catcher.route.port, str(file)),
        capture_output=True,
        text=True,
        timeout=30,
        env=QUIET | {"HOME": str(tmp_path)},
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert [(sender, to) for sender, to, _ in kept] == [(SENDER, ALICE)]
    assert kept[0][2] == with_mail_ends(text)


# No proxy, no configuration of whoever runs this.
QUIET = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "NO_PROXY": "*"}


def test_another_programs_mail_is_in_the_mailbox(tmp_path, monkeypatch):
    monkeypatch.delenv(URL, raising=False)
    mail = Mail(Clock())
    file = tmp_path / "message"
    file.write_text(MESSAGES["bytes beyond ASCII"], encoding="utf-8")
    subprocess.run(by_curl(mail.catcher().route.port, str(file)), check=True, timeout=30, env=QUIET)
    mail.close()

    arrived = mail.last(ALICE)
    assert (arrived.sender, arrived.subject, arrived.text) == (SENDER, "Grüße", "Grüner Tee, 緑茶, 🍵")


TAKE = """import sys
with open({file!r}, "ab") as file:
    file.write(repr(sys.argv[1:]).encode() + b"\\n" + sys.stdin.buffer.read())
"""


@pytest.fixture
def server(tmp_path):
    """A mail server that is not ours, on a free port; what it takes, it appends to a file."""
    program = command("msmtpd", "msmtp-mta")
    received = tmp_path / "received"
    # It starts this for each message, with the recipients at the end.
    (tmp_path / "take.py").write_text(TAKE.format(file=str(received)))
    port = free_port()
    process = subprocess.Popen(
        [program, "--interface=127.0.0.1", f"--port={port}", f"--command={sys.executable} {tmp_path}/take.py %F --"]
    )
    yield wait_for(Route("127.0.0.1", port)), received
    process.terminate()
    process.wait(10)


def free_port():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def wait_for(route):
    """Return a way to a server as soon as it answers, within five seconds."""
    for _ in range(50):
        try:
            route.connect().quit()
            return route
        except OSError:
            time.sleep(0.1)
    pytest.fail("msmtpd does not answer")


TEXTS = {
    "a line": ("Your tea is ready.", None),
    "dots": (".\n..\n.tea\n\n.", None),
    "tea in many alphabets": ("Grüner Tee, 緑茶, чай, 🍵", "<p>Grüner Tee, 🍵"),
    "a long link": ("http://shop.localhost:1/in?token=" + "k" * 300, None),
    "a line longer than mail has": ("tea " * 1_000, None),
}


@pytest.mark.slow("servers of others")
@pytest.mark.parametrize(("text", "html"), TEXTS.values(), ids=TEXTS)
def test_what_we_send_is_kept_byte_for_byte_by_another_server(server, monkeypatch, text, html):
    route, received = server
    monkeypatch.setenv(URL, f"smtp://127.0.0.1:{route.port}")
    mail = Mail(Clock())
    mail.send(ALICE, "Grüße", text, html=html)

    envelope, _, raw = received.read_bytes().partition(b"\n")
    assert envelope.decode() == repr(["shop@post.localhost", "--", ALICE])
    # RFC 5321, 4.4: a server puts one line above what it was given, that says whom it had it from.
    trace, rest = re.match(rb"(Received: .*\r?\n(?:[ \t].*\r?\n)*)([\s\S]*)", raw).groups()
    assert b"post.localhost" in trace
    assert rest.replace(b"\r\n", b"\n") == mail.last(ALICE).raw.replace(b"\r\n", b"\n")
    assert mail.last(ALICE).text == text


def test_the_other_server_is_gone_and_that_is_said(server):
    route, _ = server
    with pytest.raises(Undelivered, match="did not take the message"):
        Route(route.host, free_port()).carry(SENDER, ALICE, b"Subject: Tea\r\n\r\nx\r\n")
