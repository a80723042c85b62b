"""A local explorer: the report and a live concordance of one study, served on 127.0.0.1 for corpora too large for a page."""
