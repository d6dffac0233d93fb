"""What pictures are made of: sheets, marks, axes and legends."""
