"""What a name is, of which type, and whom or what it names."""
