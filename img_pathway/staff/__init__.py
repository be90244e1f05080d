"""For people who look after the bot: checking content, looking things up, training."""
