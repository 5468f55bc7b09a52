"""The command line: every verb works on the same model and store as the interface, and never loads Textual."""
