"""Commands that answer for people and posts: score, role, chain, private domain."""
