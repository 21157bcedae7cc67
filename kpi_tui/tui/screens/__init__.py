"""The screens: they compose and route, and never compute."""
