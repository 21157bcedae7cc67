"""The Chain screen: links, weeks, roll-over, points and baseline."""
