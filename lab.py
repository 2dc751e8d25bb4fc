#!/usr/bin/env python3
"""Start the course.

python3 lab.py                       make .venv if needed, then open JupyterLab on the first notebook
python3 lab.py --no-browser          the same; open the printed address yourself
python3 lab.py --port 9000           the same, on this port and no other; --base-url /PATH behind a proxy or a hub
python3 lab.py test [pytest options] run the project's own tests
python3 lab.py test --quick          those of them that need no browser and no class
python3 lab.py check NAME            check an exercise: renew_id, 02_sessions, or all of them without a name
python3 lab.py progress              what you have earned so far
python3 lab.py reset NAME            an exercise as it came; your version is kept beside it
python3 lab.py serve LESSON          a lesson's shop for your own browser
python3 lab.py provider              an OpenID Provider, to try clients against
python3 lab.py submit                make a zip of your exercises to hand in
python3 lab.py grade FOLDER --out TO grade a class: a folder or .zip for each student
python3 lab.py prove                 hold the checks against right and wrong answers: for whoever writes some
python3 lab.py doctor                what this machine has, and what is missing for what
python3 lab.py bench                 measure this machine
"""

# Only the standard library is used here, and only syntax that Python 2.7 and every Python 3 can read: a Python that is
# too old has to get far enough to say so. Whatever goes wrong becomes one sentence and a way out (see FAILURES).

from __future__ import print_function

import errno
import glob
import hashlib
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time

OLDEST = (3, 11)
WINDOWS = os.name == "nt"
ROOT = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(ROOT, ".venv")
VENV_BIN = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
VENV_PYTHON = os.path.join(VENV_BIN, "python.exe" if WINDOWS else "python")
UNFINISHED = os.path.join(VENV, ".authlab-unfinished")
OWN_FOLDER = os.path.join(ROOT, ".authlab")
LOG = os.path.join(OWN_FOLDER, "setup.log")
FIRST_NOTEBOOK = "notebooks/00_start_here.ipynb"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
FIRST_PORT, PORTS_TO_TRY = 8888, 50
LOCKS = {"course": "requirements.lock", "test": "requirements-test.lock"}
UV_LOCK = "requirements-uv.lock"
# Bytes that the system allows an address of a socket among files (macOS has the fewest), and those of a kernel's name.
LONGEST_SOCKET = 103
LENGTH_OF_SOCKETS = len("/kernel-00000000-0000-0000-0000-000000000000-ipc-5")
# Said before the arguments of `lab.py test`, so that -n0 there overrules it. Each process may drive a Chromium: no more
# of them than fit into a laptop's memory.
SEVERAL_CORES = ["-n", "logical", "--maxprocesses", "4"]
JUPYTERLAB_DEFAULTS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}

# What of the surroundings reaches none of our processes: it would give Python other packages, or another way to read
# programs, pytest other options, and JupyterLab other kernels and settings. `labsrv/surroundings.py` has the same, for
# whoever comes another way than this.
MISLEADING = (
    "PYTHONHOME", "PYTHONPATH", "PYTHONOPTIMIZE", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONDONTWRITEBYTECODE",
    "PYTEST_ADDOPTS", "PYTEST_PLUGINS",
    "JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "JUPYTER_PREFER_ENV_PATH", "JUPYTERLAB_DIR", "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
)  # fmt: skip
# Of pip's settings, in the environment or in its files, those that say where packages come from, and no others: some
# would install somewhere else than into .venv.
KEPT_OF_PIP = (
    "index-url", "extra-index-url", "find-links", "no-index", "trusted-host", "cert", "client-cert", "proxy",
    "timeout", "default-timeout", "retries", "cache-dir", "no-cache-dir", "keyring-provider",
)  # fmt: skip
# What the first start imports: translated while the course itself is installed.
FIRST_IMPORTS = "import jupyterlab.labapp, jupyter_lsp, ipykernel.kernelapp, nbconvert, notebook_shim"


class Trouble(Exception):
    """Something went wrong: what, in one sentence, and what to do about it."""

    def __init__(self, sentence, way_out):
        Exception.__init__(self, sentence)
        self.sentence = sentence
        self.way_out = way_out


# What went wrong, how to recognise it in the words of pip, venv or the system, what to say, and the way out. The first
# row that matches wins: a full disk can also look like a broken package, and a refused certificate like no network.
FAILURES = [
    (
        "a full disk",
        r"No space left on device|Errno 28\b|WinError 112\b|Disk quota exceeded|Errno 122\b",
        "The disk is full.",
        "Free about 1 GB, then run this again.",
    ),
    (
        "a wrong hash",
        r"DO NOT MATCH THE HASHES",
        "A package that arrived is not the one the course was tested with: its sha256 differs from the lock's.",
        "Nothing of it was installed. Run this again with PIP_NO_CACHE_DIR=1 set; if it stays, the mirror serves "
        "changed files: tell whoever runs it, and do not go around the check.",
    ),
    (
        "no ensurepip",
        r"ensurepip is (not available|disabled)|No module named '?(ensurepip|venv)",
        "This Python cannot make virtual environments: its venv or ensurepip module is missing.",
        "On Debian or Ubuntu: sudo apt install python3-venv (or python{minor}-venv). Then run this again.",
    ),
    (
        "a refused certificate",
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        "The package index's certificate was refused.",
        "Behind a company proxy, set PIP_CERT to the company's certificate file. Also look at this computer's date.",
    ),
    (
        "a proxy that says no",
        r"ProxyError|Cannot connect to proxy|Tunnel connection failed|407 Proxy Authentication",
        "The proxy did not let pip through.",
        "Look at HTTPS_PROXY (or PIP_PROXY) in your environment, then run this again.",
    ),
    (
        "no network",
        r"NewConnectionError|NameResolutionError|Temporary failure in name resolution|getaddrinfo failed"
        r"|Network is unreachable|Connection refused|ConnectTimeout|Read timed out|ReadTimeoutError"
        r"|Connection reset|Connection aborted|Max retries exceeded|Could not fetch URL",
        "The packages could not be fetched: there is no way from here to the package index.",
        "Go online, or set PIP_INDEX_URL (a mirror) or HTTPS_PROXY (a proxy), then run this again. "
        "The network is needed this once; afterwards the course works without it.",
    ),
    (
        "a path too long for Windows",
        r"Windows Long Path support|WinError 206\b",
        "Windows refused a file name because the course's folder lies too deep.",
        "Move the course to a shorter path, such as C:\\authlab, then run this again.",
    ),
    (
        "a file in use",
        r"WinError 32\b|being used by another process|Text file busy",
        "A program is still using the files in .venv.",
        "Close JupyterLab, terminals and editors that use it, then run this again.",
    ),
    (
        "a read-only folder",
        r"Read-only file system|Errno 30\b|Permission denied|Errno 13\b|WinError 5\b|Access is denied",
        "The course's folder cannot be written to.",
        "Copy the folder to a place of your own (your home, say) and run lab.py there.",
    ),
    (
        "a package missing from the mirror",
        r"No matching distribution found",
        "The package index does not have a package of the lock for this Python.",
        "Look at the network; a mirror (PIP_INDEX_URL, PIP_FIND_LINKS) may be incomplete. Or else try Python {oldest}.",
    ),
    (
        "a package that must be compiled",
        r"Failed building wheel|Failed to build|Microsoft Visual C\+\+|error: command .* failed",
        "A package has no ready-made file for this Python on this machine, and could not be compiled here.",
        "Use Python {oldest}, for which all of them exist: python{oldest} lab.py",
    ),
]


def diagnose(words):
    """Return the trouble that these words of pip, venv or the system speak of."""
    places = {"minor": "%d.%d" % sys.version_info[:2], "oldest": "%d.%d" % OLDEST}
    for _, pattern, sentence, way_out in FAILURES:
        if re.search(pattern, words):
            return Trouble(sentence, way_out.replace("{minor}", places["minor"]).replace("{oldest}", places["oldest"]))

    tail = "\n".join(words.strip().splitlines()[-12:])
    return Trouble("Setting up failed in a way lab.py does not know:\n\n%s\n" % tail, "Run this again.")


def refuse_old_python():
    """Raise Trouble unless this Python can run the course."""
    if sys.version_info >= OLDEST:
        return

    have = "%d.%d.%d" % tuple(sys.version_info[:3])
    raise Trouble(
        "The course needs Python %d.%d or newer; this is Python %s (%s)." % (OLDEST + (have, sys.executable)),
        "Install a newer one (python.org, or your system's packages) and start the course with it: python3.12 lab.py",
    )


# Saying what is being done -------------------------------------------------------------------------------------------


class Progress(object):
    """Tell, on stderr, which step is being done, how far it is and how long it took."""

    def __init__(self, steps):
        self.steps, self.number, self.began = steps, 0, 0.0
        self.rewrites = sys.stderr.isatty()
        self.last = ""

    def start(self, title):
        self.number += 1
        self.began = time.time()
        say("[%d/%d] %s" % (self.number, self.steps, title))

    def at(self, done, total, what):
        """Show "37 of 124  flask"; in a terminal the line is rewritten."""
        line = "      %d of %d  %s" % (done, total, what)
        if line == self.last:
            return
        self.last = line
        say("\r" + line[:78].ljust(78) if self.rewrites else line, end="" if self.rewrites else "\n")

    def done(self):
        line = "      done in %.1f s" % (time.time() - self.began)
        say("\r" + line.ljust(78) if self.rewrites else line)


def say(words, end="\n"):
    """Write to stderr, which leaves stdout to the command that was asked for."""
    if sys.version_info >= (3,):
        encoding = sys.stderr.encoding or "ascii"
        words = words.encode(encoding, "replace").decode(encoding)
    sys.stderr.write(words + end)
    sys.stderr.flush()


# What the .venv is, and what it should be ----------------------------------------------------------------------------


def sha256(name):
    with open(os.path.join(ROOT, name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def locked(kind):
    """Return the names of the packages in a lock."""
    with open(os.path.join(ROOT, LOCKS[kind]), "rb") as file:
        return sorted(re.findall(r"(?m)^([A-Za-z0-9_.-]+)==", file.read().decode("utf-8")))


def wanted_stamp(kind, version):
    """Return what the stamp says once this kind ("course" or "test") is installed."""
    stamp = {"lock": sha256(LOCKS[kind]), "python": version, "folder": ROOT, "packages": locked(kind)}
    if kind == "course":
        stamp["project"] = sha256("pyproject.toml")
    return stamp


def stamp_path(kind):
    return os.path.join(VENV, ".authlab-%s.json" % kind)


def read_stamp(kind):
    """Return what was installed here, or {} if that is not known."""
    try:
        with open(stamp_path(kind), "rb") as file:
            stamp = json.loads(file.read().decode("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(kind, version):
    """Write the stamp in one go: it is there as a whole or not at all."""
    half = stamp_path(kind) + ".new"
    with open(half, "wb") as file:
        file.write(json.dumps(wanted_stamp(kind, version), indent=1).encode("utf-8"))
    os.replace(half, stamp_path(kind))


def venv_version():
    """Return the version of .venv's Python ("3.11"), or None if .venv is missing, broken or half-made."""
    if os.path.lexists(UNFINISHED):
        return None

    question = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        asked = subprocess.run([VENV_PYTHON, "-I", "-c", question], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None
    return asked.stdout.decode("ascii", "replace").strip() or None if asked.returncode == 0 else None


def needs_new_venv(version):
    """Say why .venv has to be made anew ("" if it can stay)."""
    stamp = read_stamp("course")
    kept = locked("course") + locked("test")
    if not os.path.lexists(VENV):
        return "Making .venv"
    if version is None:
        return "Making .venv anew: the one here is broken or half-made"
    if stamp and stamp.get("folder") != ROOT:
        return "Making .venv anew: the course's folder was moved"
    if not set(stamp.get("packages", [])) <= set(kept):
        return "Making .venv anew: the course no longer uses some of its packages"
    return ""


# Making it so --------------------------------------------------------------------------------------------------------


def make_ready(kinds):
    """Install what is missing for these kinds; install nothing when nothing changed."""
    if not unready(kinds):
        return

    with OneAtATime():
        try:
            set_up(unready(kinds))
        except KeyboardInterrupt:
            raise Trouble("Stopped half-way.", "Nothing is lost: run this again to go on.")


def unready(kinds):
    """Return the kinds whose stamp does not say what it should."""
    version = venv_version()
    if needs_new_venv(version):
        return kinds
    return [kind for kind in kinds if read_stamp(kind) != wanted_stamp(kind, version)]


def set_up(kinds):
    """Make .venv if needed, then install each of these kinds in it."""
    began = time.time()
    why_new = needs_new_venv(venv_version())
    progress = Progress(steps=bool(why_new) + 2 * len(kinds) + ("course" in kinds))
    say("Setting up the course in %s" % ROOT)

    if why_new:
        progress.start(why_new)
        make_venv()
        progress.done()

    fetch_uv()
    for kind in kinds:
        install(kind, progress)
    say("Ready after %.0f s. The next start installs nothing.\n" % (time.time() - began))


def make_venv():
    """Make a new .venv, and leave nothing of it behind if that fails."""
    remove_venv()
    os.mkdir(VENV)
    mark_unfinished()
    try:
        watch([base_python(), "-I", "-m", "venv", "--without-pip", VENV])
        # A step of its own, since venv keeps to itself why it failed.
        watch([VENV_PYTHON, "-I", "-m", "ensurepip", "--upgrade", "--default-pip"])
    except Trouble:
        remove_venv()
        raise


def base_python():
    """Return a Python outside .venv: lab.py may have been started with the one inside."""
    inside = os.path.realpath(sys.prefix) == os.path.realpath(VENV)
    return getattr(sys, "_base_executable", sys.executable) if inside else sys.executable


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def remove_venv():
    if os.path.isdir(VENV) and not os.path.islink(VENV):
        # The mark goes last: what is left of an interrupted removal must still count as half-made.
        mark_unfinished()
        for name in os.listdir(VENV):
            path = os.path.join(VENV, name)
            if path != UNFINISHED:
                remove(path)
    remove(VENV)


def mark_unfinished():
    """From here to the stamp, a .venv that is found is half-made."""
    open(UNFINISHED, "wb").close()


def install(kind, progress):
    """Install one lock, and for the course the project itself; the stamp comes last."""
    try:
        Packages(kind, progress).install()
        if kind == "course":
            progress.start("Installing the course itself")
            translating = translate_first_imports()
            pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")
            translating.wait()
            progress.done()
        if os.path.exists(UNFINISHED):
            os.remove(UNFINISHED)
        write_stamp(kind, venv_version())
    except Trouble:
        if os.path.exists(UNFINISHED):
            remove_venv()
        raise


def translate_first_imports():
    """Begin to translate what the first start imports; nothing is lost if that fails."""
    command = [VENV_PYTHON, "-I", "-c", FIRST_IMPORTS]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=ROOT, env=surroundings(), **quiet)


def fetch_uv():
    """Have uv in .venv if it can be had, which takes a third of pip's time; where it can't, nothing is said."""
    if has_uv() or not os.path.exists(os.path.join(ROOT, UV_LOCK)):
        return
    try:
        pip("install", "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", UV_LOCK, quiet=True)
    except Trouble:
        return  # pip does it


def has_uv():
    return bool(glob.glob(os.path.join(glob.escape(site_packages()), "uv-*.dist-info")))


class Packages(object):
    """Install a lock with uv, or else with pip, and read from its words how far it is."""

    def __init__(self, kind, progress):
        self.kind, self.progress = kind, progress
        self.total, self.seen = len(locked(kind)), 0
        self.finished = threading.Event()
        self.counter = None

    def install(self):
        self.progress.start("Fetching the packages of %s" % LOCKS[self.kind])
        if has_uv() and self.install_with_uv():
            return
        try:
            pip("install", "--require-hashes", "--no-deps", "-r", LOCKS[self.kind], each_line=self.read)
        finally:
            self.finished.set()
            if self.counter:
                self.counter.join()
        if not self.counter:
            self.progress.done()
            self.progress.start("Installing: nothing new")
        self.progress.done()

    def install_with_uv(self):
        """Return whether uv has done it; pip, which comes next, says best why something can't be done."""
        before = os.path.exists(UNFINISHED)
        mark_unfinished()
        try:
            uv("pip", "install", "--require-hashes", "--no-deps", "-r", LOCKS[self.kind], each_line=self.read_uv)
        except Trouble:
            # uv fetches all before it installs any: where it came to nothing, what was there is as it was.
            if not before and not self.seen:
                os.remove(UNFINISHED)
            return False
        if self.seen:
            self.progress.done()
        return True

    def read_uv(self, line):
        # "Prepared 138 packages in 5.21s", "Installed 138 packages in 310ms", "Checked 138 packages in 4ms"
        said = re.match(r"(Prepared|Installed|Checked) (\d+) packages?", line)
        if not said:
            return
        if not self.seen:
            self.seen = int(said.group(2))
            self.progress.at(self.seen, self.seen, "fetched")
            self.progress.done()
            none = said.group(1) == "Checked"
            self.progress.start(
                "Installing: nothing new" if none else "Installing %d package%s" % (self.seen, "s" * (self.seen > 1))
            )

    def read(self, line):
        if line.startswith("Ignoring "):
            self.total -= 1
        elif line.startswith("Requirement already satisfied"):
            self.seen += 1
        elif line.startswith("Collecting "):
            self.arrives(line.split(" ")[1].replace("==", " "))
        elif re.match(r"Processing .*\.whl", line):
            # A mirror that is a folder: pip names the file.
            self.arrives(" ".join(re.split(r"[\\/]", line)[-1].split("-")[:2]))
        elif line.startswith("Installing collected packages:"):
            self.begin_installing(line.split(":", 1)[1].split(","))

    def arrives(self, package):
        self.seen += 1
        self.progress.at(self.seen, self.total, package)

    def begin_installing(self, names):
        mark_unfinished()
        self.progress.done()
        self.progress.start("Installing %d package%s" % (len(names), "s" * (len(names) > 1)))
        self.counter = threading.Thread(target=self.count, args=(len(names), len(installed())))
        self.counter.daemon = True
        self.counter.start()

    def count(self, total, before):
        """Count what has arrived: pip says nothing while it installs."""
        step = 1 if self.progress.rewrites else max(1, total // 5)
        while not self.finished.wait(0.3):
            done = min(len(installed()) - before, total) // step * step
            if done > 0:
                self.progress.at(done, total, "installed")


def installed():
    """Return the packages that .venv holds."""
    return glob.glob(os.path.join(glob.escape(site_packages()), "*.dist-info"))


def site_packages():
    library = "Lib" if WINDOWS else os.path.join("lib", "python*")
    found = glob.glob(os.path.join(glob.escape(VENV), library, "site-packages"))
    return found[0] if found else os.path.join(VENV, "Lib", "site-packages")


def pip(*arguments, **options):
    options_of_ours = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    command = [VENV_PYTHON, "-I", "-u", "-m", "pip"] + list(arguments) + options_of_ours
    watch(command, environment=for_pip(pip_settings()), **options)


def uv(*arguments, **options):
    command = [VENV_PYTHON, "-I", "-m", "uv"] + list(arguments) + ["--no-progress", "--python", VENV_PYTHON]
    watch(command, environment=for_uv(pip_settings()), quiet=True, **options)


def surroundings():
    """Return the environment for our processes."""
    return dict((name, value) for name, value in os.environ.items() if name not in MISLEADING)


def pip_settings():
    """Return where packages come from, {"index-url": address}, as the environment and pip's own files say."""
    asking = [VENV_PYTHON, "-I", "-m", "pip", "--disable-pip-version-check", "config", "list"]
    asked = subprocess.Popen(
        asking, env=surroundings(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    said = asked.communicate()[0].decode("utf-8", "replace")
    found = {}
    # What the environment says, ":env:.index-url", counts more than what a file says, "global.index-url".
    for section, name, value in re.findall(r"(?m)^(:env:|\w+)\.([a-z-]+)='(.*)'\r?$", said):
        if name in KEPT_OF_PIP and (section == ":env:" or name not in found):
            found[name] = " ".join(value.replace("\\n", " ").split())
    return found


def for_pip(settings):
    """Return the environment for pip: these settings, and no file of its own."""
    environment = dict((name, value) for name, value in surroundings().items() if not name.startswith("PIP_"))
    for name, value in settings.items():
        environment["PIP_" + name.upper().replace("-", "_")] = value
    environment["PIP_CONFIG_FILE"] = os.devnull
    return environment


def for_uv(settings):
    """Return the environment for uv: what pip's settings mean there."""
    environment = dict((name, value) for name, value in surroundings().items() if not name.startswith("UV_"))
    for name in ("UV_CACHE_DIR", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_NATIVE_TLS"):
        if name in os.environ:
            environment[name] = os.environ[name]
    meant = {
        "index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS",
        "trusted-host": "UV_INSECURE_HOST", "cert": "SSL_CERT_FILE", "timeout": "UV_HTTP_TIMEOUT",
    }  # fmt: skip
    for name, variable in meant.items():
        if settings.get(name):
            separator = "," if name == "find-links" else " "
            environment[variable] = separator.join(settings[name].split())
    if is_on(settings, "no-index"):
        environment["UV_NO_INDEX"] = "1"
    if is_on(settings, "no-cache-dir"):
        environment["UV_NO_CACHE"] = "1"
    if settings.get("proxy"):
        environment["HTTPS_PROXY"] = environment["HTTP_PROXY"] = settings["proxy"]
    environment["UV_NO_CONFIG"] = "1"
    return environment


def is_on(settings, name):
    return settings.get(name, "").lower() in ("1", "true", "yes", "on")


def watch(command, each_line=None, environment=None, quiet=False):
    """Run a command and read its lines as they come; raise the Trouble that they speak of if it fails."""
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment or surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    lines = []
    try:
        for raw in child.stdout:
            lines.append(raw.decode("utf-8", "replace").rstrip())
            if each_line:
                each_line(lines[-1])
        if child.wait() == 0:
            return
    except BaseException:
        child.terminate()
        child.wait()
        raise

    words = "\n".join(lines)
    if not quiet:
        keep_log(words)
    raise diagnose(words)


def keep_log(words):
    """Keep the whole output for whoever is asked to help; a disk that is full or read-only is no second trouble."""
    try:
        with open(LOG, "wb") as file:
            file.write(words.encode("utf-8"))
    except OSError:
        return
    say("\n(The whole output is in %s)" % os.path.relpath(LOG, ROOT))


class OneAtATime(object):
    """Keep a second lab.py from setting up the same .venv: a lock that the system drops when we end, however we end."""

    def __enter__(self):
        if not os.path.isdir(OWN_FOLDER):
            os.mkdir(OWN_FOLDER, 0o700)  # what one did and typed is nobody else's business
        self.file = open(os.path.join(OWN_FOLDER, "setup.lock"), "ab")
        try:
            self.take()
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                raise Trouble(
                    "Another lab.py is setting up this course.", "Wait until it is done, then run this again."
                )

    def take(self):
        if WINDOWS:
            import msvcrt

            self.file.seek(0)
            msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def __exit__(self, *_):
        self.file.close()


# Running what was asked for ------------------------------------------------------------------------------------------


def run(arguments):
    """Do what the command line asks; return the exit code where this process outlives it."""
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        print(__doc__.strip())
        return 0
    if not arguments or arguments[0].startswith("-"):
        return open_jupyterlab(options(arguments))
    if arguments[0] == "test":
        make_ready(["course", "test"])
        os.chdir(ROOT)
        return become(["-m", "pytest"] + SEVERAL_CORES + arguments[1:])

    make_ready(["course"])
    return become(["-m", "labsrv.cli"] + arguments)


def options(arguments):
    import argparse

    parser = argparse.ArgumentParser(prog="lab.py", description="Open the course in JupyterLab.")
    parser.add_argument("--no-browser", action="store_true", help="open the printed address yourself")
    parser.add_argument("--port", type=int, help="use this port and no other")
    parser.add_argument("--base-url", default="/", help="the path that it is reached under, behind a proxy or a hub")
    parser.add_argument("--ip", default="127.0.0.1", help="the address to listen on; 127.0.0.1, if not given")
    return parser.parse_args(arguments)


def open_jupyterlab(wishes):
    make_ready(["course"])
    port = free_port(wishes.port)
    os.chdir(ROOT)
    say("Opening JupyterLab on port %d. Ctrl-C here ends it.\n" % port)
    if wishes.ip not in LOOPBACK:
        say("It listens on %s: whoever reaches that and has its token runs programs as you.\n" % wishes.ip)
    environment = jupyterlab_environment()
    sockets = folder_of_sockets(os.path.join(environment["JUPYTER_DATA_DIR"], "runtime"))
    arguments = jupyterlab_options(port, wishes)
    if sockets:
        environment["JUPYTER_RUNTIME_DIR"] = sockets
        arguments.append("--KernelManager.transport=ipc")
    return become(["-m", "jupyterlab"] + arguments, environment)


def jupyterlab_options(port, wishes):
    """Stay on this machine, in this folder: no news, no update check, no shop for extensions."""
    page = "/lab/tree/" + FIRST_NOTEBOOK if os.path.exists(os.path.join(ROOT, FIRST_NOTEBOOK)) else "/lab"
    chosen = [
        "--ServerApp.root_dir=" + ROOT,
        "--ServerApp.ip=" + wishes.ip,
        "--ServerApp.base_url=" + wishes.base_url,
        "--ServerApp.port=%d" % port,
        "--ServerApp.port_retries=%d" % (0 if wishes.port else PORTS_TO_TRY),
        "--ServerApp.answer_yes=True",
        "--Application.log_level=WARN",
        "--LabApp.default_url=" + page,
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        "--LanguageServerManager.autodetect=False",
    ]
    if wishes.no_browser:
        chosen.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        chosen.append("--allow-root")
    return chosen


def jupyterlab_environment():
    """Keep the user's own ~/.jupyter, kernels and ~/.ipython out of the course, and the course out of them."""
    own = os.path.join(OWN_FOLDER, "jupyter")
    config = os.path.join(own, "config")
    write_settings(os.path.join(config, "labconfig"))
    return {
        "JUPYTER_CONFIG_DIR": config,
        "JUPYTER_DATA_DIR": os.path.join(own, "data"),
        "IPYTHONDIR": os.path.join(own, "ipython"),
    }


def folder_of_sockets(usual):
    """Return a folder of this user's alone in which kernels can listen, or None: then they take ports.

    Every user of a machine reaches its ports, and two kernels that start at once may choose the same one.
    """
    if WINDOWS or not hasattr(socket, "AF_UNIX"):
        return None
    others = [
        (os.environ.get("XDG_RUNTIME_DIR"), "authlab"),
        (tempfile.gettempdir(), "authlab-jupyter-%d" % os.getuid()),
    ]
    for folder in [usual] + [os.path.join(place, name) for place, name in others if place]:
        if len(os.fsencode(folder)) + LENGTH_OF_SOCKETS <= LONGEST_SOCKET and is_ours_alone(folder):
            return folder
    return None


def is_ours_alone(folder):
    """Make a folder, if need be; tell whether nobody else can look into it or has put it there."""
    try:
        if not os.path.isdir(folder):
            os.makedirs(folder, 0o700)
        found = os.lstat(folder)
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid():
            os.chmod(folder, 0o700)
            return True
    except EnvironmentError:
        pass
    return False


def write_settings(folder):
    """Change JupyterLab's defaults: it neither fetches news nor asks whether it may."""
    if not os.path.isdir(folder):
        os.makedirs(folder)
    with open(os.path.join(folder, "default_setting_overrides.json"), "wb") as file:
        file.write(json.dumps(JUPYTERLAB_DEFAULTS, indent=1).encode("utf-8"))


def free_port(wanted):
    """Return the port asked for, or else the first free one; raise Trouble if there is none."""
    if wanted:
        if is_free(wanted):
            return wanted
        raise Trouble(
            "Port %d is taken, or may not be used." % wanted,
            "Choose another one from 1024 to 65535, or leave --port away: then lab.py finds a free one.",
        )

    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY):
        if is_free(port):
            if port != FIRST_PORT:
                say("Port %d is taken (by another JupyterLab?); taking %d." % (FIRST_PORT, port))
            return port

    last = FIRST_PORT + PORTS_TO_TRY - 1
    raise Trouble("All ports from %d to %d are taken." % (FIRST_PORT, last), "Name a free one: --port 9000")


def is_free(port):
    """Tell whether nobody answers on a port and we may listen there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
        return False
    except (OSError, OverflowError):
        pass

    listener = socket.socket()
    try:
        if not WINDOWS:
            # A server that ended a moment ago still blocks its port without this.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        return True
    except (OSError, OverflowError):
        return False
    finally:
        listener.close()


def become(arguments, more_environment=()):
    """Become .venv's Python where the system can, so that signals and the exit code are its own."""
    environment = dict(
        surroundings(), VIRTUAL_ENV=VENV, PATH=VENV_BIN + os.pathsep + os.environ.get("PATH", os.defpath)
    )
    environment["AUTHLAB_COMMAND"] = "python3 lab.py"
    environment.update(more_environment)
    command = [VENV_PYTHON] + arguments
    sys.stdout.flush()
    if not WINDOWS:
        os.execve(VENV_PYTHON, command, environment)

    child = subprocess.Popen(command, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # The child got the Ctrl-C as well, and ends by itself.


def open_what_is_closed():
    """Let standard input, output and errors be there: what is opened next would take their place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if hasattr(os, "set_inheritable"):
                os.set_inheritable(opened, True)
            if getattr(sys, name) is None:
                setattr(sys, name, open(os.devnull, "r" if number == 0 else "w"))  # noqa: SIM115


def main(arguments):
    open_what_is_closed()
    try:
        refuse_old_python()
        return run(arguments)
    except Trouble as trouble:
        say("\n%s\n  Way out: %s" % (trouble.sentence, trouble.way_out))
        return 1
    except EnvironmentError as error:
        trouble = diagnose(str(error))
        say("\n%s\n  Way out: %s" % (trouble.sentence, trouble.way_out))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
