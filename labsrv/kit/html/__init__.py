"""Pages as data: what a person reads on one, and the forms that can be sent."""
