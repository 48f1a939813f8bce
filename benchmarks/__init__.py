"""Speed measured on reports of our own making (see generator.py), printed as figures per core and as ratios."""
