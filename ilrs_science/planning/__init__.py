"""WHEN we do it: a problem in integers, a checked plan with a bound.

``problem`` and ``plan`` are the records, ``greedy`` and ``cpsat`` make plans, ``solve`` joins them, ``simulate`` and
``check`` judge them without knowing the solver, ``certificate`` seals the result, ``formulate`` comes first: it turns a
campaign into a problem.
"""
