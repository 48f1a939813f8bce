"""Tables that reading and linking go by: PLOVER and CAMEO, actors, places, units, cues, furniture.  Data files, each with its loader."""
