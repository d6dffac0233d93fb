"""Following a lesson: its chapters, its questions, and what it shows."""
