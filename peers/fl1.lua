-- What a proxy does with each request, in Lua inside nginx: request id, rate limit, a small WAF, field rewriting.
--
-- Written as such stacks are written: nginx's request becomes Lua tables, modules read and change the tables, and
-- what they changed is written back. Every request pays for that translation; it is what the measurement is about.
-- Nothing here is slow on purpose: names are local, patterns are compiled once (`jo`), tables have their size.
--
-- Loaded by nginx-lua.conf. Keeps no state but the counters in ngx.shared.requests_by_client.

local new_table = require "table.new"

local ipairs, pairs, type = ipairs, pairs, type
local find = ngx.re.find
local lower = string.lower

local REQUESTS_A_SECOND = 1000000 -- a client's limit; so high that a benchmark does not reach it
local MOST_FIELDS = 100

-- The rules of the WAF: where to look, and for what. A request that matches any of them gets 403.
local RULES = {
    { id = "path-climbs", part = "path", pattern = [[(?:^|/)\.\.(?:/|$)]] },
    { id = "path-hidden-file", part = "path", pattern = [[/\.(?:git|env|htpasswd)\b]] },
    { id = "query-sql", part = "query", pattern = [[\bunion\b.{0,40}\bselect\b]] },
    { id = "query-script", part = "query", pattern = [[<\s*script\b]] },
    { id = "field-lookup", part = "fields", pattern = [[\$\{\s*jndi:]] },
    { id = "field-shell", part = "fields", pattern = [[\(\)\s*\{\s*:]] },
}

-- Fields of a client that only we may write, and fields of the origin that clients need not see.
local OURS_ALONE = { "x-internal-token", "x-request-id", "x-waf-verdict" }
local HIDDEN = { "x-powered-by", "x-internal-token" }

-- The request as tables. Names become small letters, repeated fields become lists, cookies become a table.
local function request_table()
    local sent = ngx.req.get_headers(MOST_FIELDS, true)
    local fields = new_table(0, 16)
    for name, value in pairs(sent) do
        fields[lower(name)] = value
    end
    local cookies = {}
    local cookie = fields["cookie"]
    if type(cookie) == "string" then
        for name, value in cookie:gmatch("([^=;%s]+)=([^;]*)") do
            cookies[name] = value
        end
    end
    return {
        method = ngx.req.get_method(),
        path = ngx.var.uri,
        query = ngx.unescape_uri(ngx.var.args or ""),
        client = ngx.var.remote_addr,
        host = ngx.var.host,
        fields = fields,
        cookies = cookies,
        changes = {}, -- what is written back: name -> value, or false for a field that goes
    }
end

-- nginx's own: 16 random bytes, as hexadecimal digits.
local function give_request_id(request)
    request.id = ngx.var.request_id
end

-- Counts this second's requests of a client; the counter is forgotten when the second is over.
local function limit_rate(request)
    local key = request.client .. ":" .. ngx.time()
    local count = ngx.shared.requests_by_client:incr(key, 1, 0, 2)
    if count and count > REQUESTS_A_SECOND then
        return 429
    end
end

local function matches(rule, text)
    return find(text, rule.pattern, "ijo") ~= nil
end

local function any_field_matches(rule, fields)
    for _, value in pairs(fields) do
        if type(value) == "table" then
            for _, one in ipairs(value) do
                if matches(rule, one) then
                    return true
                end
            end
        elseif type(value) == "string" and matches(rule, value) then
            return true
        end
    end
    return false
end

local function check_rules(request)
    for _, rule in ipairs(RULES) do
        local hit
        if rule.part == "fields" then
            hit = any_field_matches(rule, request.fields)
        else
            hit = request[rule.part] ~= "" and matches(rule, request[rule.part])
        end
        if hit then
            request.blocked_by = rule.id
            return 403
        end
    end
end

local function rewrite_fields(request)
    local changes = request.changes
    for _, name in ipairs(OURS_ALONE) do
        if request.fields[name] then
            changes[name] = false
        end
    end
    changes["x-request-id"] = request.id
end

local function write_back(request)
    for name, value in pairs(request.changes) do
        if value then
            ngx.req.set_header(name, value)
        else
            ngx.req.clear_header(name)
        end
    end
end

-- In this order. A module that returns a status has answered, and nothing after it runs.
local MODULES = { give_request_id, limit_rate, check_rules, rewrite_fields }

local fl1 = {}

-- The access phase: tables, modules, and the changes back into nginx's own request.
function fl1.on_request()
    local request = request_table()
    ngx.ctx.request = request
    for _, run in ipairs(MODULES) do
        local status = run(request)
        if status then
            return ngx.exit(status)
        end
    end
    write_back(request)
end

-- The header filter: the response's fields, also of answers that nginx gives itself.
function fl1.on_response()
    local request = ngx.ctx.request
    for _, name in ipairs(HIDDEN) do
        ngx.header[name] = nil
    end
    if request then
        ngx.header["x-request-id"] = request.id
    end
end

return fl1
