"""Fault injection: killed processes, lost power, full and failing disks, damaged files, long runs.

The smaller counts run with the suite; ``make torture`` runs the larger ones.
"""
