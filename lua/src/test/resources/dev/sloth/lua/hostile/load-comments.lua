-- ends: not enough memory
assert(loadstring(("--\n"):rep(1.5e6)))
