-- The requests that wrk sends: `wrk … URL -- KIND PEOPLE [PATH]`.
--   page     GET PATH as a different signed-in person each time; %d in it is the id
--   submit   POST /assessments likewise, with a key of its own each time
--   sign-in  POST /login for a different account from a different network each time
--   static   GET / as nobody
-- PEOPLE is a file with a line for each person: id, e-mail, address, cookies.
-- Requests are made before the measuring; only a key is added meanwhile.

local form = "application/x-www-form-urlencoded"
local threads, requests, next_one, kind = 0, {}, 0, nil

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local makers = {}

function makers.page(person, path)
  return wrk.format("GET", path:format(person.id), { Cookie = person.cookies })
end

function makers.submit(person)
  local answers = {}
  for item = 0, 19 do
    answers[#answers + 1] = ("answer_%d=%d"):format(item, item % 5 + 1)
  end
  local body = table.concat(answers, "&") .. "&idempotency_key=" .. ("0"):rep(16)
  local headers = { Cookie = person.cookies, ["Content-Type"] = form }
  return wrk.format("POST", "/assessments", headers, body):sub(1, -17)
end

makers["sign-in"] = function(person)
  local body = ("email=%s&password=%s"):format(person.email:gsub("@", "%%40"), os.getenv("PASSWORD"))
  return wrk.format("POST", "/login", { ["X-Forwarded-For"] = person.address, ["Content-Type"] = form }, body)
end

function init(arguments)
  kind = arguments[1]
  if kind == "static" then
    requests[1] = wrk.format("GET", "/")
    return
  end
  for line in io.lines(arguments[2]) do
    local id, email, address, cookies = line:match("^(%S+) (%S+) (%S+) (.*)$")
    local person = { id = id, email = email, address = address, cookies = cookies }
    requests[#requests + 1] = makers[kind](person, arguments[3])
  end
  next_one = number * math.floor(#requests / 2) -- threads begin at different people
end

function request()
  next_one = next_one + 1
  local request = requests[next_one % #requests + 1]
  if kind == "submit" then
    return request .. ("%s%d%013d"):format(os.getenv("RUN"), number, next_one)
  end
  return request
end

-- One line for script/bench: requests, requests a second, 99th percentile in
-- milliseconds, failures, bytes an answer.
function done(summary, latency)
  local failed = summary.errors
  local failures = failed.connect + failed.read + failed.write + failed.status + failed.timeout
  print(("RESULT %d %.2f %.1f %d %.0f"):format(
    summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000,
    failures, summary.bytes / math.max(summary.requests, 1)))
end
