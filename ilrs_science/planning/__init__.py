"""WHEN we do it: a problem in integers, a checked plan with a bound.

``problem`` is the question and ``plan`` the answer. ``judge`` simulates, checks and certifies without knowing the
solver; ``model`` states the constraints, ``search`` finds plans, ``solve`` joins them into a ``result``. ``formulate``
comes first: it turns a campaign into a problem.
"""
