// Logging in and out, as people and as those who should not.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fits, isGood, logIn, loginOf, narrow, open, run, shoot, sql, test,
	url } from './anpi.mjs'

const cookieName = '__Host-anpi'
const wrong = 'ログイン名またはパスワードが違います。'

async function attempt(page, login, password) {
	await page.getByLabel('ログイン名').fill(login)
	await page.getByLabel('パスワード').fill(password)
	await page.getByRole('button', { name: 'ログイン' }).click()
}

function forget(login) {
	sql(`DELETE FROM login_failure; DELETE FROM login_network;
		UPDATE account SET failures = 0,
		locked_until = NULL WHERE login = '${login}'`)
}

test('the page is good', async page => {
	await open(page, '/login')
	await isGood(page)
	await shoot(page, 'login')
})

test('headers of the page', async page => {
	const headers = (await open(page, '/login')).headers()

	assert.equal(headers['content-type'], 'text/html; charset=UTF-8')
	assert.equal(headers['cache-control'], 'no-store')
	assert.equal(headers['x-content-type-options'], 'nosniff')
	assert.equal(headers['referrer-policy'], 'no-referrer')
	assert.equal(headers['x-frame-options'], 'DENY')
	assert.match(headers['content-security-policy'], /default-src 'self'/)
	assert.match(headers['strict-transport-security'], /max-age=31536000/)
})

test('a page that needs it asks for it and goes on there', async page => {
	const { login, password } = loginOf('system_admin')

	await open(page, '/events')
	assert.equal(page.url(), `${url}/login?next=/events`)
	await attempt(page, login, password)
	await page.waitForURL(`${url}/events`)
})

test('nowhere else: next is only a path of ours', async page => {
	const { login, password } = loginOf('system_admin')

	for (const next of ['//evil.example', 'https://evil.example',
		'/\\evil.example']) {
		await open(page, `/login?next=${encodeURIComponent(next)}`)
		await attempt(page, login, password)
		await page.waitForURL(u => u.pathname !== '/login')
		assert.equal(new URL(page.url()).origin, url)
		await page.context().clearCookies()
	}
})

test('the cookie of a session', async (page, context) => {
	await logIn(page, 'system_admin')
	const [cookie] = await context.cookies()

	assert.equal(cookie.name, cookieName)
	assert.equal(cookie.httpOnly, true)
	assert.equal(cookie.secure, true)
	assert.equal(cookie.sameSite, 'Lax')
	assert.equal(cookie.path, '/')
	assert.equal(cookie.expires, -1)
	assert.equal(cookie.value.length, 43)
	// The table holds its digest and not itself.
	const id = Buffer.from(cookie.value, 'base64url')
	const digest = createHash('sha256').update(id).digest('hex')
	const count = hex => sql(`SELECT COUNT(*) FROM session
		WHERE digest = UNHEX('${hex}')`)
	assert.equal(count(digest), '1')
	assert.equal(count(id.toString('hex')), '0')
})

test('a new session at each login, none after logout',
	async (page, context) => {
		await logIn(page, 'system_admin')
		const [first] = await context.cookies()
		await logIn(page, 'system_admin')
		const [second] = await context.cookies()
		assert.notEqual(first.value, second.value)
		await page.getByRole('button', { name: 'ログアウト' }).click()
		await page.waitForURL(`${url}/login`)
		assert.deepEqual(await context.cookies(), [])
		for (const cookie of [first, second]) {
			await context.clearCookies()
			await context.addCookies([cookie])
			await open(page, '/')
			assert.equal(new URL(page.url()).pathname, '/login')
		}
	})

test('wrong login and wrong password look the same', async page => {
	const { login } = loginOf('auditor')
	const texts = []

	forget(login)
	for (const name of [login, 'nobody']) {
		await open(page, '/login')
		await attempt(page, name, 'wrong password')
		await page.getByRole('alert').waitFor()
		texts.push((await page.locator('main').innerText())
			.replaceAll(name, 'NAME'))
		assert.equal(await page.getByLabel('ログイン名').inputValue(), name)
		assert.equal(await page.getByLabel('パスワード').inputValue(), '')
	}
	assert.equal(texts[0], texts[1])
	assert.ok(texts[0].includes(wrong))
	await isGood(page)
	await shoot(page, 'login-wrong')
	forget(login)
})

test('what is left out is named beside its field', async page => {
	await open(page, '/login')
	await page.getByRole('button', { name: 'ログイン' }).click()
	const field = page.getByLabel('パスワード')
	const id = await field.getAttribute('aria-describedby')
	assert.equal(await page.locator(`#${id}`).innerText(),
		'＊入力してください。')
	assert.equal(await field.getAttribute('aria-invalid'), 'true')
	await page.getByRole('link', { name: /パスワード/ }).click()
	assert.equal(await page.evaluate(() => document.activeElement.id),
		'f-password')
	await isGood(page)
})

test('after five failures the account waits, then goes on', async page => {
	const { login, password } = loginOf('auditor')

	forget(login)
	for (let i = 0; i < 5; i++) {
		await open(page, '/login')
		await attempt(page, login, `wrong ${i}`)
		await page.getByText(wrong).first().waitFor()
	}
	await open(page, '/login')
	await attempt(page, login, password)
	await page.getByText('失敗が続いたため').first().waitFor()
	assert.equal(sql(`SELECT COUNT(*) > 0 FROM audit
		WHERE action = 'login delayed' AND actor = '${login}'`), '1')
	await isGood(page)
	sql(`UPDATE account SET locked_until = UTC_TIMESTAMP(6)
		WHERE login = '${login}'`)
	await open(page, '/login')
	await attempt(page, login, password)
	await page.getByRole('button', { name: 'ログアウト' }).waitFor()
	forget(login)
})

test('a second factor, from the first look to the next login', async page => {
	const { login, password } = loginOf('overseas_admin')
	const code = (secret, steps) => execFileSync('oathtool', ['--totp', '-b',
		'-N', `@${Math.floor(Date.now() / 1000) + 30 * steps}`, secret],
		{ encoding: 'utf8' }).trim()
	const off = () => sql(`UPDATE account SET totp_secret = NULL,
		totp_step = 0 WHERE login = '${login}'`)

	off()
	try {
		await logIn(page, 'overseas_admin')
		await page.locator('.who a').click()
		await isGood(page)
		await shoot(page, 'account')
		await page.getByLabel('パスワード').fill(password)
		await page.getByRole('button', { name: '設定を始める' }).click()
		await page.getByRole('img', { name: 'QRコード' }).waitFor()
		const secret = (await page.locator('.secret').innerText())
			.replaceAll(' ', '')
		await page.getByLabel('確認コード', { exact: true }).fill('000000')
		await page.getByRole('button', { name: '確認コードを使う' }).click()
		await page.getByText('確認コードが違います').first().waitFor()
		await isGood(page)
		await shoot(page, 'account-code')
		await page.getByLabel('確認コード', { exact: true })
			.fill(code(secret, -1))
		await page.getByRole('button', { name: '確認コードを使う' }).click()
		await page.getByText('確認コードを設定しました').waitFor()
		await isGood(page)
		await shoot(page, 'account-on')
		await page.getByRole('button', { name: 'ログアウト' }).click()
		await attempt(page, login, password)
		await page.getByLabel('確認コード').waitFor()
		await isGood(page)
		await shoot(page, 'login-code')
		await page.getByLabel('確認コード').fill('000000')
		await page.getByRole('button', { name: 'ログイン' }).click()
		await page.getByRole('alert').waitFor()
		await page.getByLabel('確認コード').fill(code(secret, 0))
		await page.getByRole('button', { name: 'ログイン' }).click()
		await page.getByRole('button', { name: 'ログアウト' }).waitFor()
	} finally {
		off()
		forget(login)
	}
})

test('a form of another session is refused, and audited', async page => {
	await logIn(page, 'system_admin')
	await page.locator('input[name=csrf]').first()
		.evaluate(e => { e.value = 'A'.repeat(22) })
	await page.getByRole('button', { name: 'ログアウト' }).click()
	await page.getByRole('heading', { name: 'この画面は古くなっています' }).waitFor()
	await isGood(page)
	await shoot(page, 'stale')
	assert.equal(sql(`SELECT COUNT(*) > 0 FROM audit
		WHERE action = 'access refused' AND detail = 'csrf'`), '1')
})

test('without script all of it works', async (page, context) => {
	const { login, password } = loginOf('system_admin')
	const plain = await context.browser().newContext({
		ignoreHTTPSErrors: true, javaScriptEnabled: false })
	const other = await plain.newPage()

	await open(other, '/login')
	await attempt(other, login, password)
	await other.getByRole('button', { name: 'ログアウト' }).click()
	await other.getByLabel('パスワード').waitFor()
	await plain.close()
})

test('letters of twice the size', async page => {
	await open(page, '/login')
	await page.evaluate(() => {
		document.documentElement.style.fontSize = '200%'
	})
	await fits(page, { width: 640, height: 900 })
	await fits(page, narrow)
})

await run()
