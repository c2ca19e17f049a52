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

// What only a person's press may change.  Tools change other tables meanwhile,
// and who is looking at an event is noted on purpose.
function state() {
	return sql(`CHECKSUM TABLE user, user_region, address, grp, grp_path,
			grp_member, grp_admin, rule, question, choice;
		SELECT id, state, decided_by, decided_at, reason FROM event;
		SELECT id, subject, confirmed_at, closes_at FROM broadcast
			WHERE COALESCE(made_by, 0) > 0;
		SELECT t.* FROM target t JOIN broadcast b ON b.id = t.broadcast
			WHERE COALESCE(b.made_by, 0) > 0;
		SELECT login, role, password_hash, state FROM account`)
}

async function linksOf(page) {
	return page.$$eval('a[href]', links => links.map(a => a.href))
}

async function look(page, link) {
	try {
		await isGood(page)
	} catch (e) {
		e.message = `${link}: ${e.message}`
		throw e
	}
}

// A page that several roles reach is looked at once, shown to each.
const looked = new Set()

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
			if (!looked.has(kind)) {
				looked.add(kind)
				await look(page, link)
				await shoot(page, kind.replace(/\W+/g, '_'))
			}
			waiting.push(...await linksOf(page))
		}
		assert.equal(state(), before, 'reading stored something')
	})

await run()
