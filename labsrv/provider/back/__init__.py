"""What programs call: the back channel, which no browser sees."""
