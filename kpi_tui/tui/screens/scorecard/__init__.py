"""The Scorecard screen."""
