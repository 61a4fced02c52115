"""Talking to a person: conversations, their queue, attachments, tickets and the desk's figures (K1, K2, K5, K6)."""
