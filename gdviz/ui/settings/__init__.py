"""The panel beside the pictures: the settings of a run, and where it stands."""
