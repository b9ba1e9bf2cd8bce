"""What coaches write: questionnaires, rules, playbooks, and everything that checks them."""
