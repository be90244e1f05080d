"""How well, how fast and how lightly messages are understood: own test set, yardstick and public data sets."""
