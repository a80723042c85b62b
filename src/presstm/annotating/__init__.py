"""How an article becomes sentences and tokens: the language model, the lines it is fed, where sentences start."""
