-- admin.lua - admins who look at pages in turn, and rest between
--   wrk -s admin.lua URL -- PAUSE_MS PATH...
-- prints the 95th percentile in milliseconds behind the rest
local paths, next_path, pause = {}, 0, 0

function init(args)
	pause = tonumber(args[1])
	for i = 2, #args do
		paths[#paths + 1] = args[i]
	end
end

-- The first request of each comes somewhere in the first pause.
function delay()
	return pause == 0 and 0 or math.random(math.floor(pause / 2),
		math.floor(pause * 3 / 2))
end

function request()
	next_path = next_path % #paths + 1
	return wrk.format("GET", paths[next_path])
end

function done(summary, latency, requests)
	io.write(string.format("p95 %.3f\n", latency:percentile(95) / 1000))
end
