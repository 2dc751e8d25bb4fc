"""lab.py knows what pip, venv and the system mean by their words."""

import importlib.util
from pathlib import Path

import pytest

# What pip, venv and the system say, and the row of lab.py's own table that must recognise it.
WORDS = {
    "a full disk": "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
    "a wrong hash": "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
    "no ensurepip": "/usr/bin/python3: No module named ensurepip",
    "a refused certificate": "SSLError(SSLCertVerificationError(1, 'certificate verify failed')): Max retries exceeded",
    "a proxy that says no": "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))",
    "no network": "NewConnectionError('<pip._vendor...>: Failed to establish a new connection: [Errno -3]')",
    "a path too long for Windows": "HINT: ... this system does not have Windows Long Path support enabled.",
    "a file in use": "[WinError 32] The process cannot access the file because it is being used by another process",
    "a read-only folder": "[Errno 30] Read-only file system: '.venv'",
    "a package missing from the mirror": "ERROR: No matching distribution found for tea==1.0",
    "a package that must be compiled": "  ERROR: Failed building wheel for cffi",
}


def the_real_lab():
    """Load lab.py as a module, without running it."""
    spec = importlib.util.spec_from_file_location("lab", Path(__file__).parents[2] / "lab.py")
    lab = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(lab)
    return lab


def test_every_row_has_its_words():
    assert list(WORDS) == [name for name, *_ in the_real_lab().FAILURES]


@pytest.mark.parametrize("name", WORDS)
def test_words_are_recognised(name):
    lab = the_real_lab()
    [sentence] = [row[2] for row in lab.FAILURES if row[0] == name]

    trouble = lab.diagnose(f"Collecting tea==1.0\n{WORDS[name]}\n")

    assert trouble.sentence == sentence
    assert "{" not in trouble.way_out


def test_unknown_words_are_shown():
    trouble = the_real_lab().diagnose("one\ntwo\nsomething new")

    assert "something new" in trouble.sentence
