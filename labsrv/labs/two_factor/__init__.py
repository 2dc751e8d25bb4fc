"""A second factor: what one has, beside what one knows."""
