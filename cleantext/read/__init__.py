"""Readers: a source in, a Document out."""
