"""What may be wrong with agents: one rule in one file, judged by what the host does."""
