"""The production server: the front end and the application on one port, supervised."""
