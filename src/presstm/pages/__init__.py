"""How an HTML page becomes an article: its text, its metadata, its parts."""
