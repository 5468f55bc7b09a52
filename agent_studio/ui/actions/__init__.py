"""What the commands of the main screen do, one group of them in each module."""
