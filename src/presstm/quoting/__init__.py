"""What is quoted, and who speaks."""
