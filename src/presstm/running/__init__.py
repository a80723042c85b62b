"""Work in batches, over workers, under locks, and what is kept of it for the next run."""
