"""What the provider remembers, as rows of the lab's store: nothing of it lives in a process."""
