"""Data folder in, static HTML out: the public monitor in every language, complete without script.

:func:`thuis.site.build.build_site` makes it. Imported where it is used: a service that only takes words or
headers of the site does not load what draws figures.
"""
