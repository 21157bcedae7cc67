"""What the numbers mean: the weak link, the way to a metric."""
