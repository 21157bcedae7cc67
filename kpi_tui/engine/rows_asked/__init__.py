"""What is asked of rows as they are, whatever the period."""
