"""What a sheet looks like: Grid → Mappings, in small steps that each say what they saw."""
