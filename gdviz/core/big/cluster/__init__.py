"""A table that many computers sum up: Dask's scheduler shares its parts out to its workers."""
