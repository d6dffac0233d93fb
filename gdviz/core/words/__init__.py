"""What is said: of rates, runs and steps, in sentences, lines, tables and programs."""
