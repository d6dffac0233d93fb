"""What a hand does to the pictures: taking hold, dragging, pointing."""
