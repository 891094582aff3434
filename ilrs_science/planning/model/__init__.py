"""The constraint model: buffers, slots of time, and the one module that knows the solver."""
