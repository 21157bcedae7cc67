"""Raw files into prepared frames, with a profile of what was rejected and why."""
