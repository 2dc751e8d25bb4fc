"""A browser to use with one's hands: its page in a frame, and a window with all that belongs to it."""
