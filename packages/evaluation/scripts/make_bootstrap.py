"""bootstrap.json. Needs scipy."""
import numpy as np
import scipy
from scipy import stats

from fixtures import write

values = np.round(np.random.default_rng(6).normal(3, 2, 12), 3)
cases = []
for method in ("percentile", "basic"):
    for level in (0.95, 0.8):
        result = stats.bootstrap((values,), np.mean, n_resamples=40, confidence_level=level, method=method, rng=np.random.default_rng(7), vectorized=True)
        cases.append({
            "method": method, "confidenceLevel": level,
            "expected": {"estimate": values.mean(), "lower": result.confidence_interval.low, "upper": result.confidence_interval.high, "standardError": result.standard_error},
        })
# The rows that SciPy drew, which the tests draw again.
rows = np.random.default_rng(7).integers(0, len(values), (40, len(values)))
assert np.array_equal(values[rows].mean(1), result.bootstrap_distribution)
write("bootstrap", {"scipy": scipy.__version__, "values": values, "rows": rows.ravel(), "cases": cases})
