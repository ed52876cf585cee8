"""Excel workbooks: read as they are, and written by splicing bytes into the parts that must change."""
