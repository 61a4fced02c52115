"""What people are told of what happens to their things: by SMS, by letter and in the app, as they chose (M5)."""
