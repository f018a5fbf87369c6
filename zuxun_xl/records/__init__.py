"""The raw tables of a department → people, policies, renewals, attendance, activity → measures per group and period."""
