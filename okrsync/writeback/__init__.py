"""Everything that will be written, planned as edits before anything is; and applying them."""

from __future__ import annotations

from okrsync.writeback.planning import Plan, Task, apply, plan

__all__ = ["Plan", "Task", "apply", "plan"]
