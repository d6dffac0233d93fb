"""The pictures, one module each: given experiment, record and row they always draw the same."""
