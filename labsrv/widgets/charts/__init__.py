"""Charts of what was measured or computed, told in words as well."""
