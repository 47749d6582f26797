-- ends: not enough memory
assert(loadstring(("@"):rep(4e6)))
