"""Language models that write: one file a wire form."""
