"""Measuring Beleg: suites of questions, scores, reports."""
