"""Grading a class: submissions in, a gradebook out.

    handin ──▶ jobs ──▶ pool ──▶ worker (pytest, the checks collected once) ──▶ submissions' processes
                          │
                          └──▶ gradebook (one transaction a result) ──▶ output: grades.csv, the summary, reports

Whoever hands in is trusted with nothing: not with a file's name, not with a zip's table of contents, not
with a manifest.
"""
