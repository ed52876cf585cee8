"""okrsync reads the OKR spreadsheets a team already keeps and writes back where every key result stands."""

__version__ = "0.1.0"
