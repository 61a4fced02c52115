"""Reflex plugins that make the front end what it is: texts, fonts, head, and the finish of the build."""
