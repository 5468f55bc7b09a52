"""Small questions in the middle of the screen."""
