"""What was found, for a reader, an editor, a sheet and a machine."""
