"""What the cells of 03_jwt must say."""

SAYS: dict = {}
