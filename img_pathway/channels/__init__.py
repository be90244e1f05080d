"""Where people write: channels of Rasa over one core that keeps turns in order, answered once, and never silent."""
