-- ends: not enough memory|too many coroutines|stack overflow
local function f(n)
  return coroutine.wrap(function()
    local big = ('x'):rep(1e4) .. n
    return f(n + 1), big
  end)()
end
f(1)
