"""The desk: conversations and what people say of their results, suite cases made of that, deleted articles, samples."""
