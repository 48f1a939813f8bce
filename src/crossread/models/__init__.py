"""Shipped weights, and the loader that checks them before use."""
