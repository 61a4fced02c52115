"""The charge calendar (O2) and its forecast (C6): what will be taken, in which order, and what is missing by when."""
