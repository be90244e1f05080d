"""What the parts of the bot show of their work: logs and figures, with nothing in them that a person wrote."""
