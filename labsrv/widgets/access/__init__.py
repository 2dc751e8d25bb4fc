"""Who may do what: the matrix that was really asked, and one decision with every rule that it read."""
