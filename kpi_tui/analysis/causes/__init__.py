"""What moved a number: Shapley, LMDI, substitution, metric trees (R164–R166).

Owns how a change is split over factors. Never chooses the factors.
"""
