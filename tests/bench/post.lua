-- post.lua - posts an answer per person, in turn, each with new words, since
-- the same answer again is not stored again
--   wrk -s post.lua URL -- /r/ TOKENS_FILE BODY
--   wrk -s post.lua URL -- /bare COUNT BODY
local paths, next_path, round, body = {}, 0, 0, ""
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }

function init(args)
	local count = tonumber(args[2])
	if count then
		for i = 1, count do
			paths[i] = args[1] .. "?" .. i
		end
	else
		for line in io.lines(args[2]) do
			paths[#paths + 1] = args[1] .. line
		end
	end
	body = args[3]
	math.randomseed(tonumber(tostring({}):match("0x(%x+)"), 16) % 2147483647)
	next_path = math.random(#paths)
	round = math.random(1000000)
end

function request()
	next_path = next_path % #paths + 1
	round = round + 1
	return wrk.format("POST", paths[next_path], headers,
		body .. "&comment=" .. round)
end
