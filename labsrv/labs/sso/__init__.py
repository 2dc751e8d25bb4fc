"""Single sign-on: one login for two applications, the API behind them, and all the ways out."""
