"""Who is logged in where, and what is still good after a log-out."""
