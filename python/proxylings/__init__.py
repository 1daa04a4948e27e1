"""proxylings: learn Rust in Jupyter by building a real HTTP/1.1 proxy."""
