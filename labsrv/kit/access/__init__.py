"""What policies, labs and views say to each other of access: a question, the decision, and what would turn it."""
