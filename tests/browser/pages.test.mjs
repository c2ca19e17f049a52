// Every page that a role can reach by links: shown, good (axe, 320 pixels, no
// other host), and reading it changes nothing.  Pages that differ by their
// numbers only are looked at once.
import assert from 'node:assert/strict'
import { isGood, logIn, open, run, shoot, sql, test, url } from './anpi.mjs'

const pagesMost = 60

// What kind of page a link leads to; NULL for what is no page.
function kindOf(link) {
	const { origin, pathname, searchParams } = new URL(link)

	if (origin !== url || /\.(csv|json|pdf)$/.test(pathname) ||
		pathname.startsWith('/static/'))
		return null
	return `${pathname.replace(/\d+/g, 'N')}?${[...searchParams.keys()].sort()}`
}

// A number that differs if anything was stored but sessions and audit.
function state() {
	const tables = sql(`SELECT table_name FROM information_schema.tables
		WHERE table_schema = 'anpi' AND table_name NOT IN
		('session', 'audit', 'account', 'login_failure', 'tally',
		 'tally_state', 'answer', 'answer_choice', 'recipient')`)
		.split('\n')
	return sql(`CHECKSUM TABLE ${tables.join(', ')}`)
}

async function linksOf(page) {
	return page.$$eval('a[href]', links => links.map(a => a.href))
}

for (const role of ['system_admin', 'group_admin', 'operator'])
	test(`all that ${role} can reach`, async page => {
		const seen = new Set()
		const before = state()

		await logIn(page, role)
		const waiting = [page.url()]
		while (waiting.length > 0 && seen.size < pagesMost) {
			const link = waiting.shift()
			const kind = kindOf(link)

			if (kind === null || seen.has(kind))
				continue
			seen.add(kind)
			const response = await open(page, link.slice(url.length))
			assert.ok(response.status() < 400,
				`${response.status()} at ${link}`)
			try {
				await isGood(page)
			} catch (e) {
				e.message = `${link}: ${e.message}`
				throw e
			}
			await shoot(page, `${role}-${kind.replace(/\W+/g, '_')}`)
			waiting.push(...await linksOf(page))
		}
		assert.equal(state(), before, 'reading stored something')
	})

await run()
