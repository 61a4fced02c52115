"""Talking to a specialist: the choice, the conversation, requests."""
