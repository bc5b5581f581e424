"""Servers of language models on loopback that play a script: one file a wire form."""
