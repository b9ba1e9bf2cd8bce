"""The pages; they come in a later change, and may import the engine, which never imports them."""
