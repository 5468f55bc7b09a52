"""Agent Studio: curate the agent definitions that coding assistants read."""

__version__ = "0.1.0"
