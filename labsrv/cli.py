"""The one command: `authlab serve | check | grade | prove | …`. `authlab COMMAND --help` says more."""

import contextlib
import errno
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from labsrv.surroundings import begin_anew_if_misled, open_what_is_closed

PROBLEM, BROKEN_CHECK, INTERRUPTED = 2, 3, 130


class PlainCommands(click.Group):
    """A group whose commands turn expected errors into one sentence and exit code 2."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (LookupError, TypeError, OSError) as error:
            if os.environ.get("AUTHLAB_TRACEBACK"):
                raise
            raise click.UsageError(sentence_of(error)) from error


def sentence_of(error: Exception) -> str:
    """Return an expected error as one sentence."""
    if isinstance(error, OSError) and error.errno and error.filename:
        from labsrv.kit.unwritten import NO_RIGHT, NO_ROOM, why_unwritten

        # What is there and may be read was to be written; else nobody knows which of the two was wanted.
        writing = not os.path.exists(error.filename) or os.access(error.filename, os.R_OK)
        if error.errno in NO_ROOM | {errno.EROFS} or (error.errno in NO_RIGHT and writing):
            return why_unwritten(error)
    return str(error.args[0] if isinstance(error, LookupError) else error)


@click.group(cls=PlainCommands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Authlab: learn web authentication by breaking it, fixing it and proving the fix."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]

    # Before anybody edits one; `reset` needs the copies.
    from labsrv.grading.course import stubs

    with contextlib.suppress(OSError):
        stubs.keep_all()


@main.command()
@click.argument("technique")
@click.option("--flaw", "flaws", multiple=True, metavar="NAME", help="Plug in a flawed decision. Repeatable.")
@click.option("--port", default=0, show_default="a free one", help="The port on 127.0.0.1.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON when ready.")
@click.option("--traffic", type=click.Path(dir_okay=False, path_type=Path), help="Write exchanges here, as JSON lines.")
def serve(technique: str, flaws: tuple[str, ...], port: int, as_json: bool, traffic: Path | None) -> None:
    """Run a lesson's lab in the foreground, for a real browser. Ctrl-C ends it."""
    from labsrv.kit.http.server import PortTaken
    from labsrv.kit.store import StoreUnavailable
    from labsrv.labs import start

    # The default would be to die without stopping the lab.
    ended = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, frame: ended.set())

    try:
        lab = start(technique, port=port, **flaws_named(technique, flaws))
    except (PortTaken, StoreUnavailable) as error:
        raise click.UsageError(str(error)) from error

    sites = {name: site.url for name, site in lab.sites.items()}
    # Line by line, so that another program can follow while the lab runs.
    if traffic:
        from labsrv.kit.http.traffic import as_json as line

        file = traffic.open("a", encoding="utf-8", buffering=1)
        lab.traffic.listeners.append(lambda exchange: print(line(exchange), file=file))
    if as_json:
        print(json.dumps({"lab": lab.name, "pid": os.getpid(), "sites": sites}), flush=True)
    else:
        for name, url in sites.items():
            click.echo(f"{name:12} {url}")
        people = ", ".join(f"{each.name} / {each.password}" for each in lab.people.values())
        click.echo(f"People: {people}\nCtrl-C ends it.")

    wait_for(ended)
    lab.stop()


def wait_for(ended: threading.Event) -> None:
    """Wait in slices: on Windows a wait without an end can't be interrupted."""
    while not ended.wait(0.2):
        continue


def flaws_named(technique: str, names: tuple[str, ...]) -> dict[str, Callable[..., Any]]:
    """Return the named flaws by the decisions they replace."""
    from labsrv.labs import flaws_of

    if not names:
        return {}
    known = flaws_of(technique)
    for name in names:
        if name not in known:
            raise LookupError(f"{technique} has no flaw {name!r}. It has {', '.join(known)}.")
    replaced: dict[str, Callable[..., Any]] = {known[name].of: known[name] for name in names}  # type: ignore[attr-defined]
    if len(replaced) == len(names):
        return replaced

    raise click.UsageError("Two of these flaws replace the same decision: choose one of them.")


@main.command()
@click.option("--issuer", default="http://127.0.0.1:9000", show_default=True, help="Where it is. Port 0: a free one.")
@click.option(
    "--clients",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A list of clients, as JSON, by the names of RFC 7591.",
)
@click.option(
    "--resource", "resources", multiple=True, metavar='"URL SCOPE…"', help="An API and its scopes. Repeatable."
)
@click.option("--fault", "faults", multiple=True, metavar="NAME", help="Answer wrongly in this way. Repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON when ready.")
def provider(issuer: str, clients: Path, resources: tuple[str, ...], faults: tuple[str, ...], as_json: bool) -> None:
    """Run the OpenID Provider alone, to try clients against it. Ctrl-C ends it."""
    from labsrv.kit.http.server import PortTaken
    from labsrv.kit.store import StoreUnavailable
    from labsrv.provider.command import ProviderProblem, read_clients, read_resources, run_alone

    run_until_it_is_ended(
        lambda: run_alone(issuer, read_clients(clients), read_resources(resources), list(faults)),
        (PortTaken, ProviderProblem, StoreUnavailable),
        as_json,
    )


@main.command("relying-party")
@click.option("--issuer", required=True, help="The provider, as its discovery document calls itself.")
@click.option("--client-id", required=True, help="What the provider calls this application.")
@click.option("--client-secret", required=True, help="The secret that the provider has given it.")
@click.option("--port", default=3000, show_default=True, help="Where it is, on this machine. 0: a free one.")
@click.option("--acr-values", default="", help="What kind of login to ask for.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON when ready.")
def relying_party(issuer: str, client_id: str, client_secret: str, port: int, acr_values: str, as_json: bool) -> None:
    """Run the shop of the OpenID Connect lesson alone, against any provider. Ctrl-C ends it."""
    from labsrv.kit.http.server import PortTaken
    from labsrv.kit.store import StoreUnavailable
    from labsrv.labs.oidc.alone import RelyingPartyProblem, run_shop

    run_until_it_is_ended(
        lambda: run_shop(issuer, client_id, client_secret, port, acr_values),
        (PortTaken, RelyingPartyProblem, StoreUnavailable),
        as_json,
    )


@main.command()
@click.option(
    "--policy",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The policy, as JSON.",
)
@click.option(
    "--data",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Subjects and resources with their properties, as JSON: what searches go through.",
)
@click.option("--port", default=9100, show_default=True, help="Where it is, on this machine. 0: a free one.")
@click.option("--token", default="", help="Answer only those who send this bearer token.")
@click.option("--explain", is_flag=True, help="Say of each decision which rules it comes from, and what they read.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON when ready.")
def pdp(policy: Path, data: Path | None, port: int, token: str, explain: bool, as_json: bool) -> None:
    """Run a policy decision point alone, for any PEP that speaks AuthZEN 1.0. Ctrl-C ends it."""
    from labsrv.kit.http.server import PortTaken
    from labsrv.kit.store import StoreUnavailable
    from labsrv.policy.command import PdpProblem, run_pdp

    run_until_it_is_ended(
        lambda: run_pdp(policy, data, port, token, explain), (PdpProblem, PortTaken, StoreUnavailable), as_json
    )


def run_until_it_is_ended(start: Callable[[], Any], refused: tuple[type[Exception], ...], as_json: bool) -> None:
    """Run what `start` returns, which says where it is, until a signal comes; it is refused with a sentence."""
    ended = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, frame: ended.set())

    try:
        alone = start()
    except refused as error:
        raise click.UsageError(str(error)) from error

    print(json.dumps(alone.as_json()) if as_json else alone.as_text(), flush=True)
    wait_for(ended)
    alone.lab.stop()


@main.command()
@click.argument("names", nargs=-1)
@click.option(
    "--submission", type=click.Path(exists=True, path_type=Path), help="Take the code from this folder or file."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: an object for one exercise, a list for several.")
@click.option("--hints", default=0, help="Show so many hints for each promise that is broken.")
@click.option("--seed", help="Draw names, ids and passwords from this seed.")
def check(names: tuple[str, ...], submission: Path | None, as_json: bool, hints: int, seed: str | None) -> None:
    """Check exercises: `02_sessions/renew_id`, `renew_id`, a lesson, or all of them.

    Exit code: 0 all points earned, 1 not all, 2 usage, 3 a check itself is broken.
    """
    from labsrv.grading.forks.start import start_zygote

    start_zygote()  # it imports while we do
    from labsrv.grading.checks.run import Interrupted, run
    from labsrv.grading.course.exercises import exercises, find

    for name in names:
        if "=" in name:
            option, _, value = name.partition("=")
            raise click.UsageError(f"In a terminal an option has two dashes: --{option} {value}")

    # A folder has a file for each exercise; a single file can stand for one alone.
    wanted = [each for name in names for each in find(name)] or exercises()
    if submission and submission.suffix == ".py" and len(wanted) != 1:
        raise click.UsageError("A single file goes with a single exercise: name it.")
    if submission and submission.suffix != ".py" and not submission.is_dir():
        raise click.UsageError(
            f"{submission.name} is neither a folder nor a .py file. `grade` takes zips; or unpack it."
        )

    try:
        reports = run(wanted, submission, seed)
    except Interrupted:
        click.echo("Stopped. Nothing was recorded; your files are as they were.", err=True)
        sys.exit(INTERRUPTED)

    if as_json:
        rows = [report.as_json() for report in reports]
        print(json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False))
    else:
        for report in reports:
            report.shown_hints, report.in_terminal = hints, True
            console().print(report, "")
    # A broken check is nobody's answer, so it must not look like points that are missing.
    if any(report.broken for report in reports):
        sys.exit(BROKEN_CHECK)
    sys.exit(0 if all(report.done for report in reports) else 1)


@main.command()
def progress() -> None:
    """Show where you are in the course: each exercise's best result, the next one, and the requirements met."""
    from labsrv.grading.course.overview import overview

    console().print(overview())


@main.command()
@click.argument("name")
def reset(name: str) -> None:
    """Put an exercise's stub back. Your own version is kept beside it."""
    from labsrv.grading.course.exercises import find
    from labsrv.grading.course.stubs import reset

    for exercise in find(name):
        aside = reset(exercise)
        kept = f"Your version is kept as {aside.name}." if aside else "Nothing of yours was there."
        click.echo(f"{exercise.name} is as it came. {kept}")


@main.command()
@click.option("--name", help="What the zip is called: your name in the class.  [default: your user name]")
@click.option("--to", "folder", default=".", type=click.Path(file_okay=False, path_type=Path), help="Where to put it.")
def submit(name: str | None, folder: Path) -> None:
    """Make a zip of your exercises to hand in."""
    from labsrv.grading.classroom.handin.submitting import NotSubmitted, submit
    from labsrv.kit.addresses.names import user

    try:
        path, touched, left = submit(name or user(), folder)
    except NotSubmitted as error:
        raise click.UsageError(str(error)) from error

    click.echo(f"{path} has what you worked on: {', '.join(touched)}.")
    if left:
        click.echo(f"The {len(left)} that are still as they came are in it as well.")


@main.command()
@click.argument("submissions", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("students", nargs=-1, metavar="[--regrade [STUDENT]...]")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where the grades go.")
@click.option("--only", metavar="LESSON[/EXERCISE]", help="Grade this alone.")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many to grade at a time.  [default: one a core]")
@click.option("--checks", type=click.Path(exists=True, file_okay=False, path_type=Path), help="More checks, hidden.")
@click.option("--seed", help="Draw names, ids and passwords from this seed.  [default: one for each gradebook]")
@click.option("--regrade", is_flag=True, help="Grade again what is known already: of these students, or of all.")
@click.option("--latest", is_flag=True, help="Take the latest of a student's several submissions.")
@click.option("--reports", type=click.Path(file_okay=False, path_type=Path), help="Write a report a student here.")
@click.option("--show-hidden", is_flag=True, help="Let the reports show what hidden checks promise.")
@click.option("--require-sandbox", is_flag=True, help="Grade with the whole sandbox or not at all.")
def grade(submissions: Path, students: tuple[str, ...], regrade: bool, **options: Any) -> None:
    """Grade a class: SUBMISSIONS has a folder or a .zip for each student.

    Exit code: 0 the class was graded, whatever the grades; 2 usage; 3 a check can't be run; 130 stopped by Ctrl-C. What
    was graded by then is kept, and the same command goes on from there.
    """
    if students and not regrade:
        raise click.UsageError(f"{students[0]!r} comes after the folder of submissions: did you mean --regrade?")

    from labsrv.grading.classroom.command import grade

    sys.exit(grade(submissions, students if regrade else None, **options))


@main.command()
@click.argument("names", nargs=-1, metavar="[LESSON[/EXERCISE]]...")
@click.option("--checks", type=click.Path(exists=True, file_okay=False, path_type=Path), help="More checks, hidden.")
@click.option("--json", "as_json", is_flag=True, help="Print one object of JSON.")
@click.option("--mutants", type=click.IntRange(0), help="Draw so many of each exercise.  [default: all]")
@click.option("--no-mutants", is_flag=True, help="Leave them out.")
@click.option(
    "--times", type=click.IntRange(1), help="Judge each so often.  [default: 5 where a race is in it, else 1]"
)
@click.option("--jobs", type=click.IntRange(1, 64), help="How many to judge at a time.  [default: one a core]")
@click.option("--seed", default="0", show_default=True, help="Draw names, ids, passwords and mutants from this seed.")
def prove(
    names: tuple[str, ...],
    checks: Path | None,
    as_json: bool,
    mutants: int | None,
    no_mutants: bool,
    times: int | None,
    jobs: int | None,
    seed: str,
) -> None:
    """Prove the checks: what is right earns all points, what is wrong is noticed, and each run says the same.

    Stub, solution, other right answers, near misses, and mutants that are made of the solution. Exit code: 0 proved; 1
    not; 2 usage; 3 a check itself broke; 130 stopped by Ctrl-C.
    """
    from labsrv.grading.classroom.command import cores
    from labsrv.grading.proving.command import prove
    from labsrv.grading.proving.judging import ProofOptions

    hidden = checks.resolve() if checks else None
    sys.exit(
        prove(ProofOptions(names, jobs or cores(), hidden, seed, times, 0 if no_mutants else mutants), as_json=as_json)
    )


@main.command()
def doctor() -> None:
    """Say what this machine has, and what is missing for what."""
    from labsrv.doctor import findings

    for finding in findings():
        click.echo(f"{finding.sign} {finding.name}: {finding.what}")
        if finding.way_out:
            click.echo(f"    {finding.way_out}")


@main.command()
@click.argument("names", nargs=-1)
def bench(names: tuple[str, ...]) -> None:
    """Measure this machine: each figure beside its baseline of the same run."""
    import runpy

    from labsrv.grading.course.exercises import root

    files = {each.stem: each for each in sorted((root() / "benchmarks").glob("[a-z]*.py"))}
    for name in names or files:
        if name not in files:
            raise LookupError(f"There is no benchmark {name!r}. There are {', '.join(files)}.")
        runpy.run_path(str(files[name]), run_name="__main__")


def console() -> Console:
    """Return a console that neither cuts nor folds lines when nobody watches."""
    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False)


def run() -> None:
    """Run the command, by the name that it was called by."""
    main(prog_name=os.environ.get("AUTHLAB_COMMAND", "authlab"))


if __name__ == "__main__":
    open_what_is_closed()
    begin_anew_if_misled("labsrv.cli")
    run()
