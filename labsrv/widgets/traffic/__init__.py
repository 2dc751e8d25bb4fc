"""What went over the wire: a sequence diagram, and all there is to know of one exchange."""
