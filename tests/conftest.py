"""The databases and the fixed points that every test may use."""
