"""The processes that submissions are forked from, and our ends of them."""
