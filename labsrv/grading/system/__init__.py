"""What the operating system does for the grader: processes, forks, a channel between them, Linux's own calls."""
