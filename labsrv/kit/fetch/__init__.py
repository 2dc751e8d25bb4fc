"""One request of a browser, by Fetch: which headers, which redirects, who may read the answer."""
