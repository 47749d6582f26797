-- ends: string length overflow
return ('x'):rep(1e18)
