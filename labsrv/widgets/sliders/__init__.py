"""A few controls that move what a decision is made of."""
