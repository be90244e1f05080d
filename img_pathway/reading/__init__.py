"""What people tell, as claims: of whom, about what, and whether it is so."""
