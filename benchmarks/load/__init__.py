"""How many people the bot answers at once, beside what `rasa init` gives, and what it takes."""
