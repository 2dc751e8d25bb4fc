"""Role-based access control: who may do what, by the roles that they have."""
