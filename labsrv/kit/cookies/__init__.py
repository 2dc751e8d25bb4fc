"""The cookies of one browser, by RFC 6265bis: how they are parsed, stored, chosen and explained."""
