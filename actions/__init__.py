"""Rasa actions: slots in, a pure function of img_pathway, a Reply out. No medicine in here."""
