// Broadcasts: written, counted, sent, watched; whole without script.
import assert from 'node:assert/strict'
import { fits, isGood, logIn, narrow, open, phone, run, shoot, sql, test }
	from './anpi.mjs'

const subject = `画面の試験 ${Date.now()}`

function staff() {
	return sql(`SELECT u.staff_no FROM user u JOIN address a ON a.user = u.id
		WHERE u.state = 'active' ORDER BY u.id LIMIT 1`).trim()
}

async function fill(page) {
	await open(page, '/broadcasts/new')
	await page.getByLabel('連絡', { exact: true }).check()
	await page.getByLabel('件名').fill(subject)
	await page.getByLabel('本文').fill('回答してください。')
	await page.getByLabel('安否確認の設問').check()
	await page.getByText('個人（職員番号）').click()
	await page.locator('#f-people').fill(staff())
}

test('nothing is sent by Enter', async page => {
	await logIn(page, 'system_admin')
	await fill(page)
	await page.getByLabel('件名').press('Enter')
	await page.locator('#check').waitFor()
	await page.locator('#f-expected').fill('1')
	await page.locator('#f-expected').press('Enter')
	await page.locator('#check').waitFor()
	assert.equal(sql(`SELECT COUNT(*) FROM broadcast
		WHERE subject = '${subject}'`).trim(), '0')
})

test('written, counted and sent', async page => {
	await logIn(page, 'system_admin')
	await fill(page)
	await isGood(page)
	await fits(page, phone)
	await page.getByRole('button', { name: '送る相手の人数を確かめる' })
		.click()
	await page.locator('#check').waitFor()
	await isGood(page)
	await shoot(page, 'broadcast-new')
	await page.locator('#f-expected').fill('2')
	await page.getByRole('button', { name: '1 人に送る' }).click()
	await page.getByRole('alert').waitFor()
	await page.locator('#f-expected').fill('1')
	await page.getByRole('button', { name: '1 人に送る' }).click()
	await page.getByRole('heading', { name: subject }).waitFor()
	await isGood(page)
	await fits(page, phone)
	await fits(page, narrow)
	await shoot(page, 'broadcast')
	await page.getByRole('link', { name: '回答の一覧' }).click()
	await page.getByRole('heading', { name: '回答' }).waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'answers')
})

test('the list', async page => {
	await logIn(page, 'system_admin')
	await open(page, '/broadcasts')
	await page.getByRole('link', { name: subject }).waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'broadcasts')
})

await run()
