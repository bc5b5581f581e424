"""The archive over HTTP, for other people's programs."""
