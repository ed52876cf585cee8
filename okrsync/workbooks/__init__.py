"""The adapters: one per kind of workbook, each fulfilling the Workbook Protocol of edits.py."""
