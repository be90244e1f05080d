"""Commands of `img-pathway`, a file for each kind of work; every command is a function that others may call."""
