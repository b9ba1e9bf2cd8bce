"""The pages: rounds, answers and suggestions in the browser. ``web.app.create_app`` makes the application."""
