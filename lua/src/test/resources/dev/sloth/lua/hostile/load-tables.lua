-- ends: not enough memory
assert(loadstring("return {" .. ("{},"):rep(1e6) .. "}"))
