"""What each host makes of an agent file."""
