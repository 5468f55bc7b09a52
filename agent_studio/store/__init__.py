"""The only code that opens files: where agents live, reading them, writing changes, and noticing what others change."""
