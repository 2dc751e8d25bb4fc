"""A course as data: its exercises, their promises, stubs and reports, and a learner's progress."""
