"""What a lesson is made of: a lab, its sites' looks, races, attacks."""
