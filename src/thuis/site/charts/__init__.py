"""Charts as plain values: positions in per cent, words ready to print; the templates only place them.

Every position is a share of the drawing's width or height, so a chart stretches to its column while its text
keeps its size, and the same figure always gives the same bytes.
"""
