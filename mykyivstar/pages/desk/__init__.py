"""The desk: conversations, requests, prepared answers, figures (K6)."""
