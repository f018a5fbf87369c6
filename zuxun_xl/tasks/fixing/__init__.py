"""What ``check --fix`` may repair: what a text certainly means, numbers and dates, names of groups and codes of agents."""
