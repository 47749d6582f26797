-- Runs whole programs and gives all that they print and how they end as one text; run by lua5.1 and by our engine.
-- lua5.1 reads them from its input, each with its length in a line before, and answers in the same way.

local function shown(v, depth)
  if type(v) == "string" then
    v = v:gsub("(%a+): 0x%x+", "%1: somewhere")
    return '"' .. v:gsub('[%c\127-\255\\"]', function(c)
      return ("\\%d"):format(c:byte())
    end) .. '"'
  end
  if type(v) ~= "table" then
    return (type(v) == "function" or type(v) == "thread") and type(v) or tostring(v)
  end
  if depth == 0 then
    return "{...}"
  end
  local parts = {}
  for k, e in next, v do
    parts[#parts + 1] = shown(k, depth - 1) .. "=" .. shown(e, depth - 1)
  end
  table.sort(parts)
  return "{" .. table.concat(parts, ", ") .. "}"
end

local function run(text)
  local lines = {}
  local function say(...)
    local parts = {}
    for i = 1, select("#", ...) do
      parts[i] = shown((select(i, ...)), 3)
    end
    lines[#lines + 1] = table.concat(parts, " ")
  end
  local f, message = loadstring(text, "=p")
  if not f then
    return "syntax " .. message
  end
  setfenv(f, setmetatable({ print = say }, { __index = _G }))
  local steps = 0
  if debug then
    debug.sethook(function()
      steps = steps + 1
      error("too long", 0)
    end, "", 10000000)
  end
  local ok, failure = pcall(f)
  if debug then
    debug.sethook()
  end
  if steps > 0 then
    return "too long"
  end
  if not ok then
    say("error", failure)
  end
  return table.concat(lines, "\n")
end

if arg then
  while true do
    local length = io.read("*l")
    if not length then
      return
    end
    local answer = run(io.read(tonumber(length)))
    io.write(#answer, "\n", answer)
    io.flush()
  end
end
return run
