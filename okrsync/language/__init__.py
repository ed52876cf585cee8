"""What a key-result sentence says: metric, baseline, target, unit, direction, deadline, in any language with data."""

from okrsync.language.metric import Condition, Span, StatedMetric
from okrsync.language.sentences import read_metric

__all__ = ["Condition", "Span", "StatedMetric", "read_metric"]
