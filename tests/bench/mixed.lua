-- mixed.lua - opens and answers in turn, per person
--   wrk -s mixed.lua URL -- TOKENS_FILE BODY
local paths, next_path, round, body = {}, 0, 0, ""
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }

function init(args)
	for line in io.lines(args[1]) do
		paths[#paths + 1] = "/r/" .. line
	end
	body = args[2]
	round = os.time()
end

function request()
	round = round + 1
	if round % 2 == 0 then
		next_path = next_path % #paths + 1
		return wrk.format("GET", paths[next_path])
	end
	return wrk.format("POST", paths[math.max(next_path, 1)], headers,
		body .. "&comment=" .. round)
end
