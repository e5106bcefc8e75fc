"""Measurements of cleantext on labelled pages, and the fit of its body score. Not part of the package."""
