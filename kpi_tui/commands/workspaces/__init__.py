"""Commands about a workspace itself: demo, init, check, tables, metrics, doctor, completion, the app."""
