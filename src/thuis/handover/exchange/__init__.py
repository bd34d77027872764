"""The figures in the forms that other systems take: SDMX, JSON-stat, SQLite, DCAT-AP."""
