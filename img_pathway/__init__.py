"""Eligibility and pathway chatbot for international medical graduates."""
