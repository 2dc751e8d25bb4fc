"""Mail and text messages: how they are written, sent, caught and read."""
