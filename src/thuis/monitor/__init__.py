"""The pipeline from a project folder to a public monitor: the one room that knows all stages."""
