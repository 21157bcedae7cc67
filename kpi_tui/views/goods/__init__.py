"""What is bought together, what sells and what earns. Owns the layout of these answers; never computes one."""
