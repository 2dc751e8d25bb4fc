"""What would have to change for the other answer: values to try, repairs of conditions, and the search."""
