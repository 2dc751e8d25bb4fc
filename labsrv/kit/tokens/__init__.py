"""Signed tokens as one reads them: parts, keys, signatures, and why one does not hold."""
