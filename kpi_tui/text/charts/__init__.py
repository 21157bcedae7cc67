"""Charts of characters: lines, bars, heat maps. Plain text that reads without colour, in ASCII when asked.

Owns where what stands in a room of cells. Never knows a View, a colour or an answer: `render/charts/` hands both over.
plotext and textual-plot were looked at first: the one keeps one global figure and prints its own escape sequences, the
other needs numpy; neither leaves a gap where a value is not known, marks a period that is not over, hangs the bars of
a waterfall, or draws the same picture as SVG.
"""
