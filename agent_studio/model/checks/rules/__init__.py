"""The rules, one module each, named by id and name."""
