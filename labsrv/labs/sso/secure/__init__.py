"""The textbook version of each decision, one to a file. Those of the provider are in `labsrv/provider/secure`."""
