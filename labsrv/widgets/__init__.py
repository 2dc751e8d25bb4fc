"""What one looks at. Knows no technique: everything here takes the kit's data."""
