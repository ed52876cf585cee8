"""A small made-up company, Harbourline, with the OKR workbooks such a company keeps."""

from __future__ import annotations

from okrsync.demo.workbooks import DemoBook, write_demo

__all__ = ["DemoBook", "write_demo"]
