-- count.lua - counts the people of a target, as the page of composing does
--   wrk -s count.lua URL -- PATH BODY
local path, body

function init(args)
	path, body = args[1], args[2]
	wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function request()
	return wrk.format("POST", path, nil, body)
end

function done(summary, latency, requests)
	io.write(string.format("p50 %.3f\n", latency:percentile(50) / 1000))
end
