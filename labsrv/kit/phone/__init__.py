"""Somebody's phone with its authenticator app. Closed to submissions: its codes are what exercises ask for."""
