"""Measures that units report themselves: no register holds what stands behind them, or not yet (decision D6)."""
