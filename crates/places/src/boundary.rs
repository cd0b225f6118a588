//! Boundaries: which areas a point lies in, how far it is from their edges.
