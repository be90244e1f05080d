"""Running the bot: the model for the present data, the action server and Rasa, and a chat in the terminal."""
