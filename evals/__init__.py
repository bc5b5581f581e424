"""Suites of questions -> runs -> figures with intervals: whether answers got better, and for which questions."""
