"""A person asks the organization for a rotation: the questions, what is kept, and that it reaches the staff."""
