"""A policy decision point: rules over attributes, decisions with their reasons, and the engines beside it.

NIST SP 800-162 tells four points apart. The PAP is whoever edits a policy file; the PDP is `deciding.decide`; PIP and
PEP are the site's: where attributes come from, and where the decision is carried out.
"""
