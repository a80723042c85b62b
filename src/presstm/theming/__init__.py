"""Themes of sentences: training and judging the classifier, rules, shares."""
