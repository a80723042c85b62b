"""Statistics of words: specificities, factors, classes of segments."""
