"""A browser that explains itself: what it sends, what it shows, what it remembers."""
