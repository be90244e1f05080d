"""Language understanding: sentence vectors, topics and the safety net, as Rasa graph components."""
