"""Values and pure functions: everything the studio knows, and every change to it, without any I/O."""
