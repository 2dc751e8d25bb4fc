"""Addresses that learners hold stay: their saved files, submitted zips and copies of notebooks import them."""

import ast
import importlib
import importlib.util
import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# What exercises, solutions, near misses and notebooks import. To take a name away is to break somebody's file.
PROMISED = {
    "labsrv": ["labs"],
    "labsrv.policy.deciding": ["decide"],
    "labsrv.grading": ["Answer", "Raised", "check", "promise", "run_mine"],
    "labsrv.kit.accounts": ["Accounts", "Refused", "User"],
    "labsrv.kit.addresses.otpauth": ["Otpauth"],
    "labsrv.kit.addresses.urls": ["resolve", "same_origin"],
    "labsrv.kit.attempts": ["WINDOW", "Attempts"],
    "labsrv.kit.browser.browser": ["BrowserError"],
    "labsrv.kit.common_passwords": ["COMMON", "bare", "most_common"],
    "labsrv.kit.factors": ["STEP_SECONDS", "Factor", "Factors"],
    "labsrv.kit.fingerprints": ["fingerprint"],
    "labsrv.kit.grants": ["Grant", "Grants"],
    "labsrv.kit.kept_passwords": ["KeptPasswords"],
    "labsrv.kit.html.forms": ["URLENCODED"],
    "labsrv.kit.keys": ["KEY_FOLDER", "Key", "Keys"],
    "labsrv.kit.lessons.races": ["at_once", "under_way"],
    "labsrv.kit.passwords": ["ARGON2ID", "COSTS", "Hasher", "argon2id", "decoy"],
    "labsrv.kit.people": ["Person"],
    "labsrv.kit.phone.codes": ["code_at"],
    "labsrv.kit.sessions": ["Session", "Sessions"],
    "labsrv.kit.asking": ["Ask", "Reply", "Row"],
    "labsrv.kit.store": ["Collection"],
    "labsrv.kit.store.limits": ["Allowance"],
    "labsrv.kit.visits": ["Visit", "Visits"],
    "labsrv.labs": ["start"],
    "labsrv.labs.jwt": ["attacks", "flaws"],
    "labsrv.labs.jwt.compact": ["compact", "encoded", "hs256", "jwk_of", "key_pair", "parts", "rs256"],
    "labsrv.labs.jwt.moves": [
        "COOKIE", "HER_KEY", "copy_access_token", "copy_refresh_token", "edited", "guess_secret", "guesses_per_second",
        "her_pem", "last_header", "own_token", "public_pem", "publish_her_key", "signature_of", "signed_by_mallory",
        "signed_by_shop", "use_refresh_token",
    ],
    "labsrv.labs.jwt.people": [
        "FIRST_KEY", "SHOP", "add_key", "call", "log_out", "orders", "redeem", "refresh", "rotate_keys",
        "sees_orders_of", "sign_in", "storage", "voucher",
    ],
    "labsrv.labs.passwordless": ["attacks", "flaws", "guessing"],
    "labsrv.labs.passwordless.attacks_on_codes": ["code_for", "wrong_code"],
    "labsrv.labs.passwordless.moves": [
        "ASKED", "ask_naming_a_host", "asked_cookie", "guess", "link_for", "scan", "tabs", "token_of", "use_token",
        "write_by_hand",
    ],
    "labsrv.labs.passwordless.people": [
        "ask_for_code", "ask_for_link", "ask_for_reset", "challenge", "choose_password", "enter_code", "follow",
        "is_logged_in", "log_in", "log_in_by_link", "log_out", "open_link", "press",
    ],
    "labsrv.labs.passwords": ["attacks", "cracking", "flaws"],
    "labsrv.labs.passwords.gate": ["DEVICE"],
    "labsrv.labs.passwords.listening": ["answer_times"],
    "labsrv.labs.passwords.moves": ["write_by_hand"],
    "labsrv.labs.passwords.people": ["REGULARS", "change_password", "is_logged_in", "log_in", "log_out", "stored"],
    "labsrv.labs.passwords.work": ["listening"],
    "labsrv.labs.sessions": ["attacks", "flaws"],
    "labsrv.labs.sessions.attacks": ["copy_cookie", "decoded", "plant", "use"],
    "labsrv.labs.sessions.people": [
        "confirm", "is_logged_in", "log_in", "log_out", "log_out_everywhere", "put_in_basket", "session_cookie",
    ],
    "labsrv.labs.start_here": ["attacks", "flaws"],
    "labsrv.labs.start_here.people": ["draw_number", "is_inside", "show_ticket", "ticket_of"],
    "labsrv.labs.two_factor": ["attacks", "flaws", "odds", "relay"],
    "labsrv.labs.two_factor.moves": ["digits_in"],
    "labsrv.labs.two_factor.people": [
        "FAVOURITE", "ask_by_mail", "confirm", "draw_codes", "first_step", "fresh_code", "in_account", "is_logged_in",
        "log_in", "log_out", "second_step", "set_up_app",
    ],
    "labsrv.labs.two_factor.shop": ["DEVICE", "SESSION"],
    "labsrv.policy.casbin_model": ["RbacRows"],
    "labsrv.policy.cedar": ["CedarPolicy"],
    "labsrv.policy.relations.checking": ["check"],
    "labsrv.policy.relations.model": ["RelationModel"],
    "labsrv.policy.relations.tuples": ["RelationTuple"],
    "labsrv.widgets": [
        "AccessMatrix", "Bars", "BrowserView", "BrowserWindow", "ClockControl", "CodeDiff", "CookieInspector",
        "DecisionTrace", "Dots", "FlowView", "Lamps", "Lines", "Mailbox", "Phone", "RoleGraph", "Slider", "Sliders",
        "StoreView", "TokenInspector", "TrafficView", "as_bearer", "beside", "show",
    ],
    "labsrv.workbench": ["CheckPanel", "Course", "Predict", "compare", "run_mine"],
    "labsrv.provider.outgoing": ["Outgoing"],
    "labsrv.provider.rows.signing": ["key_pair", "public_jwk"],
    "labsrv.relying_party.secure.code_challenge": ["code_challenge"],
}  # fmt: skip

HELD = ("exercises/*/*.py", "solutions/*/*.py", "tests/near_misses/*/*/*.py")
# Lessons that somebody may have copies of; a lesson that is being made has promised nothing yet.
OUT = {module.split(".")[2] for module in PROMISED if module.startswith("labsrv.labs.")}


def code_of(notebook):
    """Return a notebook's code, without the lines that are IPython's own."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return re.sub(r"(?m)^\s*[%!].*$", "", code)


def texts():
    """Return the code that learners hold, by its file."""
    files = [path for pattern in HELD for path in sorted(ROOT.glob(pattern)) if ".mine" not in path.name]
    return {path: path.read_text(encoding="utf-8") for path in files} | {
        path: code_of(path) for path in sorted(ROOT.glob("notebooks/*.ipynb"))
    }


def imported(code):
    """Return (module, name) of each import from labsrv; the name is "" where the module itself is imported."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "labsrv":
            yield from ((node.module, each.name) for each in node.names)
        elif isinstance(node, ast.Import):
            yield from ((each.name, "") for each in node.names if each.name.split(".")[0] == "labsrv")


@cache
def held():
    """Return which names of which modules learners' files import, each with the files that do."""
    found = defaultdict(set)
    for path, code in texts().items():
        for address in imported(code):
            found[address].add(path.relative_to(ROOT).as_posix())
    return found


def is_there(module, name):
    """Tell whether `from module import name` works, as it does for a module in a package as well."""
    there = importlib.import_module(module)
    if not name or hasattr(there, name):
        return True

    return hasattr(there, "__path__") and importlib.util.find_spec(f"{module}.{name}") is not None


@pytest.mark.parametrize(("module", "names"), PROMISED.items(), ids=PROMISED)
def test_an_address_stays(module, names):
    assert [name for name in names if not is_there(module, name)] == []


@pytest.mark.slow("reads every learner's file")
def test_whatever_learners_files_import_is_promised():
    in_the_making = re.compile(rf"labsrv\.labs\.(?!(?:{'|'.join(OUT)})\b)")
    missing = [
        f"{module}: {name} ({min(files)})"
        for (module, name), files in sorted(held().items())
        if name not in PROMISED.get(module, []) and not in_the_making.match(module)
    ]

    assert not missing, f"Add to PROMISED, and keep for good: {missing}"


def test_whatever_learners_files_import_is_there():
    assert [f"{module}: {name}" for module, name in sorted(held()) if not is_there(module, name)] == []


# Where learners are sent to look. NN_lesson/ stands for every lesson.
ROOMS = "labsrv|exercises|solutions|notebooks|tests|docs"
SENT_TO = re.compile(rf"(?<![\w/.-])(?:{ROOMS})/(?!\S*\bNN_)[\w./-]*\w\.(?:py|ipynb|md)\b")
SENT_BY = ("README.md", "CONTRIBUTING.md", "docs/**/*", "exercises/*/*.py", "solutions/*/*.py", "labsrv/**/*.py")


def test_a_file_that_a_text_sends_learners_to_is_there():
    texts = [path for pattern in (*SENT_BY, "notebooks/*.ipynb") for path in ROOT.glob(pattern) if path.is_file()]
    named = {
        f"{path.relative_to(ROOT)} names {found[0]}": ROOT / found[0]
        for path in texts
        for found in SENT_TO.finditer(path.read_text(encoding="utf-8", errors="replace"))
    }

    assert len(named) > 30
    assert [said for said, path in sorted(named.items()) if not path.exists()] == []
