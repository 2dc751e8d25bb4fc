"""What can be addressed: URLs, sites, the names of labs, the secret in an enrolment."""
