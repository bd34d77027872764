"""The monitor or a theme as a report: an accessible PDF, a Word file, and a brief of two pages."""
