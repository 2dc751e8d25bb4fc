"""A signed token taken apart, judged, edited and sent."""
