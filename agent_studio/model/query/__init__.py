"""The filter language of the list, of `--where` and of saved views."""
