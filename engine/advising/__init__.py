"""From verdicts to advice: recommendations, their order and reasons, and texts for this team."""
