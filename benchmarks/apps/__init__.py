"""Small interfaces that are measured beside the studio's."""
