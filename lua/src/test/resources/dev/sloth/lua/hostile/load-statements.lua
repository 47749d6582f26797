-- ends: not enough memory
assert(loadstring(("a=1 "):rep(1e6)))
