"""The dashboard beside the framework itself: events, connecting, memory."""
