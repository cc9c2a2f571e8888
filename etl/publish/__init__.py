"""From all extracts of a database to its next snapshot: what needs the whole corpus happens here, set-based.

The order is that of the SQL files: `unpack` the extracts, settle the `cast` of actors, fill the treaty's
`tables`, then the `derived` ones. Nothing depends on the order of the input.
"""

from etl.publish.publication import Published, publish

__all__ = ["Published", "publish"]
