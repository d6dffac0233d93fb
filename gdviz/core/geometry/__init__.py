"""Where things lie that are drawn: contours and reliefs, without any drawing."""
