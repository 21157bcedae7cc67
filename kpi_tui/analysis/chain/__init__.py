"""What a chain means: weak link, usual swing, broken links, ceilings, mistaken views (R073-R084).

Owns the findings of a chain. Never scores it.
"""
