"""Why a plan is as it is: what blocks an activity, what forcing it in costs, what binds, what an edit does."""
