"""What a person does, a folder for each; none imports another."""
