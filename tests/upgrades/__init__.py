"""A book that grows from version to version, and the workbooks that were made before."""
