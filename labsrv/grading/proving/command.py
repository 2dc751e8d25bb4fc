"""`authlab prove`, from what was asked for to the exit code."""

import json
import sys
import time

import click
from rich.console import Console

from labsrv.grading.classroom.output.progress_bar import progress_of
from labsrv.grading.proving import output
from labsrv.grading.proving.findings import findings
from labsrv.grading.proving.judging import Proof, ProofOptions
from labsrv.grading.proving.verdicts import BROKE
from labsrv.kit.errors import SaidPlainly

PROVED, FAULTS, BROKEN_CHECK, INTERRUPTED = 0, 1, 3, 130


def prove(options: ProofOptions, *, as_json: bool) -> int:
    """Prove the checks, show how far it is, and return the exit code."""
    watched = sys.stdout.isatty()
    console = Console(soft_wrap=not watched, width=None if watched else 120, highlight=False)
    began = time.monotonic()
    try:
        proof = Proof(options)
        for stage in proof.stages():
            with progress_of(stage, Console(stderr=True) if as_json else console) as progress:
                for event in stage.work():
                    progress.show(event)
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing is kept of what was judged.", err=True)
        return INTERRUPTED
    except SaidPlainly as error:
        raise click.UsageError(str(error)) from error

    found = findings(proof)
    seconds = time.monotonic() - began
    if as_json:
        print(json.dumps(output.as_json(found, options.seed, seconds), ensure_ascii=False))
    else:
        console.print(output.ProofSummary(found, seconds))
    kinds = {fault.kind for each in found for fault in each.faults}
    return BROKEN_CHECK if BROKE in kinds else FAULTS if kinds else PROVED
