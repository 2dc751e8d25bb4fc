"""Proving the checks: right answers in, wrong answers in, and what the checks make of them.

    answers ──▶ judging (the workers that grade a class) ──▶ verdicts ──▶ findings ──▶ output
       └── mutants ◀── rules                                    listed, nearest ──┘

A check is right when a right answer passes it, in whatever way it is right, and a wrong one does not, each time.
"""
