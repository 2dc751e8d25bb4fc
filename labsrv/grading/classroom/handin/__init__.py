"""What a class hands in: found, read with distrust, and packed."""
