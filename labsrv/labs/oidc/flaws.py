"""What goes wrong with logins at providers: each function is the flawed version of one decision; its name confesses."""
