"""Every section of RFC 6265bis' user agent requirements has rows in these tables."""

from collections import Counter

from tests.kit.addresses import test_sites
from tests.kit.cookies import (
    test_dates,
    test_jar,
    test_matching,
    test_parsing,
    test_retrieving,
    test_retrieving_same_site,
    test_storing,
    test_storing_prefixes,
)

TABLES = (
    test_sites,
    test_dates,
    test_matching,
    test_parsing,
    test_storing_prefixes,
    test_storing,
    test_jar,
    test_retrieving_same_site,
    test_retrieving,
)

# draft-ietf-httpbis-rfc6265bis-22, section 5, whole.
SECTIONS = {
    "5.1": "Subcomponent Algorithms",
    "5.1.1": "Dates",
    "5.1.2": "Canonicalized Host Names",
    "5.1.3": "Domain Matching",
    "5.1.4": "Paths and Path-Match",
    "5.2": '"Same-site" and "cross-site" Requests',
    "5.2.1": "Document-based requests",
    "5.2.2": "Worker-based requests",
    "5.2.2.1": "Dedicated and Shared Workers",
    "5.2.2.2": "Service Workers",
    "5.3": "Ignoring Set-Cookie Header Fields",
    "5.4": "Cookie Name Prefixes",
    "5.5": "Cookie Lifetime Limits",
    "5.6": "The Set-Cookie Header Field",
    "5.6.1": "The Expires Attribute",
    "5.6.2": "The Max-Age Attribute",
    "5.6.3": "The Domain Attribute",
    "5.6.4": "The Path Attribute",
    "5.6.5": "The Secure Attribute",
    "5.6.6": "The HttpOnly Attribute",
    "5.6.7": "The SameSite Attribute",
    "5.6.7.1": '"Strict" and "Lax" enforcement',
    "5.6.7.2": '"Lax-Allowing-Unsafe" enforcement',
    "5.7": "Storage Model",
    "5.8": "Retrieval Model",
    "5.8.1": "The Cookie Header Field",
    "5.8.2": "Non-HTTP APIs",
    "5.8.3": "Retrieval Algorithm",
}

# These require nothing by themselves; the sections below them do.
HEADINGS = {"5.1", "5.2.2", "5.8"}


def tables() -> list[list]:
    """Return every table of these files: the lists of rows that the tests go through."""
    found = []
    for module in TABLES:
        found += [getattr(module, table) for table in ("ROWS", "SEQUENCES", "HEADERS") if hasattr(module, table)]

    return found


def test_no_section_is_without_a_row(record_figure):
    """Each section that requires something has a row, and no row cites a section that is none."""
    rows = Counter(row.section for table in tables() for row in table)

    assert set(rows) == set(SECTIONS) - HEADINGS
    assert all(any(section.startswith(f"{heading}.") for section in rows) for heading in HEADINGS)

    for section, title in SECTIONS.items():
        if section not in HEADINGS:
            record_figure(f"RFC 6265bis {section} {title}: rows", rows[section])
    record_figure("RFC 6265bis, section 5: rows in all", rows.total())


def test_no_two_rows_have_one_name():
    """A row's name is its test's id, so that a failure names one rule."""
    for table in tables():
        names = Counter(f"{row.section} {row.name}" for row in table)
        assert [name for name, count in names.items() if count > 1] == []
