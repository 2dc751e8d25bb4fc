"""Programs that are started by their names, and imported by nobody else."""
