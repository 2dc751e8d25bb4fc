"""JSON Web Tokens: claims that whoever holds a key can check, and nobody can take back."""
