"""Outcome → str: what people read on a terminal, and what programs read."""
