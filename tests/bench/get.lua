-- get.lua - asks for a page per person, in turn
--   wrk -s get.lua URL -- /r/ TOKENS_FILE      /r/TOKEN
--   wrk -s get.lua URL -- /bare COUNT          /bare?ID
local paths, next_path = {}, 0

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
	-- Each thread of wrk begins elsewhere.
	math.randomseed(tonumber(tostring({}):match("0x(%x+)"), 16) % 2147483647)
	next_path = math.random(#paths)
end

function request()
	next_path = next_path % #paths + 1
	return wrk.format("GET", paths[next_path])
end
