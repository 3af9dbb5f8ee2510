-- The requests that wrk sends: `wrk … URL -- KIND PEOPLE [PATH]`.
--   page     GET PATH as a different signed-in person each time; %d in it is the id
--   submit   POST /assessments likewise, with a key of its own each time
--   sign-in  POST /login for a different account from a different network each time
--   static   GET / as nobody
--   flood-register, flood-reset, flood-code, flood-sign-in
--            the dearest that nobody in particular can ask for, each time with
--            something new in it and from another network
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

-- {n} becomes a number of its own in each request, {network} an address.
local password = "P4ssw0rd!1Qq2wW3eE4rR5tT6yY7uU8iI9oO0pP-aA1sS2dD3fF4gG5hH6jJ7kK8lL9zZxXc"
local floods = {
  ["flood-register"] = { "/register", "name=Flood&email=flood%40n{n}.example&password=" .. password },
  ["flood-reset"] = { "/password/forgot", "email=flood%40n{n}.example" },
  ["flood-code"] = { "/code", "code={n}" },
  ["flood-sign-in"] = { "/login", "email=flood%40n{n}.example&password=" .. password },
}

local function flood(template)
  next_one = next_one + 1
  local network = ("10.%d.%d.9"):format(next_one / 250 % 250, next_one % 250)
  local body = template[2]:gsub("{n}", ("%012d"):format(next_one))
  return wrk.format("POST", template[1], { ["X-Forwarded-For"] = network, ["Content-Type"] = form }, body)
end

function init(arguments)
  kind = arguments[1]
  if floods[kind] then return end
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
  if floods[kind] then return flood(floods[kind]) end
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
