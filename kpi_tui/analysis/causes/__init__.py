"""What moved a number: Shapley, LMDI, substitution, metric trees (spec R164-R166)."""
