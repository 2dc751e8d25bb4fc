"""Grading a class: submissions in, a gradebook out.

    intake ──▶ jobs ──▶ crew ──▶ worker (pytest, the checks collected once) ──▶ hosts
                          │
                          └──▶ gradebook (one transaction a result) ──▶ grades.csv, the summary, reports

Whoever hands in is trusted with nothing: not with a file's name, not with a zip's table of contents, not
with a manifest.
"""
