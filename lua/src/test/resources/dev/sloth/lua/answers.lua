-- Answers a snippet in one line, `<br>` standing for a line break; run by lua5.1 and by our engine.

local function shown(v)
  if type(v) == "string" then
    return '"' .. v:gsub('[%c\128-\255\\"]', function(c)
      return ("\\%d"):format(c:byte())
    end) .. '"'
  end
  if type(v) == "number" or type(v) == "boolean" or v == nil then
    return tostring(v)
  end
  return type(v)
end

local function results(ok, ...)
  local r = {}
  for i = 1, select("#", ...) do
    r[i] = shown((select(i, ...)))
  end
  return (ok and "" or "error ") .. table.concat(r, " ")
end

local function answer(line)
  local f, message = loadstring((line:gsub("<br>", "\n")), "=t")
  if not f then
    return "syntax " .. message
  end
  setfenv(f, setmetatable({}, {__index = _G}))
  return results(pcall(f))
end

-- what a snippet prints comes before the byte 1, its answer before the byte 2
if arg then
  local out = io.stdout
  for line in io.lines(arg[1]) do
    out:write("\1", answer(line), "\2")
  end
end
return answer
