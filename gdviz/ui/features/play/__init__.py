"""Playing the record of a run, as a player plays a film."""
