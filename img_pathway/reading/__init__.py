"""What people tell of themselves and of others: claims, each with whom it is of, what it is about and whether it is so."""
