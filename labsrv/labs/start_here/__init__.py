"""A first look around: one door, and the one question that is asked at it."""
