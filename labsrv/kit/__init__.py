"""What every lab needs. Knows no technique and no notebook."""
