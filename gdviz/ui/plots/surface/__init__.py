"""The loss bowl in three dimensions."""
