"""The reader scored against what people decided at the desk."""

from crossread.evaluate.scores import LayerScore, StoreScores, evaluate_store
from crossread.evaluate.table import score_table

__all__ = ["LayerScore", "StoreScores", "evaluate_store", "score_table"]
