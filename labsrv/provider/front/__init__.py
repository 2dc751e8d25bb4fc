"""What people open in a browser: the front channel, where whatever is said passes through their hands."""
