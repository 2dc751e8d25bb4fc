"""A small Zanzibar: who may do what follows from relations between objects, and from nothing else."""
