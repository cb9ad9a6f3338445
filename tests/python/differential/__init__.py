"""
modelassay against scikit-learn, SciPy, statsmodels and Fairlearn, computed live on random tables.

One file for each family of measures. A family is a list of rows: our measure, the function of a peer, how close they
must be, when we must say that there is no number, and why. `tables.py` has the strategies, `compare.py` the rows and
their comparison. A task other than binary is a strategy and a family file of its own.
"""
