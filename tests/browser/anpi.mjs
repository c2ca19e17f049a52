// What the browser tests share: the browser, the logins of the instance, a
// list of tests that prints TAP, and what must hold for every page.
//
//   test('what holds', async (page) => { ... })
//   await run()
//
// Each test gets a page of a browser that knows nothing.  The instance is that
// of tests/run (ANPI_TEST_INSTANCE, ANPI_TEST_PORT), or else the one that
// ANPI_VAR and ANPI_PORT tell; ANPI_BUILD is where its programs are.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { chromium } from 'playwright-core'

const require = createRequire(import.meta.url)
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const root = new URL('../..', import.meta.url).pathname

const env = process.env
const ofTests = env.ANPI_TEST_INSTANCE
const port = (ofTests ? env.ANPI_TEST_PORT : env.ANPI_PORT) || 8443

export const folder = ofTests || env.ANPI_VAR || `${root}var`
export const build = env.ANPI_BUILD || `${root}build`
export const url = `https://localhost:${port}`

export const wide = { width: 1280, height: 900 }
export const phone = { width: 360, height: 740 }
export const narrow = { width: 320, height: 568 }

const timeout = 60000 // milliseconds, of one step in a page

// { role, login, password } of each made-up account.
export const logins = readFileSync(`${folder}/etc/logins`, 'utf8')
	.split('\n').map(line => line.trim().split(/\s+/))
	.filter(words => words.length === 3)
	.map(([role, login, password]) => ({ role, login, password }))

export function loginOf(role) {
	const found = logins.find(l => l.role === role)
	assert.ok(found, `a login of role ${role} in ${folder}/etc/logins`)
	return found
}

const [, socket] = readFileSync(`${folder}/etc/anpi.hdf`, 'utf8')
	.match(/^Db\.Socket = (.*)$/m)

// Runs SQL of the test itself in the instance's database.
export function sql(text) {
	return execFileSync('mariadb', ['--no-defaults',
		`--socket=${socket}`, '-u', userInfo().username, '-N', 'anpi',
		'-e', text], { encoding: 'utf8' }).trim()
}

// Goes to a path of the site.
export function open(page, path) {
	return page.goto(url + path)
}

// Logs in as the first account of a role.
export async function logIn(page, role) {
	const { login, password } = loginOf(role)

	await open(page, '/login')
	await page.getByLabel('ログイン名').fill(login)
	await page.getByLabel('パスワード').fill(password)
	await page.getByRole('button', { name: 'ログイン' }).click()
	await page.getByRole('button', { name: 'ログアウト' }).waitFor()
}

// Nothing to scroll sideways.
export async function fits(page, size) {
	const before = page.viewportSize()

	await page.setViewportSize(size)
	const over = await page.evaluate(() => {
		const width = document.documentElement.clientWidth
		if (document.documentElement.scrollWidth <= width)
			return []
		return [...document.body.querySelectorAll('*')]
			.filter(e => e.getBoundingClientRect().right > width + 1)
			.map(e => `${e.tagName}.${e.className}`).slice(0, 5)
	})
	await page.setViewportSize(before)
	assert.deepEqual(over, [], `wider than ${size.width} pixels`)
}

// What must hold for every page: a title, one h1, Japanese, nothing for axe
// to say, no sideways scrolling at 320 pixels.
export async function isGood(page) {
	assert.match(await page.title(), /安否確認/)
	assert.equal(await page.locator('h1').count(), 1, 'one h1')
	assert.ok(await page.locator('html').getAttribute('lang'), 'language')
	await page.evaluate(axe)
	const { violations } = await page.evaluate(() => window.axe.run())
	assert.deepEqual(violations.map(v => `${v.id}: ${v.help} ` +
		v.nodes.map(n => n.target.join(' ')).join(', ')), [])
	await fits(page, narrow)
}

// With ANPI_SHOTS=folder a page is kept as a picture, wide and on a phone.
export async function shoot(page, name) {
	const shots = process.env.ANPI_SHOTS
	const before = page.viewportSize()

	if (!shots)
		return
	for (const [suffix, size] of [['wide', wide], ['phone', phone]]) {
		await page.setViewportSize(size)
		// A picture too large to take is no fault of the page.
		await page.screenshot({ path: `${shots}/${name}-${suffix}.png`,
			fullPage: true }).catch(() => {})
	}
	await page.setViewportSize(before)
}

const tests = []

export function test(name, fn) {
	tests.push({ name, fn })
}

// A fault of any page, whatever its test looks at: a request to another host,
// something the policy blocked, an error of a script.
function watch(page) {
	const faults = []

	page.setDefaultTimeout(timeout)
	page.setDefaultNavigationTimeout(timeout)
	page.on('request', r => {
		if (!r.url().startsWith(url + '/') && !r.url().startsWith('data:'))
			faults.push(`request to ${r.url()}`)
	})
	page.on('console', m => {
		if (/Content Security Policy|violates/.test(m.text()))
			faults.push(m.text())
	})
	page.on('pageerror', e => faults.push(`script: ${e.message}`))
	return faults
}

async function runOne(browser, fn) {
	const context = await browser.newContext({ locale: 'ja-JP',
		timezoneId: 'Asia/Tokyo', ignoreHTTPSErrors: true, viewport: wide })

	try {
		const page = await context.newPage()
		const faults = watch(page)

		await fn(page, context)
		assert.deepEqual(faults, [], 'faults of pages')
	} finally {
		await context.close()
	}
}

export async function run() {
	const browser = await chromium.launch({
		timeout,
		executablePath: '/usr/bin/chromium',
		args: ['--headless', '--no-sandbox', '--disable-gpu',
			'--disable-quic', '--disable-dev-shm-usage', '--no-first-run',
			'--disable-background-networking',
			'--disable-component-update', '--disable-sync'],
	})
	let number = 0

	console.log(`1..${tests.length}`)
	for (const { name, fn } of tests) {
		number++
		try {
			await runOne(browser, fn)
			console.log(`ok ${number} - ${name}`)
		} catch (e) {
			console.log(String(e.stack ?? e).replace(/^/gm, '# '))
			console.log(`not ok ${number} - ${name}`)
			process.exitCode = 1
		}
	}
	await browser.close()
}
