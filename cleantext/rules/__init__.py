"""The built-in rules: one module per family; adding one edits no other file."""
