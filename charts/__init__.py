"""Pure functions from a query's frame to a Plotly figure as a plain dict."""
