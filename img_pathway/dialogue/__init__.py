"""One turn of talk: from what a person wrote and what is remembered to a Reply. Pure: no Rasa in here."""
