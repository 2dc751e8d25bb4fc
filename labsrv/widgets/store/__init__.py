"""What the store holds, and what each step changed in it."""
