"""The provider's decisions as the standards have them, one to a file."""
