"""What the editing pane is made of: one editor for each kind of value, the form over them, the text areas."""
