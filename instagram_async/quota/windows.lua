-- The windows of a shared quota in Redis. The rules are those of belief.py and window.py, which
-- the tests hold this to. All times are whole microseconds, and go out counted from now.
--
-- KEYS  three for each window: what is known (hash), answered places and flights (sorted sets
--       of grant numbers by when they free).
-- ARGV  operation, present ('' for the server's), then limit ('' for none), length and gap of
--       each window, then what the operation needs.
-- Gives what the operation gave, then for each window: places used, when the next one frees,
--       what the server would allow and its limit ('' if not known).

local operation = ARGV[1]
local count = #KEYS / 3
local rest = 2 + 3 * count
local BACKOFF = 60000000

local function text(n) return string.format('%.0f', n) end
local function number(s) if s and s ~= '' then return tonumber(s) end return nil end

-- The present: it stands still where the server's clock goes back.
local function present()
  local now = number(ARGV[2])
  if not now then
    local t = redis.call('TIME')
    now = tonumber(t[1]) * 1000000 + tonumber(t[2])
  end
  local kept = redis.call('HMGET', KEYS[1], 'seen', 'ahead')
  local seen, ahead = tonumber(kept[1] or '0'), tonumber(kept[2] or '0')
  ahead = math.max(ahead, seen - now)
  redis.call('HSET', KEYS[1], 'seen', text(now + ahead), 'ahead', text(ahead))
  return now + ahead
end

local now = present()

local function load(i)
  local known = redis.call('HMGET', KEYS[3 * i - 2], 'granted', 'last_grant', 'closed_until',
    'strikes', 'refused_at', 'view_grant', 'view_remaining', 'view_at', 'view_limit')
  return {
    hash = KEYS[3 * i - 2], busy = KEYS[3 * i - 1], flying = KEYS[3 * i],
    limit = number(ARGV[3 * i]), per = tonumber(ARGV[3 * i + 1]), gap = tonumber(ARGV[3 * i + 2]),
    -- Numbers start at the time, so that a server that lost its data gives none out again.
    granted = tonumber(known[1] or text(now)), last_grant = number(known[2] or ''),
    closed_until = tonumber(known[3] or '0'), strikes = tonumber(known[4] or '0'),
    refused_at = tonumber(known[5] or '0'), view_grant = number(known[6] or ''),
    view_remaining = number(known[7] or ''), view_at = number(known[8] or ''),
    view_limit = number(known[9] or ''),
  }
end

local windows = {}
for i = 1, count do windows[i] = load(i) end

local function keep(w)
  local fields = {'granted', text(w.granted), 'closed_until', text(w.closed_until),
    'strikes', text(w.strikes), 'refused_at', text(w.refused_at)}
  for _, name in ipairs({'last_grant', 'view_grant', 'view_remaining', 'view_at', 'view_limit'}) do
    table.insert(fields, name)
    table.insert(fields, w[name] and text(w[name]) or '')
  end
  redis.call('HSET', w.hash, unpack(fields))
end

-- Keys end when all that they say is over.
local function expire(w, longest)
  local life = (longest + 2 * w.per) / 1000 + 1
  for _, key in ipairs({w.hash, w.busy, w.flying}) do
    if redis.call('PTTL', key) < life then redis.call('PEXPIRE', key, text(life)) end
  end
end

expire(windows[1], 0)

local function left(w)
  if not w.view_grant or now - w.view_at >= w.per then return nil end
  return w.view_remaining - (w.granted - w.view_grant)
end

-- How many places a window has: fewer than asked for, once the server has said so.
local function places(w)
  if not w.view_limit or w.view_limit == 0 then return w.limit end
  return math.min(w.limit, w.view_limit)
end

local function opens_at(w, ahead)
  local when = math.max(now, w.closed_until)
  if not w.limit then return when end
  if w.gap > 0 and w.last_grant then when = math.max(when, w.last_grant + (ahead + 1) * w.gap) end
  local allowed = left(w)
  if not allowed or ahead < allowed then return when end
  return math.max(when, (w.last_grant or 0) + math.floor((ahead + 1) * w.per / places(w)))
end

local function forget(w)
  redis.call('ZREMRANGEBYSCORE', w.busy, '-inf', text(now))
  redis.call('ZREMRANGEBYSCORE', w.flying, '-inf', text(now))
end

local function used(w) return redis.call('ZCARD', w.busy) + redis.call('ZCARD', w.flying) end

-- When the n-th place from now frees, counted from 0; a flight not before its reply would.
local function frees(w, n)
  local soonest = now + w.per
  local busy = redis.call('ZRANGE', w.busy, 0, n, 'WITHSCORES')
  local flying = redis.call('ZRANGE', w.flying, 0, n, 'WITHSCORES')
  local b, f, at = 2, 2, soonest
  for _ = 0, n do
    local one = busy[b] and tonumber(busy[b]) or math.huge
    local other = flying[f] and math.min(soonest, tonumber(flying[f])) or math.huge
    at = math.min(one, other)
    if at == math.huge then return soonest end
    if one <= other then b = b + 2 else f = f + 2 end
  end
  return at
end

local function free_at(w, ahead)
  local when = opens_at(w, ahead)
  if not w.limit then return when end
  forget(w)
  local limit = places(w)
  local place = ahead % limit + used(w) - limit
  local when_freed = place < 0 and now or frees(w, place)
  return math.max(when, when_freed + math.floor(ahead / limit) * w.per)
end

local function reply(given)
  for _, w in ipairs(windows) do
    local wait, allowed = free_at(w, 0) - now, left(w)
    table.insert(given, text(used(w)))
    table.insert(given, text(wait))
    table.insert(given, allowed and text(math.max(0, allowed)) or '')
    table.insert(given, allowed and w.view_limit and text(w.view_limit) or '')
  end
  return given
end

local function take()
  local reach, when = tonumber(ARGV[rest + 1]), now
  for _, w in ipairs(windows) do when = math.max(when, free_at(w, 0)) end
  if when > now then return reply({'wait', text(when - now)}) end
  local given = {'granted'}
  for _, w in ipairs(windows) do
    w.granted = w.granted + 1
    w.last_grant = now
    keep(w)
    if w.limit then redis.call('ZADD', w.flying, text(now + w.per + reach), text(w.granted)) end
    expire(w, reach)
    table.insert(given, text(w.granted))
  end
  return reply(given)
end

local function oldest(w)
  local ends = redis.call('ZRANGE', w.busy, 0, 1, 'WITHSCORES')
  return ends[4] and tonumber(ends[2]) or nil -- one is the refused one's
end

local function refused(w, grant, retry_after)
  if grant <= w.refused_at then return end
  w.refused_at = w.granted
  w.strikes = w.strikes + 1
  forget(w)
  local first, pause = oldest(w), nil
  if retry_after then pause = retry_after
  elseif w.strikes == 1 and first then pause = first - now
  else pause = BACKOFF * 2 ^ math.min(math.max(w.strikes - 2, 0), 30) end
  w.closed_until = math.max(w.closed_until, now + math.min(pause, w.per))
end

local function answered(w, grant, remaining, limit)
  if grant > w.refused_at then w.strikes = 0 end
  local forbidden = w.view_grant and w.view_remaining <= w.granted - w.view_grant
  if remaining and (not w.view_grant or grant >= w.view_grant) then
    w.view_grant, w.view_remaining, w.view_at, w.view_limit = grant, remaining, now, limit
  end
  return forbidden
end

-- After the grants' numbers: until ('' if it never left), whether it was answered, the window
-- that the answer closes (0 for none), then remaining, limit and retry_after of its headers.
local function settle()
  local at = rest + count
  local ends, heard, closed = number(ARGV[at + 1]), ARGV[at + 2] == '1', tonumber(ARGV[at + 3])
  local remaining, limit, retry_after = number(ARGV[at + 4]), number(ARGV[at + 5]), number(ARGV[at + 6])
  local changed = not ends
  for i, w in ipairs(windows) do
    local grant = tonumber(ARGV[rest + i])
    w.granted = math.max(w.granted, grant)
    redis.call('ZREM', w.flying, text(grant))
    if ends then
      if w.limit then redis.call('ZADD', w.busy, text(now + ends), text(grant)) end
      if i == closed then
        refused(w, grant, retry_after)
        changed = true
      elseif heard then
        local general = i == 1
        if answered(w, grant, general and remaining or nil, general and limit or nil) then
          changed = true
        end
      end
      keep(w)
      expire(w, math.max(ends, 0))
    end
  end
  return reply({changed and 'changed' or 'same'})
end

local function forecast()
  local when = now
  for i, w in ipairs(windows) do when = math.max(when, free_at(w, tonumber(ARGV[rest + i]))) end
  return reply({text(when - now)})
end

if operation == 'take' then return take() end
if operation == 'settle' then return settle() end
return forecast()
